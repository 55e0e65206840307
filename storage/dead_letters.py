"""Jobs that were given up for good, for admins to see and to have done after all."""

from datetime import timedelta
from typing import Final

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from bot.core.dead_letter import DeadLetter
from storage.engine import clock, engine_of
from storage.models import DeadLetterRow
from storage.once import insert_once

_KEPT: Final = timedelta(days=30)


class DeadLetters:
    """The dead letters of one workspace."""

    def __init__(self, session: Session, workspace: str) -> None:
        self._session = session
        self._workspace = workspace

    def add(self, letter: DeadLetter) -> None:
        """Keep a job that was given up; one that is kept already stays as it is. Those of last month go."""
        self.drop_old()
        insert_once(
            self._session,
            DeadLetterRow,
            workspace=self._workspace,
            job=letter.job,
            kind=letter.kind,
            payload=dict(letter.payload),
            error=letter.error,
            at=clock(engine_of(self._session)),
        )

    def drop_old(self) -> None:
        """Delete those of last month."""
        old = DeadLetterRow.at < clock(engine_of(self._session)) - _KEPT.total_seconds()
        self._session.execute(delete(DeadLetterRow).where(self._mine, old))

    def newest(self, limit: int = 20) -> tuple[DeadLetter, ...]:
        """The newest ones, newest first."""
        rows = select(DeadLetterRow).where(self._mine).order_by(DeadLetterRow.at.desc(), DeadLetterRow.job)
        return tuple(_letter(row) for row in self._session.scalars(rows.limit(limit)))

    def count(self) -> int:
        """How many there are."""
        return self._session.scalar(select(func.count()).select_from(DeadLetterRow).where(self._mine)) or 0

    def of(self, job: str) -> DeadLetter | None:
        """The one of this name."""
        row = self._session.scalar(select(DeadLetterRow).where(self._mine, DeadLetterRow.job == job))
        return _letter(row) if row else None

    def forget(self, job: str) -> None:
        """Delete one: its job has another life."""
        self._session.execute(delete(DeadLetterRow).where(self._mine, DeadLetterRow.job == job))

    @property
    def _mine(self) -> ColumnElement[bool]:
        return DeadLetterRow.workspace == self._workspace


def _letter(row: DeadLetterRow) -> DeadLetter:
    return DeadLetter(job=row.job, kind=row.kind, payload=row.payload, error=row.error, at=row.at)
