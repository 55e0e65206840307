"""Photos whose findings were deleted for their age, while their answers stand: what it takes to reach those answers.

So that an answer still goes when its photo is deleted in Slack, or when somebody whom it names is forgotten.
"""

from collections.abc import Collection
from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.core.share import Share
from storage.models import FaceMatchRow, PastShareRow, ShareRow
from storage.once import insert_once

_KEPT: Final = ("channel", "ts", "file", "thread_ts", "user")


class Past:
    """The past photos of one workspace."""

    def __init__(self, session: Session, workspace: str) -> None:
        self._session = session
        self._workspace = workspace

    def keep(self, shares: Collection[int]) -> None:
        """Keep where the answers to some shares stand, and whom they may name; the shares are by their numbers."""
        told = select(ShareRow.id, *(getattr(ShareRow, name) for name in _KEPT))
        rows = self._session.execute(told.where(ShareRow.workspace == self._workspace, ShareRow.id.in_(shares))).all()
        named = select(FaceMatchRow.share_id, FaceMatchRow.person).where(FaceMatchRow.share_id.in_(shares))
        people = {(row.share_id, row.person) for row in self._session.execute(named)} | {(row.id, "") for row in rows}
        by_id = {row.id: {name: getattr(row, name) for name in _KEPT} for row in rows}
        for share, person in sorted(people):
            insert_once(self._session, PastShareRow, workspace=self._workspace, person=person, **by_id[share])

    def of_file(self, file: str) -> tuple[Share, ...]:
        """Where a file was answered."""
        return self._found(PastShareRow.file == file, PastShareRow.person == "")

    def of_person(self, person: str) -> tuple[Share, ...]:
        """The photos whose answers may name somebody."""
        return self._found(PastShareRow.person == person)

    def forget(self, file: str, channel: str = "") -> None:
        """Delete what is kept of a file (in one channel, where given): its answer is gone."""
        rows = delete(PastShareRow).filter_by(workspace=self._workspace, file=file)
        self._session.execute(rows.where(PastShareRow.channel == channel) if channel else rows)

    def forget_person(self, person: str) -> None:
        """Delete in which answers somebody may be named."""
        self._session.execute(delete(PastShareRow).filter_by(workspace=self._workspace, person=person))

    def _found(self, *where: Any) -> tuple[Share, ...]:
        rows = select(PastShareRow).where(PastShareRow.workspace == self._workspace, *where)
        found = self._session.scalars(rows.order_by(PastShareRow.channel, PastShareRow.ts, PastShareRow.file))
        return tuple(
            Share(channel=row.channel, ts=row.ts, file=row.file, thread_ts=row.thread_ts, user=row.user)
            for row in found
        )
