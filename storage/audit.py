"""The audit log of a workspace: rows are added and read, never changed."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from bot.core.audit import Act, chained, first_broken
from storage.models import AuditHeadRow, AuditRow
from storage.once import insert_once


class Audit:
    """The audit log of one workspace."""

    def __init__(self, session: Session, workspace: str) -> None:
        self._session = session
        self._workspace = workspace

    def note(self, actor: str, act: str, subject: str = "", detail: Mapping[str, Any] | None = None) -> None:
        """Add an act; it is kept if the transaction is.

        Args:
            actor: Who did it: a Slack user's id, or `spotter`.
            act: What, in a word: `search`, `enrol`, `forget`, `export`, `settings`.
            subject: To whom or what: a person's or a channel's id.
            detail: More, as JSON has it; no names, no secrets.
        """
        insert_once(self._session, AuditHeadRow, workspace=self._workspace, number=0, hash="")
        head = update(AuditHeadRow).where(AuditHeadRow.workspace == self._workspace)
        number, before = self._session.execute(
            head.values(number=AuditHeadRow.number + 1).returning(AuditHeadRow.number, AuditHeadRow.hash)
        ).one()
        at = datetime.now(UTC).replace(tzinfo=None)
        new = Act(number=number, at=at, actor=actor, act=act, subject=subject, detail=dict(detail or {}))
        done = replace(new, hash=chained(new, before))
        self._session.execute(head.values(hash=done.hash))
        self._session.add(AuditRow(workspace=self._workspace, **_columns(done)))
        self._session.flush()

    def about(self, person: str, *, most: int = 100) -> tuple[Act, ...]:
        """What was done to somebody or by somebody, newest first."""
        theirs = or_(AuditRow.subject == person, AuditRow.actor == person)
        rows = select(AuditRow).filter_by(workspace=self._workspace).where(theirs)
        return tuple(map(_act, self._session.scalars(rows.order_by(AuditRow.number.desc()).limit(most))))

    def newest(self, *, most: int = 100) -> tuple[Act, ...]:
        """The newest acts, newest first."""
        rows = select(AuditRow).filter_by(workspace=self._workspace).order_by(AuditRow.number.desc())
        return tuple(map(_act, self._session.scalars(rows.limit(most))))

    def first_broken(self) -> int | None:
        """The number of the first act that was tampered with; None where the log is whole."""
        return first_broken(self._all())

    def _all(self) -> Iterator[Act]:
        rows = select(AuditRow).filter_by(workspace=self._workspace).order_by(AuditRow.number)
        yield from map(_act, self._session.scalars(rows.execution_options(yield_per=1000)))


def _columns(act: Act) -> dict[str, Any]:
    return {name: getattr(act, name) for name in Act.__slots__}


def _act(row: AuditRow) -> Act:
    return Act(**{name: getattr(row, name) for name in Act.__slots__})
