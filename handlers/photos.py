"""A photo is dropped in a channel, or shared there again."""

from collections.abc import Mapping
from typing import Any

from bot.core.share import Drop
from bot.spotter import Spotter
from handlers.kinds import Event


def keep(workspace: str, event: Mapping[str, Any], bot: Spotter) -> None:
    """Promise to look at it."""
    bot.drop(
        Drop(
            workspace=workspace,
            channel=event["channel_id"],
            file=event["file_id"],
            user=event.get("user_id", ""),
            at=event["event_ts"],
        )
    )


HANDLES = (Event("file_shared", keep),)
