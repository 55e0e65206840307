"""The menu of an answer."""

from bot.slack import Message
from bot.spotter import Spotter
from handlers.kinds import Action, Ask


def choose(ask: Ask, bot: Spotter) -> Message | None:
    """Do what was chosen; only `delete` can be, so far."""
    channel, _, key = ask.block.partition("-")
    if ask.value == "delete":
        bot.delete_reply(ask.workspace, ask.user, channel, key)
    return None


HANDLES = (Action("photo_reply", choose),)
