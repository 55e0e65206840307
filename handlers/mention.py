"""`@Spotter` in a thread: what is known of its photos."""

from collections.abc import Mapping
from typing import Any

from bot.spotter import Spotter
from handlers.kinds import Event


def keep(workspace: str, event: Mapping[str, Any], bot: Spotter) -> None:
    """Promise to answer, but for a mention that brings photos: those are answered anyway."""
    if not event.get("files"):
        bot.mention(workspace, event["channel"], event.get("thread_ts") or event["ts"], event["ts"])


HANDLES = (Event("app_mention", keep),)
