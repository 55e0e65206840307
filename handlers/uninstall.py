"""A workspace or an organization removes Spotter, or takes its token away."""

from collections.abc import Mapping
from typing import Any

from bot.spotter import Spotter
from handlers.kinds import Event


def uninstalled(installer: str, event: Mapping[str, Any], bot: Spotter) -> None:
    """Promise to forget the workspace, or all of the organization's."""
    bot.leave(installer, float(event["event_ts"]))


def revoked(installer: str, event: Mapping[str, Any], bot: Spotter) -> None:
    """Promise to forget them, where it is the bot's token that was taken away."""
    if (event.get("tokens") or {}).get("bot"):
        bot.leave(installer, float(event["event_ts"]))


def access_revoked(_: str, event: Mapping[str, Any], bot: Spotter) -> None:
    """Promise to forget those workspaces of an organization that its token opens no more."""
    for workspace in event["team_ids"]:
        bot.lose_access(workspace, float(event["event_ts"]))


HANDLES = (
    Event("app_uninstalled", uninstalled, of_installer=True),
    Event("tokens_revoked", revoked, of_installer=True),
    Event("team_access_revoked", access_revoked, of_installer=True),
)
"""The first two come when the app is removed; either is enough."""
