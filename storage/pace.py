"""At most so many calls a second of one name, over every thread, process and machine.

The generic cell rate algorithm (ITU-T I.371) in one UPDATE: `due` is when the next call may start.
"""

from sqlalchemy import Engine, literal, update
from sqlalchemy.orm import sessionmaker

from storage.engine import clock, later
from storage.models import PaceRow
from storage.once import insert_once


class Pace:
    """The pace of every name, on the database's clock."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._sessions = sessionmaker(engine)

    def take(self, name: str, per_second: float) -> float:
        """Take the next free place; how many seconds from now it is."""
        now, step = clock(self._engine), 1 / per_second
        place = update(PaceRow).where(PaceRow.name == name).values(due=later(self._engine, PaceRow.due, now) + step)
        with self._sessions.begin() as session:
            delay = session.scalar(place.returning(PaceRow.due - literal(step) - now))
        if delay is None:
            self._first(name)
            return self.take(name, per_second)
        return max(0.0, float(delay))

    def hold(self, name: str, seconds: float) -> None:
        """Let nobody start for a while: the other side said that it is too much."""
        self._first(name)
        pause = later(self._engine, PaceRow.due, clock(self._engine) + literal(seconds))
        with self._sessions.begin() as session:
            session.execute(update(PaceRow).where(PaceRow.name == name).values(due=pause))

    def _first(self, name: str) -> None:
        with self._sessions.begin() as session:
            insert_once(session, PaceRow, name=name, due=0.0)
