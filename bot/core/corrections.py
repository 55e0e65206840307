"""What people say about the bibs of a photo; it outranks every machine."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from bot.core.bibs import Bib
from bot.core.sightings import WHOLE

_CERTAIN: Final = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """Somebody's word on one number of a photo.

    Attributes:
        by: Who said so.
        was: The number that is wrong; empty where one is missing.
        number: The number that is right; empty where there is none.
        channel: Where it was said.
        id: Its number in the database; 0 until it is kept.
        at: When it was said, in UTC without a zone.
        undone_by: The admin who took it back.
    """

    by: str
    was: str = ""
    number: str = ""
    channel: str = ""
    id: int = 0
    at: datetime | None = None
    undone_by: str = ""

    def __post_init__(self) -> None:
        if not (self.was or self.number):
            raise ValueError("a correction names the wrong number, the right one, or both")

    @property
    def action(self) -> Literal["add", "remove", "change"]:
        """What it does to the photo."""
        if not self.was:
            return "add"
        return "change" if self.number else "remove"


@dataclass(frozen=True, slots=True)
class Settled:
    """A bib, and the person who said so, where it was no machine."""

    bib: Bib
    corrected_by: str = ""


def applied(
    bibs: Iterable[Bib], corrections: Iterable[Correction], listed: Container[str] = frozenset()
) -> tuple[Settled, ...]:
    """Put people's words on top of what was read, surest first, each number once.

    Args:
        bibs: As the machine read them.
        corrections: In the order in which they were made; those taken back change nothing.
        listed: The numbers on the start list, at least those that the corrections name.
    """
    settled: dict[str, Settled] = {}
    for bib in bibs:
        settled.setdefault(bib.number, Settled(bib))
    for correction in corrections:
        if not correction.undone_by:
            _apply(settled, correction, listed)
    return tuple(sorted(settled.values(), key=lambda one: -one.bib.confidence))


def _apply(settled: dict[str, Settled], correction: Correction, listed: Container[str]) -> None:
    number = correction.number
    there = settled.pop(correction.was, None) or settled.get(number)
    if number:
        box = there.bib.box if there else WHOLE
        state: Literal["listed", "read"] = "listed" if number in listed else "read"
        settled[number] = Settled(Bib(number, _CERTAIN, box, state), correction.by)
