"""Thumbs below answers, counted for each detector."""

from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime
from typing import Final

from bot.core import money
from bot.core.evidence import Evidence
from bot.errors import AskError
from bot.slack import Slack
from storage import Storage
from storage.feedback import Votes

BIBS: Final = "text"
"""The detector that bibs come from."""


class Feedback:
    """Takes votes of those who may open the answer's channel."""

    def __init__(self, storage: Storage, slack_of: Callable[[str], Slack]) -> None:
        self._storage = storage
        self._slack_of = slack_of

    def told_by(self, workspace: str, user: str, channel: str, ts: str) -> tuple[str, ...]:
        """The detectors that the answer to a message comes from, by their names.

        Raises:
            AskError: The message is not known, or not for this person.
        """
        if not self._slack_of(workspace).can_open(user, channel):
            raise _unknown()
        with self._storage.begin(workspace) as work:
            photos = work.evidence.of_message(channel, ts)
        if not photos:
            raise _unknown()
        return tuple(sorted({name for photo in photos for name in _detectors(photo)}))

    def vote(self, workspace: str, user: str, channel: str, ts: str, *, bad: Collection[str] = ()) -> None:
        """Keep one person's word on an answer, in place of an earlier one.

        Args:
            workspace: Its id.
            user: Who says it.
            channel: Where the answer stands.
            ts: The message that it answers.
            bad: The detectors that were wrong; the others were right, where any was.

        Raises:
            AskError: The message is not known, or not for this person.
        """
        told = self.told_by(workspace, user, channel, ts)
        wrong = frozenset(bad).intersection(told)
        good = () if bad else told
        day = money.day(datetime.now(UTC))
        with self._storage.begin(workspace) as work:
            work.feedback.vote(channel, ts, user, good=good, bad=wrong, day=day)

    def this_month(self, workspace: str) -> Mapping[str, Votes]:
        """The votes of this month on each detector, by its name."""
        with self._storage.begin(workspace) as work:
            return work.feedback.counts(f"{money.month(datetime.now(UTC))}-01")


def _detectors(photo: Evidence) -> set[str]:
    return {name for name, found in photo.found.items() if found} | ({BIBS} if photo.bibs else set())


def _unknown() -> AskError:
    return AskError("I don't know this photo.")
