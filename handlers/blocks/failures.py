"""What went wrong, in the error's own sentence."""

from typing import Final

from bot.errors import Misread, SpotterError
from bot.slack import Message
from handlers.blocks.elements import LINE, SECTION, section, sentence
from handlers.blocks.escaping import safe

_BEFORE: Final = 18
_AFTER: Final = 12
"""Characters that are shown before and after a place that could not be read: a line of them fits a phone."""


def failure(error: SpotterError) -> Message:
    """Say what went wrong; of what was typed, where."""
    return _pointed(error) if isinstance(error, Misread) else sentence(error.say)


def _pointed(error: Misread) -> Message:
    start, end = max(0, error.at - _BEFORE), error.at + _AFTER
    start += error.typed[start : start + 1] == " "
    cut, rest = "…" if start else "", "…" if end < len(error.typed) else ""
    before = " " * (len(cut) + error.at - start)
    say = safe(error.say, LINE)
    return Message(say, (section(f"{say}\n```{cut}{safe(error.typed[start:end], SECTION)}{rest}\n{before}^```"),))
