"""Which processes live: each shows itself on the database's clock, so no two machines' clocks are compared."""

from sqlalchemy import Engine, delete, insert, select, update
from sqlalchemy.orm import sessionmaker

from storage.engine import clock
from storage.models import ProcessRow

_FORGOTTEN_SECONDS = 3600.0


class Processes:
    """The processes that work on one database."""

    def __init__(self, engine: Engine) -> None:
        self._clock = clock(engine)
        self._sessions = sessionmaker(engine)

    def alive(self, name: str, seconds: float) -> frozenset[str]:
        """Note that `name` lives; the names of all that were seen within so many seconds.

        Who was seen later than now was seen before the database's clock was set back; who lives shows itself again.
        """
        with self._sessions.begin() as session:
            shown = update(ProcessRow).where(ProcessRow.name == name).values(seen=self._clock)
            if session.scalar(shown.returning(ProcessRow.name)) is None:
                session.execute(insert(ProcessRow).values(name=name, seen=self._clock))
            session.execute(delete(ProcessRow).where(ProcessRow.seen < self._clock - _FORGOTTEN_SECONDS))
            seen = ProcessRow.seen.between(self._clock - seconds, self._clock + seconds)
            return frozenset(session.scalars(select(ProcessRow.name).where(seen)))
