"""A service that fails time after time is left alone: one caller of all processes asks now and then whether it is back.

The circuit breaker of M. Nygard's "Release It!", in one row for each name, on the database's clock. What stands further
ahead than anybody writes it was written before that clock was set back, and counts for nothing.
"""

from typing import Any, Final

from sqlalchemy import Engine, bindparam, case, delete, select, update
from sqlalchemy.orm import sessionmaker

from bot.errors import VisionDown
from storage.engine import by_statement, clock
from storage.models import CircuitRow
from storage.once import changed, insert_once
from storage.prepared import table

_ENOUGH: Final = 5
"""So many calls that failed one after the other open the circuit."""
_WITHIN_SECONDS: Final = 60.0
"""Within this time of the first; four workers whose calls hang for half a minute each need as long."""
_LEFT_ALONE_SECONDS: Final = 15.0


class Circuit:
    """The circuits of all names."""

    def __init__(self, engine: Engine) -> None:
        self._now = clock(engine)
        self._by_statement = by_statement(engine)
        self._sessions = sessionmaker(engine)
        row = table(CircuitRow).c
        # built once: every paid call asks it
        self._state = select(row.failures, row.again - self._now).where(row.name == bindparam("which"))

    def enter(self, name: str) -> bool:
        """Let a call pass; whether calls failed lately, so that its answer is worth a word: see `mend`.

        Raises:
            VisionDown: The circuit is open, and it is not this caller who asks whether the service is back.
        """
        with self._by_statement.connect() as connection:
            row = connection.execute(self._state, {"which": name}).one_or_none()
        if row is None or row[0] < _ENOUGH:
            return row is not None
        if 0.0 < row[1] <= _LEFT_ALONE_SECONDS or not self._probe(name):
            raise VisionDown(after=min(max(1.0, row[1]), _LEFT_ALONE_SECONDS))
        return True

    def fail(self, name: str) -> None:
        """Count a call that failed."""
        stale = ~CircuitRow.since.between(self._now - _WITHIN_SECONDS, self._now)
        counted = {
            "failures": case((stale, 1), else_=CircuitRow.failures + 1),
            "since": case((stale, self._now), else_=CircuitRow.since),
            "again": self._now + _LEFT_ALONE_SECONDS,
        }
        with self._sessions.begin() as session:
            insert_once(session, CircuitRow, name=name, failures=0, since=0.0, again=0.0)
            session.execute(_of(name).where(CircuitRow.failures < _ENOUGH).values(**counted))

    def mend(self, name: str) -> None:
        """Close the circuit: the service answered."""
        with self._sessions.begin() as session:
            session.execute(delete(CircuitRow).where(CircuitRow.name == name))

    def _probe(self, name: str) -> bool:
        """Whether it is this caller who asks."""
        left = CircuitRow.again - self._now
        due = _of(name).where(CircuitRow.failures >= _ENOUGH, ~left.between(0.0, _LEFT_ALONE_SECONDS))
        with self._sessions.begin() as session:
            return changed(session, due.values(again=self._now + _LEFT_ALONE_SECONDS))


def _of(name: str) -> Any:
    return update(CircuitRow).where(CircuitRow.name == name)
