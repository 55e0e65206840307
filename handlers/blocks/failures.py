"""What went wrong, in the error's own sentence."""

from typing import Final

from bot.errors import Misread, SpotterError
from bot.slack import Message
from handlers.blocks.elements import LINE, SECTION, section, sentence
from handlers.blocks.escaping import safe

_AROUND: Final = 30
"""Characters that are shown on each side of a place that could not be read: they fit on a phone."""


def failure(error: SpotterError) -> Message:
    """Say what went wrong; of what was typed, where."""
    return _pointed(error) if isinstance(error, Misread) else sentence(error.say)


def _pointed(error: Misread) -> Message:
    start = max(0, error.at - _AROUND)
    start += error.typed[start : start + 1] == " "
    cut = "…" if start else ""
    typed = safe(error.typed[start : error.at + _AROUND], SECTION)
    before = " " * (len(cut) + error.at - start)
    say = safe(error.say, LINE)
    return Message(say, (section(f"{say}\n```{cut}{typed}\n{before}^```"),))
