"""What is deleted once its time is over; every moment here is in UTC, without a zone."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, delete, exists, func, select
from sqlalchemy.orm import Session

from storage.dead_letters import DeadLetters
from storage.models import (
    AnswerRow,
    Base,
    FeedbackRow,
    NoticeRow,
    PastShareRow,
    RateRow,
    ReplyRow,
    RunnerRow,
    ScanRow,
    ShareRow,
    SpendDayRow,
    SpendRow,
    UploadRow,
)
from storage.past import Past
from storage.shares import Shares

_FIRST_START: Final = "first start"
"""The notice that says since when photos are caught up with."""


class Ageing:
    """The old rows of one workspace."""

    def __init__(self, session: Session, workspace: str) -> None:
        self._session = session
        self._workspace = workspace

    def old_photos(self, before: datetime) -> tuple[int, ...]:
        """The numbers of the shares of messages whose photos were all seen before a moment."""
        mine = ShareRow.workspace == self._workspace
        messages = select(ShareRow.channel, ShareRow.ts).where(mine).group_by(ShareRow.channel, ShareRow.ts)
        old = messages.having(func.max(ShareRow.seen_at) < before).subquery()
        same = and_(ShareRow.channel == old.c.channel, ShareRow.ts == old.c.ts)
        return tuple(self._session.scalars(select(ShareRow.id).join(old, same).where(mine).order_by(ShareRow.id)))

    def forget(self, shares: Collection[int]) -> None:
        """Delete what was found in photos, the shares by their numbers.

        Where their answers stand is kept, so that a later deletion in Slack still reaches them.
        """
        mine = ShareRow.workspace == self._workspace, ShareRow.id.in_(shares)
        Past(self._session, self._workspace).keep(shares)
        digests = set(self._session.scalars(select(ShareRow.digest).where(*mine)))
        self._session.execute(delete(ShareRow).where(*mine))
        Shares(self._session, self._workspace).forget_unheld(digests)

    def start_lists(self, before: datetime) -> tuple[str, ...]:
        """Delete the start lists from before a moment of channels in which no photo is known any more; the channels."""
        mine = RunnerRow.workspace == self._workspace
        photos = exists().where(ShareRow.workspace == self._workspace, ShareRow.channel == RunnerRow.channel)
        lists = select(RunnerRow.channel).where(mine, ~photos).group_by(RunnerRow.channel)
        channels = tuple(self._session.scalars(lists.having(func.max(RunnerRow.since) < before)))
        self._delete(RunnerRow, RunnerRow.channel.in_(channels))
        return channels

    def answers(self, before: datetime) -> None:
        """Delete old answers of the engine about pixels that no known photo has, and old lists of links."""
        held = exists().where(ShareRow.workspace == self._workspace, ShareRow.digest == AnswerRow.digest)
        self._delete(AnswerRow, AnswerRow.asked_at < before, ~held)
        self._delete(ScanRow, ScanRow.asked_at < before)

    def records(self, before: datetime) -> None:
        """Delete the records of before a moment: what was spent, what was told once, and where answers stand."""
        self._delete(SpendDayRow, SpendDayRow.day < f"{before:%Y-%m-%d}")
        self._delete(SpendRow, SpendRow.month < f"{before:%Y-%m}")
        self._delete(NoticeRow, NoticeRow.told_at < before, NoticeRow.key != _FIRST_START)
        self._delete(PastShareRow, PastShareRow.since < before)
        self._delete(FeedbackRow, FeedbackRow.day < f"{before:%Y-%m-%d}")
        self._delete(UploadRow, UploadRow.at < before)
        self._delete(ReplyRow, ReplyRow.written_at < before, *self._unneeded())

    def leftovers(self, now: datetime) -> None:
        """Delete what is of use for hours only, and the jobs that were given up last month."""
        day_ago = now.replace(tzinfo=UTC).timestamp() - 86_400
        self._delete(RateRow, RateRow.due < day_ago)
        DeadLetters(self._session, self._workspace).drop_old()

    def _unneeded(self) -> tuple[ColumnElement[bool], ...]:
        """Of a reply: that it belongs to no photo that is known, be it by its place alone."""
        return tuple(~exists().where(*_answered_by(table)) for table in (ShareRow, PastShareRow))

    def _delete(self, table: type[Base], *where: ColumnElement[bool]) -> None:
        rows = delete(table).where(table.workspace == self._workspace, *where)
        self._session.execute(rows, execution_options={"synchronize_session": False})


def _answered_by(photo: type[ShareRow] | type[PastShareRow]) -> tuple[ColumnElement[bool], ...]:
    same = photo.workspace == ReplyRow.workspace, photo.channel == ReplyRow.channel
    return *same, photo.ts == ReplyRow.key
