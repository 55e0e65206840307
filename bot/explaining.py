"""Why? The evidence behind an answer, for one person who may open its channel; nothing is looked at again."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.core.channel import ChannelSettings
from bot.core.evidence import Evidence, as_settled
from bot.errors import AskError
from bot.slack import Slack
from storage import Storage


@dataclass(frozen=True, slots=True)
class Explained:
    """Why an answer says what it says.

    Attributes:
        photos: What is known of each photo, with the names that the reader may read.
        settings: What is settled in their channel.
    """

    photos: tuple[Evidence, ...]
    settings: ChannelSettings


class Explaining:
    """Tells the evidence."""

    def __init__(self, storage: Storage, slack_of: Callable[[str], Slack]) -> None:
        self._storage = storage
        self._slack_of = slack_of

    def explain(self, workspace: str, user: str, channel: str, ts: str) -> Explained:
        """What the answer to a message is made of.

        Raises:
            AskError: The message is not known, or not for this person: the answer is the same.
            SlackError: Slack does not tell which channels they can open.
        """
        if not self._slack_of(workspace).can_open(user, channel):
            raise _unknown()
        with self._storage.begin(workspace) as work:
            settings = work.channels.settings(channel)
            photos = work.evidence.of_message(channel, ts, reader=user)
        if not photos:
            raise _unknown()
        return Explained(tuple(as_settled(photo, settings) for photo in photos), settings)


def _unknown() -> AskError:
    return AskError("I don't know this photo.")
