"""Second looks carried out: a first reading in, the same with what torsos, quarters and enlargements add."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.core.bib_evidence import overlap
from bot.core.bib_readings import SAME_SPOT
from bot.core.bibs import Bib, bibs_among
from bot.core.event import Event
from bot.core.findings import Face, Word
from bot.core.second_look import SURE, Region, last_regions, on_photo, regions

Reader = Callable[[Region], Sequence[Word] | None]
"""Reads a region of the photo, enlarged; nothing where that is not allowed or failed."""


@dataclass(frozen=True, slots=True)
class SecondLooks:
    """Looks again where it pays.

    Attributes:
        read: Who reads.
        faces: Everybody's.
        size: The photo's width and height in pixels.
        event: What is known of the race.
        most: How many further looks may be taken; None for as many as pay.
    """

    read: Reader
    faces: Sequence[Face]
    size: tuple[int, int]
    event: Event
    most: int | None = None

    def __call__(self, words: Sequence[Word]) -> list[Word]:
        """Give the words of a first look, and after them the numbers that further looks found."""
        known = list(words)
        if self.most != 0:
            first = regions(known, self.faces, self._judged(known), self.size)[: self.most]
            self._add(known, enumerate(first, 1))
            left = None if self.most is None else self.most - len(first)
            last = last_regions(self.faces, self._judged(known), self.size)[:left]
            self._add(known, enumerate(last, 1 + len(first)))
        return known

    def _add(self, known: list[Word], where: Iterable[tuple[int, Region]]) -> None:
        for look, region in where:
            for word in on_photo(self.read(region) or (), region, look):
                if any(sign.isdigit() for sign in word.text) and not _told(word, known):
                    known.append(word)

    def _judged(self, words: Sequence[Word]) -> tuple[Bib, ...]:
        return bibs_among(words, self.faces, size=self.size, event=self.event)


def _told(word: Word, known: Sequence[Word]) -> bool:
    """Whether the same was surely read there before; where it was not, each look that agrees counts."""
    least = max(SURE, word.confidence)
    return any(
        one.text == word.text and one.confidence >= least and overlap(one.box, word.box) >= SAME_SPOT for one in known
    )
