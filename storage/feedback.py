"""What people think of what the detectors tell."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from storage.models import FeedbackRow
from storage.once import insert_once


@dataclass(frozen=True, slots=True)
class Votes:
    """How often somebody found what a detector told right, and how often wrong."""

    good: int = 0
    bad: int = 0


class Feedback:
    """The votes of one workspace."""

    def __init__(self, session: Session, workspace: str) -> None:
        self._session = session
        self._workspace = workspace

    def vote(
        self, channel: str, reply: str, user: str, *, good: Collection[str], bad: Collection[str], day: str
    ) -> None:
        """Keep somebody's word on an answer, in place of what they said of it before.

        Args:
            channel: Where the answer stands.
            reply: Its key there.
            user: Who says it.
            good: The detectors that were right.
            bad: The detectors that were wrong.
            day: In UTC, such as `2026-05-17`.
        """
        mine = {"workspace": self._workspace, "channel": channel, "reply": reply, "user": user}
        self._session.execute(delete(FeedbackRow).filter_by(**mine))
        for detector in sorted({*good, *bad}):
            insert_once(self._session, FeedbackRow, **mine, detector=detector, good=detector not in bad, day=day)

    def counts(self, since: str = "") -> Mapping[str, Votes]:
        """The votes on each detector by its name, from a day on such as `2026-05-01`."""
        rows = (
            select(FeedbackRow.detector, FeedbackRow.good, func.count())
            .where(FeedbackRow.workspace == self._workspace, FeedbackRow.day >= since)
            .group_by(FeedbackRow.detector, FeedbackRow.good)
        )
        found: dict[str, Votes] = {}
        for detector, good, number in self._session.execute(rows):
            found[detector] = replace(found.get(detector, Votes()), **{"good" if good else "bad": number})
        return dict(sorted(found.items()))
