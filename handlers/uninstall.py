"""A workspace removes Spotter, or takes its token away."""

from collections.abc import Mapping
from typing import Any

from bot.spotter import Spotter
from handlers.kinds import Event


def uninstalled(workspace: str, event: Mapping[str, Any], bot: Spotter) -> None:
    """Promise to forget the workspace."""
    bot.leave(workspace, float(event["event_ts"]))


def revoked(workspace: str, event: Mapping[str, Any], bot: Spotter) -> None:
    """Promise to forget the workspace, where it is the bot's token that was taken away."""
    if (event.get("tokens") or {}).get("bot"):
        bot.leave(workspace, float(event["event_ts"]))


HANDLES = (Event("app_uninstalled", uninstalled), Event("tokens_revoked", revoked))
"""Both come when the app is removed; either is enough."""
