"""Somebody joins or leaves a channel: what they may see is asked again; we introduce ourselves where we come."""

from collections.abc import Mapping
from typing import Any

from bot.spotter import Spotter
from handlers.kinds import Event


def moved(workspace: str, event: Mapping[str, Any], bot: Spotter) -> None:
    """Forget which channels they can open."""
    bot.forget_access(workspace, event["user"])


def come(workspace: str, event: Mapping[str, Any], bot: Spotter) -> None:
    """Promise to say who we are."""
    bot.introduce(workspace, event["channel"])


HANDLES = (Event("member_joined_channel", moved, come), Event("member_left_channel", moved))
