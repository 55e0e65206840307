"""How many photos an hour one person or one channel may have looked at; the others wait in line."""

from typing import Final

from sqlalchemy import update
from sqlalchemy.orm import Session

from storage.engine import clock, engine_of, later
from storage.models import RateRow
from storage.once import insert_once

_HOUR: Final = 3600.0


class Rates:
    """The rates of one workspace: buckets of an hour's photos that fill up again evenly."""

    def __init__(self, session: Session, workspace: str) -> None:
        self._session = session
        self._workspace = workspace

    def take(self, name: str, per_hour: int) -> float:
        """Take a place in line; how many seconds from now it is, 0 for at once."""
        insert_once(self._session, RateRow, workspace=self._workspace, name=name, due=0.0)
        engine = engine_of(self._session)
        now = clock(engine)
        place = update(RateRow).filter_by(workspace=self._workspace, name=name)
        due = place.values(due=later(engine, RateRow.due, now) + _HOUR / per_hour).returning(RateRow.due - now - _HOUR)
        return max(0.0, float(self._session.execute(due).scalar_one()))
