"""Quality and colours of photos, asked for by one person and told to them alone; paid engines bill them extra."""

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import uuid4

from bot.core import money
from bot.core.job import Submit
from bot.core.share import Share
from bot.detectors.labels import picture_words
from bot.errors import AskError, PhotoError, SpotterError
from bot.gate import Gate
from bot.looking import Looking
from bot.slack import Message, Slack
from storage import Storage

MOST_AT_ONCE: Final = 10
"""Photos of one message that are looked at for one person."""
_OPERATION: Final = "detect_labels"
_OPTIONS: Final = {"Features": ["IMAGE_PROPERTIES"]}


class PictureQuality:
    """Asks how photos are as pictures."""

    def __init__(
        self,
        *,
        storage: Storage,
        gate: Gate,
        looking: Looking,
        slack_of: Callable[[str], Slack],
        submit: Submit,
    ) -> None:
        self._storage = storage
        self._gate = gate
        self._looking = looking
        self._slack_of = slack_of
        self._submit = submit

    def price(self, photos: int) -> int:
        """What it costs to ask about so many photos at most, in millionths of a dollar."""
        each = money.price(_OPERATION, _OPTIONS) if self._looking.vision.paid else 0
        return each * min(photos, MOST_AT_ONCE)

    def ask(self, workspace: str, user: str, channel: str, ts: str) -> None:
        """Promise to tell somebody of the photos of a message.

        Raises:
            AskError: The message is not for this person.
        """
        if not self._slack_of(workspace).can_open(user, channel):
            raise AskError("I don't know this photo.")
        payload = {"workspace": workspace, "user": user, "channel": channel, "ts": ts}
        self._submit("picture_quality", f"{workspace}-{channel}-{ts}-{uuid4().hex}", payload)

    def look(self, payload: Mapping[str, Any], render: Callable[[str], Message]) -> None:
        """Look at the photos, and tell who asked: a job. Run again it pays nothing twice."""
        workspace, channel, user = payload["workspace"], payload["channel"], payload["user"]
        slack = self._slack_of(workspace)
        with self._storage.begin(workspace) as work:
            shares = [one.share for one in work.evidence.of_message(channel, payload["ts"])]
        told = [f"{share.name}, {self._told(slack, workspace, share)}." for share in shares[:MOST_AT_ONCE]]
        if told:
            slack.ephemeral(channel, user, render(" ".join(told)), thread=shares[0].thread)

    def give_up(self, payload: Mapping[str, Any], error: Exception, render: Callable[[str], Message]) -> None:
        """Say that it could not be done."""
        say = error.last_word if isinstance(error, SpotterError) else "Something went wrong on my side."
        slack = self._slack_of(payload["workspace"])
        slack.ephemeral(payload["channel"], payload["user"], render(say))

    def _told(self, slack: Slack, workspace: str, share: Share) -> str:
        try:
            photo = self._gate.open(slack.download(slack.file(share.file)))
        except PhotoError:
            return "which I can't open any more"
        question = self._looking.asking.question(photo.digest, _OPERATION, _OPTIONS)
        answer, _ = self._looking.asking.answer(
            workspace, question, lambda: photo.data, _OPTIONS, channel=share.channel
        )
        return picture_words(answer) or "of which nothing can be said"
