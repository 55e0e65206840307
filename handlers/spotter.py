"""`/spotter`: everything that has no command of its own."""

from collections.abc import Mapping
from typing import Final

from bot.slack import Message
from bot.spotter import Spotter
from handlers import blocks, every_handle
from handlers.admins import admins
from handlers.audit import audit
from handlers.event import ask_for_event, ask_for_start_list
from handlers.kinds import Action, Answer, Ask, Command
from handlers.look import look
from handlers.scan import ask_for_links
from handlers.settings import ask_for_settings
from handlers.words import by_first_word


def help_(ask: Ask, _: Spotter) -> Message:
    """Say what can be said."""
    commands = [handle for handle in every_handle() if isinstance(handle, Command)]
    return blocks.help_message([(one.name, one.usage, one.description) for one in commands], ask.channel)


def status(ask: Ask, bot: Spotter) -> Message:
    """Say who looks, and what is on in this channel."""
    return blocks.status_message(bot.status(ask.workspace, ask.channel), ask.channel)


def usage(ask: Ask, bot: Spotter) -> Message:
    """Tell an admin what was spent, and what people said of the answers."""
    report = bot.usage.ask(ask.workspace, ask.user)
    return blocks.usage_message(report, bot.feedback.this_month(ask.workspace))


WORDS: Final[Mapping[str, Answer]] = {
    "look": look,
    "help": help_,
    "status": status,
    "usage": usage,
    "startlist": ask_for_start_list,
    "event": ask_for_event,
    "settings": ask_for_settings,
    "scan": ask_for_links,
    "admins": admins,
    "audit": audit,
}
"""What may follow `/spotter`, and what answers it."""
_USAGE: Final = " | ".join(WORDS)
COMMAND: Final = Command(
    "/spotter",
    _USAGE,
    "Look at a photo, get help, see what is on here.",
    by_first_word("/spotter", _USAGE, WORDS),
)
HANDLES = (COMMAND, Action("help", help_))
