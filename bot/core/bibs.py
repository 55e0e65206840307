"""Bib numbers: which of the words in a photo are one."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from bot.core.findings import Word
from bot.core.geometry import Box

State = Literal["listed", "read", "partial", "suggested", "refused"]

_NUMBER: Final = re.compile(r"\d{2,6}")
_PREFIX: Final = re.compile(r"^(#|No\.?\s*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bib:
    """A bib number in a photo.

    Attributes:
        number: As text: leading zeros count.
        confidence: 0 to 100.
        box: Where it stands.
        state: How far it may be asserted; only `listed` and `read` are.
    """

    number: str
    confidence: float
    box: Box
    state: State = "read"


def bibs_among(words: Iterable[Word], *, least: float = 80.0) -> tuple[Bib, ...]:
    """Pick the numbers of two to six digits out of the words of one photo, surest first, each once.

    Args:
        words: Everything that was read, in any order.
        least: The least confidence, 0 to 100, that counts.
    """
    best: dict[str, Bib] = {}
    for word in words:
        number = _PREFIX.sub("", word.text.strip())
        if word.confidence < least or not _NUMBER.fullmatch(number):
            continue
        if number not in best or best[number].confidence < word.confidence:
            best[number] = Bib(number, word.confidence, word.box)
    return tuple(sorted(best.values(), key=lambda bib: -bib.confidence))
