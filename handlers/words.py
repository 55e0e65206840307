"""What follows a command: a word for what is wanted, or somebody who is mentioned."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot.errors import AskError
from bot.slack import Message
from bot.spotter import Spotter
from handlers.kinds import Answer, Ask

_MENTION: Final = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")


def by_first_word(command: str, usage: str, words: Mapping[str, Answer]) -> Answer:
    """Pass an ask to what its first word names; no word at all is a call for help."""

    def answer(ask: Ask, bot: Spotter) -> Message | None:
        word, _, rest = ask.text.strip().partition(" ")
        chosen = words.get(word.lower() or "help")
        if chosen is None:
            raise AskError(f"I don't know “{word[:40]}”. Usage: {command} {usage}")
        return chosen(replace(ask, text=rest.strip()), bot)

    return answer


def mentioned(text: str) -> str:
    """The user id of the person who is mentioned in what was typed; empty for none."""
    found = _MENTION.search(text)
    return found[1] if found else ""
