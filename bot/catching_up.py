"""Photos of the last day whose events never came: Slack gives up after some six minutes."""

import logging
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from bot.core.consent import utc_now
from bot.core.share import Drop
from bot.slack import Slack
from storage import Storage

CATCH_UP_SECONDS: Final = 600.0
_LONGEST: Final = timedelta(hours=24)
_SETTLED: Final = timedelta(minutes=2)
"""A share younger than this may still be on its way as an event."""

log = logging.getLogger(__name__)


class CatchingUp:
    """Finds photos that Slack did not tell of.

    Args:
        storage: The memory.
        slack_of: A workspace's Slack.
        drop: Promises to look at a shared file; the same again changes nothing.
    """

    def __init__(self, storage: Storage, slack_of: Callable[[str], Slack], drop: Callable[[Drop], None]) -> None:
        self._storage = storage
        self._slack_of = slack_of
        self._drop = drop

    def catch_up(self, _job: str, payload: Mapping[str, Any]) -> None:
        """Find what was missed in a workspace, since we first started there: a job, which may be run again."""
        workspace, now = payload["workspace"], utc_now()
        with self._storage.begin(workspace) as work:
            since = max(work.notices.since("first start"), now - _LONGEST)
        for drop in self._missed(workspace, since, now - _SETTLED):
            log.info("caught up with %s in %s", drop.file, drop.channel)
            self._drop(drop)

    def _missed(self, workspace: str, since: datetime, until: datetime) -> Iterator[Drop]:
        first, last = (moment.replace(tzinfo=UTC).timestamp() for moment in (since, until))
        slack = self._slack_of(workspace)
        ours = slack.our_channels()
        for file in slack.newest_photos(since=first):
            for channel in file.shares.keys() & ours:
                with self._storage.begin(workspace) as work:
                    known = work.shares.knows(channel, file.id)
                for share in file.shares[channel]:
                    if share["ts"] not in known and first <= float(share["ts"]) <= last:
                        user = share.get("share_user_id", "")
                        yield Drop(workspace=workspace, channel=channel, file=file.id, user=user, at=share["ts"])
