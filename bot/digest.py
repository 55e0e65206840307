"""One summary of a channel's photos a day, or after its event, where they are not answered one by one."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from bot.albums import Albums, Indexed
from bot.core.album import Album, album_of
from bot.core.channel import ChannelSettings
from bot.core.digest import Span, due, span_of_message
from bot.core.evidence import as_settled
from bot.core.share import Share
from bot.replying import Place, Replying
from bot.slack import Message, Slack
from storage import Storage

DIGEST_SECONDS: Final = 600.0
"""How often is looked whether a summary is due."""

Render = Callable[[Album, str], Message]
"""Makes the summary of an album; the day that it is of."""


class Digest:
    """Sums up channels.

    Args:
        storage: The memory.
        slack_of: The door to a workspace's Slack.
        albums: Keeps the index below each summary.
        render: Makes the message.
        now: The moment, with a zone.
    """

    def __init__(
        self,
        storage: Storage,
        slack_of: Callable[[str], Slack],
        albums: Albums,
        render: Render,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._storage = storage
        self._slack_of = slack_of
        self._albums = albums
        self._render = render
        self._now = now
        self._replying = Replying(storage)

    def tell(self, job: str, payload: Mapping[str, Any]) -> None:
        """Tell every summary of a workspace that is due, once: a job."""
        workspace = payload["workspace"]
        with self._storage.begin(workspace) as work:
            channels = work.channels.every()
        for channel, settings in channels.items():
            span = due(settings, self._now())
            if settings.on and span and not self._replying.answered(_place(workspace, channel, span)):
                self._say(job, workspace, channel, span)

    def retell(self, job: str, workspace: str, share: Share, settings: ChannelSettings) -> None:
        """Bring the summary that tells of a photo up to date, where it was told.

        Args:
            job: The job that tells.
            workspace: Its id.
            share: The photo.
            settings: Its channel's.
        """
        span = span_of_message(settings, share.ts)
        if span and self._replying.ts(_place(workspace, share.channel, span)):
            self._say(job, workspace, share.channel, span)

    def _say(self, job: str, workspace: str, channel: str, span: Span) -> None:
        place = _place(workspace, channel, span)
        since, until = (f"{moment:.6f}" for moment in (span.since, span.until))

        def render() -> Message | None:
            with self._storage.begin(workspace) as work:
                settings = work.channels.settings(channel)
                photos = work.evidence.between(channel, since, until)
            album = album_of([as_settled(photo, settings) for photo in photos])
            return self._render(album, span.name) if photos else None

        self._replying.tell(self._slack_of(workspace), place, job, render)
        if ts := self._replying.ts(place):
            indexed = Indexed(channel=channel, ts=ts, thread=ts, since=since, until=until)
            self._albums.promise(workspace, indexed)


def _place(workspace: str, channel: str, span: Span) -> Place:
    return Place(workspace=workspace, channel=channel, key=f"digest-{span.name}")
