"""`/spotter admins`: who looks after Spotter besides the owners and admins of the workspace."""

from bot.errors import AskError
from bot.slack import Message
from bot.spotter import Spotter
from handlers import blocks
from handlers.kinds import Ask
from handlers.words import mentioned


def admins(ask: Ask, bot: Spotter) -> Message:
    """List the admins, name one, or take a name back."""
    word, _, rest = ask.text.partition(" ")
    match word.lower():
        case "" | "list":
            return blocks.admins_list(bot.admins.named(ask.workspace))
        case "add":
            bot.admins.name(ask.workspace, ask.user, user := _user(rest))
            return blocks.plain(f"<@{user}> is an admin of Spotter from now on.")
        case "remove":
            bot.admins.unname(ask.workspace, ask.user, user := _user(rest))
            return blocks.plain(f"<@{user}> is no admin of Spotter any more.")
        case _:
            raise AskError(f"I don't know “{word[:40]}”. Usage: /spotter admins [add @somebody | remove @somebody]")


def _user(typed: str) -> str:
    if user := mentioned(typed):
        return user
    raise AskError("Choose somebody from the list that Slack shows after the @.")
