"""The look through earlier photos for somebody who agreed to be found: the price first, then with a stop button."""

from bot.slack import Message
from bot.spotter import Spotter
from handlers import blocks
from handlers.kinds import Action, Ask


def offer(ask: Ask, bot: Spotter) -> Message:
    """Tell how many photos there are and what it costs."""
    return blocks.find_me_offer(bot.finding_me.offer(ask.workspace, ask.user))


def start(ask: Ask, bot: Spotter) -> Message:
    """Begin; its progress is told by direct message."""
    bot.finding_me.start(ask.workspace, ask.user)
    return blocks.sentence("I have begun. You can see how far I am in our direct messages.")


def stop(ask: Ask, bot: Spotter) -> Message:
    """Stop."""
    bot.finding_me.stop(ask.workspace, ask.user)
    return blocks.sentence("I stop after the photo in hand.")


def decline(_: Ask, __: Spotter) -> Message:
    """Leave it."""
    return blocks.sentence("All right. /faces me offers it again at any time.")


HANDLES = (
    Action("find_me_offer", offer),
    Action("find_me_start", start, replaces=True),
    Action("find_me_stop", stop),
    Action("find_me_decline", decline, replaces=True),
)
