"""At most so many calls a second of one name, over every thread, process and machine.

The generic cell rate algorithm (ITU-T I.371) in one UPDATE: `due` is when the next call may start. Where the other side
refuses calls as too many, everybody goes slower, and faster again as time goes by: the decrease is multiplicative, the
recovery additive, as in TCP (RFC 5681); by the factor of botocore's adaptive mode.
"""

from typing import Any, Final

from sqlalchemy import ColumnElement, Engine, Float, bindparam, case, func, literal, select, update
from sqlalchemy.orm import sessionmaker

from storage.engine import by_statement, clock, later
from storage.models import PaceRow
from storage.once import insert_once

LONGEST_SECONDS: Final = 1800.0
"""No line is longer. A place further on was given before the database's clock was set back; it counts for nothing."""
_SLOWER: Final = 0.7
_SLOWEST: Final = 0.1
"""Of the usual pace: nobody is ever slowed more than that."""
_FASTER: Final = 0.1
"""Of the usual pace, regained every second."""
_ONCE_IN_SECONDS: Final = 1.0
"""Calls that were under way together are refused together: that slows once."""


class Pace:
    """The pace of every name, on the database's clock."""

    def __init__(self, engine: Engine) -> None:
        now, sooner = clock(engine), case((_share(engine) < 1.0, _share(engine)), else_=1.0)
        step = bindparam("step", type_=Float) / sooner
        self._by_statement = by_statement(engine)
        self._sessions = sessionmaker(engine)
        due = case((PaceRow.due > now + LONGEST_SECONDS, now), else_=PaceRow.due)
        # built once: every paid call takes a place, and to build these takes longer than to run them
        self._take = _changes(due=later(engine, due, now) + step).returning(PaceRow.due - step - now)
        self._hold = _changes(due=later(engine, due, now + bindparam("seconds", type_=Float)))
        self._left = select(due - now).where(PaceRow.name == bindparam("which"))
        slower = later(engine, sooner * _SLOWER, literal(_SLOWEST))
        self._slow = _changes(share=slower, slowed=now).where(~PaceRow.slowed.between(now - _ONCE_IN_SECONDS, now))

    def take(self, name: str, per_second: float) -> float:
        """Take the next free place; how many seconds from now it is."""
        with self._by_statement.begin() as connection:
            delay = connection.scalar(self._take, {"which": name, "step": 1 / per_second})
        if delay is None:
            self._first(name)
            return self.take(name, per_second)
        return max(0.0, float(delay))

    def left(self, name: str) -> float:
        """How many seconds from now the next free place is; it is left to others."""
        with self._by_statement.connect() as connection:
            delay = connection.scalar(self._left, {"which": name})
        return max(0.0, float(delay or 0.0))

    def slow(self, name: str) -> None:
        """Let everybody go slower for a while: the other side said that it is too much."""
        self._first(name)
        with self._by_statement.begin() as connection:
            connection.execute(self._slow, {"which": name})

    def hold(self, name: str, seconds: float) -> None:
        """Let nobody start for a while: the other side said for how long."""
        self._first(name)
        with self._by_statement.begin() as connection:
            connection.execute(self._hold, {"which": name, "seconds": min(seconds, LONGEST_SECONDS)})

    def _first(self, name: str) -> None:
        with self._sessions.begin() as session:
            insert_once(session, PaceRow, name=name, due=0.0)


def _share(engine: Engine) -> ColumnElement[float]:
    """How much of the usual pace is regained by now; above 1 it is all of it, as where the clock was set back."""
    return PaceRow.share + func.abs(clock(engine) - PaceRow.slowed) * _FASTER


def _changes(**values: Any) -> Any:
    return update(PaceRow).where(PaceRow.name == bindparam("which")).values(**values)
