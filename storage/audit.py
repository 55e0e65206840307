"""The audit log of a workspace: rows are added and read, never changed; the oldest ones go when their time is over."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from bot.core.audit import START, Act, Mark, chained, first_broken
from storage.models import AuditHeadRow, AuditRow
from storage.once import insert_once
from storage.tenancy import Tenancy

_AT_ONCE: Final = 1000
"""Rows that are read at once: a log may be long."""


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
        insert_once(
            self._session, AuditHeadRow, workspace=self._workspace, number=0, hash="", dropped=0, dropped_hash=""
        )
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

    def done_to(self, subjects: Collection[str], *, most: int) -> tuple[Act, ...]:
        """What was done to somebody who goes by several ids, newest first."""
        rows = select(AuditRow).filter_by(workspace=self._workspace).where(AuditRow.subject.in_(subjects))
        return tuple(map(_act, self._session.scalars(rows.order_by(AuditRow.number.desc()).limit(most))))

    def newest(self, *, before: int = 0, most: int = 100) -> tuple[Act, ...]:
        """The newest acts (before the one of a number, where given), newest first."""
        rows = select(AuditRow).filter_by(workspace=self._workspace).order_by(AuditRow.number.desc())
        if before:
            rows = rows.where(AuditRow.number < before)
        return tuple(map(_act, self._session.scalars(rows.limit(most))))

    def every(self) -> Iterator[Act]:
        """All acts that are kept, oldest first."""
        rows = select(AuditRow).filter_by(workspace=self._workspace).order_by(AuditRow.number).limit(_AT_ONCE)
        last = 0
        while acts := [_act(row) for row in self._session.scalars(rows.where(AuditRow.number > last))]:
            yield from acts
            last = acts[-1].number

    def count(self) -> int:
        """How many acts are kept."""
        mine = select(func.count()).select_from(AuditRow).where(AuditRow.workspace == self._workspace)
        return self._session.scalar(mine) or 0

    def first_broken(self) -> int | None:
        """The number of the first act that was tampered with; None where the log is whole."""
        begin, end = self._ends()
        return first_broken(self.every(), begin, end)

    def drop(self, before: datetime) -> int:
        """Delete the acts from before a moment (in UTC, without a zone); how many.

        The chain goes on from the newest of them: its number and hash are kept, and noted as an act.
        """
        begin, end = self._ends()
        mine = AuditRow.workspace == self._workspace
        kept = self._session.scalar(select(func.min(AuditRow.number)).where(mine, AuditRow.at >= before))
        last = self._mark(end.number if kept is None else kept - 1)
        if last.number <= begin.number:
            return 0
        head = update(AuditHeadRow).where(AuditHeadRow.workspace == self._workspace)
        self._session.execute(head.values(dropped=last.number, dropped_hash=last.hash))
        self._session.execute(delete(AuditRow).where(mine, AuditRow.number <= last.number))
        self.note("spotter", "audit_drop", "", {"to": last.number, "hash": last.hash})
        return last.number - begin.number

    def _ends(self) -> tuple[Mark, Mark]:
        """The newest act that was deleted for its age, and the newest of all."""
        head = select(AuditHeadRow).filter_by(workspace=self._workspace).execution_options(populate_existing=True)
        row = self._session.scalars(head).one_or_none()
        return (Mark(row.dropped, row.dropped_hash), Mark(row.number, row.hash)) if row else (START, START)

    def _mark(self, number: int) -> Mark:
        found = select(AuditRow.hash).filter_by(workspace=self._workspace, number=number)
        known = self._session.scalar(found)
        return Mark(number, known) if known else START


class Audits:
    """The audit logs of all workspaces."""

    def __init__(self, tenancy: Tenancy) -> None:
        self._tenancy = tenancy

    def workspaces(self) -> tuple[str, ...]:
        """The ids of all that have one."""
        with self._tenancy.begin_everywhere() as session:
            return tuple(session.scalars(select(AuditHeadRow.workspace).order_by(AuditHeadRow.workspace)))


def _columns(act: Act) -> dict[str, Any]:
    return {name: getattr(act, name) for name in Act.__slots__}


def _act(row: AuditRow) -> Act:
    return Act(**{name: getattr(row, name) for name in Act.__slots__})
