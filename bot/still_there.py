"""Photos that were deleted or unshared in Slack without our hearing of it: looked for every hour (DESIGN §3).

One page of Slack's list names a hundred files with their channels. Only what the list does not name, or not in its
channel, is asked about one by one, and so are a few of the older photos, in turn.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final, TypeVar

from bot.core.consent import utc_now
from bot.errors import PhotoGone
from bot.slack import Slack
from storage import Storage

LOOK_SECONDS: Final = 3600.0
_RECENT: Final = timedelta(days=7)
_MARGIN: Final = timedelta(days=1)
"""A file is uploaded before it is shared."""
_DOUBTS: Final = 500
"""Recent files that an hour asks about at most."""
_OLDER: Final = 20
"""Older files that an hour asks about: 40,000 have their turn in three months."""
_A_PAGE: Final = 100
_AT_ONCE: Final = 20
_PAUSE_SECONDS: Final = 1.5
"""Between two calls after the first 20: Slack allows 50 a minute of them (facts: slack §4), and others need some."""

T = TypeVar("T")


class StillThere:
    """Finds photos that are gone.

    Args:
        storage: The memory.
        slack_of: A workspace's Slack.
        forget: Promises to forget a file in a channel: the workspace, the file, the channel, and a name for this once.
        pause: Seconds between two calls.
        now: The moment, in UTC, without a zone.
    """

    def __init__(
        self,
        *,
        storage: Storage,
        slack_of: Callable[[str], Slack],
        forget: Callable[[str, str, str, str], None],
        pause: float = _PAUSE_SECONDS,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._storage = storage
        self._slack_of = slack_of
        self._forget = forget
        self._pause = pause
        self._now = now

    def look(self, job: str, payload: Mapping[str, Any]) -> None:
        """Look which photos of a workspace are gone, and have them forgotten: a job, which may be run again.

        Only channels that we are in are looked at: where somebody removed us, nothing can be seen.
        """
        workspace = payload["workspace"]
        slack, recent = self._slack_of(workspace), self._now() - _RECENT
        channels, turn = slack.our_channels(), int(self._now().timestamp() // LOOK_SECONDS)
        with self._storage.begin(workspace) as work:
            known = work.shares.places(channels, since=recent)
            older = work.shares.older_places(channels, before=recent, turn=turn, most=_OLDER)
        listed = self._listed(slack, recent - _MARGIN) if known else frozenset()
        doubts = [place for place in known if place not in listed]
        for file, channel in self._slowly([*doubts[:_DOUBTS], *older]):
            if _is_gone(slack, file, channel):
                self._forget(workspace, file, channel, job)

    def _listed(self, slack: Slack, since: datetime) -> frozenset[tuple[str, str]]:
        """The files that Slack lists, each with each of its channels."""
        files = slack.newest_photos(since=since.replace(tzinfo=UTC).timestamp(), count=_A_PAGE)
        return frozenset((file.id, channel) for file in self._slowly(files, _A_PAGE) for channel in file.shares)

    def _slowly(self, these: Iterable[T], for_each_call: int = 1) -> Iterator[T]:
        """Pause before the next call, once the first ones were made."""
        for number, this in enumerate(these, start=1):
            yield this
            if number % for_each_call == 0 and number // for_each_call >= _AT_ONCE:
                time.sleep(self._pause)


def _is_gone(slack: Slack, file: str, channel: str) -> bool:
    try:
        told = slack.file(file)
    except PhotoGone:
        return True
    return channel not in told.shares and not told.more_shares
