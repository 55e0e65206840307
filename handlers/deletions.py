"""A photo is deleted, or taken out of a channel."""

from collections.abc import Mapping
from typing import Any

from bot.spotter import Spotter
from handlers.kinds import Event


def deleted(workspace: str, event: Mapping[str, Any], bot: Spotter) -> None:
    """Promise to forget it everywhere, and the face that was enrolled by it."""
    bot.forget_file(workspace, event["file_id"], "", event["event_ts"])
    bot.forgetting.file_deleted(workspace, event["file_id"])


def unshared(workspace: str, event: Mapping[str, Any], bot: Spotter) -> None:
    """Promise to forget it in that channel."""
    bot.forget_file(workspace, event["file_id"], event["channel_id"], event["event_ts"])


HANDLES = (Event("file_deleted", deleted), Event("file_unshared", unshared))
