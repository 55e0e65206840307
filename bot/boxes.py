"""Show boxes: what was found, drawn into the photo and put into its thread; the photo is fetched again for that."""

import logging
from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import Any, Final

from bot.core.channel import ChannelSettings
from bot.core.evidence import Evidence, as_settled
from bot.core.findings import Label
from bot.core.job import Submit
from bot.core.marks import Mark, in_words, marks, name_of
from bot.core.share import Share
from bot.detectors.labels import boxed
from bot.drawing import draw
from bot.errors import AskError, PhotoGone
from bot.gate import Gate
from bot.slack import Slack
from bot.thread_files import Made, ThreadFiles
from storage import Storage

MOST_AT_ONCE: Final = 10
"""Photos of one message that are drawn at a press."""
_UNKNOWN: Final = "I don't know this photo."
_NOWHERE: Final = "I found nothing here that has a place in the photo."

log = logging.getLogger(__name__)


class Boxes:
    """Draws photos for members of the channel that holds them.

    Args:
        storage: The memory.
        gate: Makes hostile pictures safe.
        slack_of: The door to a workspace's Slack.
        submit: Stores a job.
    """

    def __init__(
        self,
        *,
        storage: Storage,
        gate: Gate,
        slack_of: Callable[[str], Slack],
        submit: Submit,
    ) -> None:
        self._storage = storage
        self._gate = gate
        self._slack_of = slack_of
        self._submit = submit
        self._files = ThreadFiles(storage)

    def ask(self, workspace: str, user: str, channel: str, ts: str) -> int:
        """Promise to draw the photos of a message: how many; 0 where all stand in the thread already.

        Raises:
            AskError: The message is not known, or not for this person; or there is nothing to draw.
        """
        slack = self._slack_of(workspace)
        if not slack.can_open(user, channel):
            raise AskError(_UNKNOWN)
        drawable = {photo.share: shown for photo, shown in self._shown(workspace, channel, ts) if shown}
        if not drawable:
            raise AskError(_NOWHERE)
        promised = 0
        for share, shown in list(drawable.items())[:MOST_AT_ONCE]:
            known = self._files.there(slack, workspace, self._files.known(workspace, channel, ts, share.file))
            if known.files and known.shows == name_of(shown):
                continue
            key = f"{workspace}-{channel}-{ts}-{share.file}-{name_of(shown)}-{known.turn}"
            self._submit("boxes", key, {"workspace": workspace, "share": share.address()})
            promised += 1
        return promised

    def show(self, _job: str, payload: Mapping[str, Any]) -> None:
        """Draw one photo, and put the picture into its thread: a job."""
        workspace, address = payload["workspace"], payload["share"]
        known = self._files.known(workspace, address["channel"], address["ts"], address["file"])
        share, shown = self._of(workspace, address["channel"], address["ts"], address["file"])
        if share is None or not shown:
            return
        slack = self._slack_of(workspace)
        try:
            photo = self._gate.open(slack.download(slack.file(share.file)))
        except PhotoGone:
            return
        made = Made(f"{PurePath(share.name).stem or 'photo'}-boxes.jpg", draw(photo.data, shown), in_words(shown))
        shows = name_of(shown)

        def still() -> bool:
            return name_of(self._of(workspace, share.channel, share.ts, share.file)[1]) == shows

        self._files.put(slack, workspace, known, [made], shows=shows, thread=share.thread, still=still)

    def give_up(self, job: str, payload: Mapping[str, Any], error: Exception) -> None:
        """Let the next press try again."""
        log.warning("%s: no picture with boxes: %s", job, error)
        address, workspace = payload["share"], payload["workspace"]
        known = self._files.known(workspace, address["channel"], address["ts"], address["file"])
        self._files.again(workspace, known)

    def tidy(self, slack: Slack, workspace: str, channel: str, ts: str) -> None:
        """Take down the pictures of a message that show what is not told any more, or whose photo is gone."""
        right = {photo.share.file: name_of(shown) for photo, shown in self._shown(workspace, channel, ts)}
        with self._storage.begin(workspace) as work:
            known = [one for one in work.uploads.of_message(channel, ts) if one.files and not one.about.startswith("#")]
        for upload in known:
            if right.get(upload.about) != upload.shows:
                self._files.take_down(slack, workspace, upload)

    def _of(self, workspace: str, channel: str, ts: str, file: str) -> tuple[Share | None, tuple[Mark, ...]]:
        found = {photo.share.file: (photo.share, shown) for photo, shown in self._shown(workspace, channel, ts)}
        return found.get(file, (None, ()))

    def _shown(self, workspace: str, channel: str, ts: str) -> list[tuple[Evidence, tuple[Mark, ...]]]:
        with self._storage.begin(workspace) as work:
            settings = work.channels.settings(channel)
            photos = work.evidence.of_message(channel, ts)
        return [(photo, _marks(as_settled(photo, settings), settings)) for photo in photos]


def _marks(photo: Evidence, settings: ChannelSettings) -> tuple[Mark, ...]:
    sure = [label for label in photo.of(Label) if label.confidence >= settings.confidence]
    return marks(photo, boxed(sure))
