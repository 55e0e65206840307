"""Spotter introduces itself: once in a channel that it has come to, and briefly with its first answer there."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.replying import Place, Replying
from bot.slack import Message, Slack
from storage import Storage, Work

_HINT: Final = "This is my first answer here. An admin can choose what I look for: /spotter settings"


class Onboarding:
    """Introduces Spotter.

    Args:
        storage: The memory.
        slack_of: The door to a workspace's Slack.
        introduction: What a channel reads, by its id.
    """

    def __init__(
        self, storage: Storage, slack_of: Callable[[str], Slack], introduction: Callable[[str], Message]
    ) -> None:
        self._replying = Replying(storage)
        self._slack_of = slack_of
        self._introduction = introduction

    def introduce(self, job: str, payload: Mapping[str, Any]) -> None:
        """Say in a channel who has come; a job, for each channel once."""
        workspace, channel = payload["workspace"], payload["channel"]
        place = Place(workspace=workspace, channel=channel, key="introduction")
        self._replying.tell(self._slack_of(workspace), place, job, lambda: self._introduction(channel))


def hint(work: Work, channel: str) -> str:
    """What is said with the first answer in a channel for which nobody settled anything; else empty."""
    if work.channels.is_settled(channel) or not work.notices.first(f"hint:{channel}"):
        return ""
    return _HINT
