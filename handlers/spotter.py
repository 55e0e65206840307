"""`/spotter`: everything that has no command of its own."""

from dataclasses import replace
from typing import Final

from bot.errors import AskError
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


def answer(ask: Ask, bot: Spotter) -> Message | None:
    """Pass the ask to what its first word names; no word at all is a call for help."""
    word, _, rest = ask.text.strip().partition(" ")
    chosen = _WORDS.get(word.lower() or "help")
    if chosen is None:
        raise AskError(f"I don't know “{word[:40]}”. Usage: /spotter {COMMAND.usage}")
    return chosen(replace(ask, text=rest.strip()), bot)


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


_WORDS: Final[dict[str, Answer]] = {
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
COMMAND: Final = Command("/spotter", " | ".join(_WORDS), "Look at a photo, get help, see what is on here.", answer)
HANDLES = (COMMAND, Action("help", help_))
