"""What Spotter says of itself: to a channel that it has come to, and to whoever asks for help."""

from collections.abc import Sequence
from typing import Any, Final

from bot.slack import Message
from handlers.blocks.elements import LINE, button, section, together
from handlers.blocks.escaping import safe

_DOES: Final = (
    "*Hello, I am Spotter.* Drop photos here: I answer in their thread with the bib numbers, the things and the text"
    " that I see. /findbib and a number finds a runner again."
)
_DOES_NOT: Final = (
    "*What I don't do:* I can't read your messages, I keep no photos, and I recognise none of you. Should an admin ever"
    " turn face matching on here, you will all be told, and I look only for people who agreed to it."
)
_UP_TO_YOU: Final = (
    "*Up to you:* who posts a photo can delete my answer to it, and a photo that is deleted is forgotten."
)


def introduction(channel: str) -> Message:
    """Introduce Spotter to a channel, by its id."""
    paragraphs = (_DOES, _DOES_NOT, _UP_TO_YOU)
    words = "\n".join(paragraphs).replace("*", "")
    buttons = [settings_button(channel), button("help", "What can I ask?", channel)]
    return Message(words, (*map(section, paragraphs), _row(buttons)))


def help_message(commands: Sequence[tuple[str, str, str]], channel: str) -> Message:
    """Say what can be asked, in lines that fit a phone.

    Args:
        commands: Of each its name, what may follow it (`1234 | a name`), and what it does.
        channel: The id of the channel that was asked in; empty for App Home, where its buttons would have no channel.
    """
    first = "Drop photos into a channel that I am in: I answer in the thread. You can also ask:"
    told = [_command(*command) for command in commands]
    words = "\n".join([first, *(f"{asked}: {does}" for asked, does in told)])
    rows = [f"*{asked}*\n{does}" for asked, does in told]
    buttons = [button("look_upload", "Look at a picture", channel), settings_button(channel)]
    return Message(words, (section(first), *together(rows), *([_row(buttons)] if channel else [])))


def _command(name: str, usage: str, does: str) -> tuple[str, str]:
    """A command with the first of what may follow it, and what it does; the rest stands behind that."""
    example, *others = usage.split(" | ")
    more = f" Also: {', '.join(others)}" if others else ""
    return safe(f"{name} {example}"), safe(does + more, LINE)


def settings_button(channel: str) -> dict[str, Any]:
    """Open a channel's settings; members read them."""
    return button("settings", "Settings", channel)


def _row(buttons: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(buttons)}
