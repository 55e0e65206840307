"""Readings: texts that may be a bib number, and which of them tell of the same one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Final

from bot.core.bib_evidence import overlap
from bot.core.bib_format import DIGITS, SHORT_DIGITS, BibFormat, cleaned
from bot.core.bib_joins import joined
from bot.core.decoys import decoys
from bot.core.event import Event
from bot.core.findings import Word
from bot.core.geometry import Box
from bot.core.start_list import StartList

LEAST: Final = 40.0
"""Under this a reading is not even kept: real numbers were recorded at 45 (facts: rekognition §3.2)."""
SAME_SPOT: Final = 0.5
"""The share of the smaller box that two readings of the same number have in common."""
SAME_HEIGHT: Final = 0.6
"""The height of the lower of two texts, compared with the other, from which on they may be the same."""
ALIKE: Final = 0.95
"""What is left of the confidence of a number in which the mask made an S of a 5."""
CLEAR: Final = 3.0
"""How many times the winner's doubt the next reading's must be, or the number is not told."""
LEAST_DOUBT: Final = 0.5
"""What of 100 a single look can always lack."""
HALF_A_DIGIT: Final = 0.5


@dataclass(frozen=True, slots=True)
class Reading:
    """A text that may be a bib, once."""

    number: str
    confidence: float
    box: Box
    refused: str = ""
    part: bool = False


def readings(words: Sequence[Word], event: Event, listed: StartList | None) -> list[Reading]:
    """Everything with the form of a bib, and every refused number."""
    wanted = _format(event, listed)
    lines: dict[tuple[int, int], list[Word]] = {}
    for place, word in enumerate(words):
        lines.setdefault((word.line, place if word.line < 0 else 0), []).append(word)
    found = [reading for line in lines.values() for reading in _of_line(line, wanted, event)]
    plain = [word for line in lines.values() if not decoys(_told(line)) for word in line]
    found += [Reading(one.text, one.confidence, one.box, _refusal(one.text, event)) for one in joined(plain, wanted)]
    return [reading for reading in found if reading.confidence >= LEAST]


def _format(event: Event, listed: StartList | None) -> BibFormat:
    """The event's format; single digits count only where the list names some."""
    single = listed is not None and any(len(bib) == 1 for bib in listed.runners)
    return SHORT_DIGITS if single and event.format == DIGITS else event.format


def _of_line(line: Sequence[Word], wanted: BibFormat, event: Event) -> Iterable[Reading]:
    """Judge each word among its neighbours: `21 KM` is a distance, whoever split it."""
    line = [_lettered(word, wanted) for word in line]
    starts = accumulate((len(word.text) + 1 for word in line), initial=0)
    bad = decoys(_told(line))
    for word, start in zip(line, starts, strict=False):
        for part, at in _parts(word):
            reason = _refusal(part.text, event) or next(
                (why for begin, end, why in bad if begin < start + at + len(part.text) and start + at < end), ""
            )
            number, sure = _as_written(part, wanted)
            if wanted.fits(number) or (reason and any(sign.isdigit() for sign in number)):
                yield Reading(number, sure, part.box, reason)
            elif wanted.part(number):
                yield Reading(number, sure, part.box, part=True)


def _told(line: Sequence[Word]) -> str:
    return " ".join(word.text.upper() for word in line)


def _lettered(word: Word, wanted: BibFormat) -> Word:
    """Take a dollar sign for the S that it is where only so a number of the mask comes out."""
    text = word.text.replace("$", "S")
    if text == word.text or not wanted.spelled(cleaned(text)):
        return word
    return replace(word, text=text, confidence=word.confidence * ALIKE)


def _as_written(word: Word, wanted: BibFormat) -> tuple[str, float]:
    """The number as the event writes it, and its confidence: less where a sign was taken for another of its shape."""
    number = cleaned(word.text)
    if wanted.fits(number) or not (written := wanted.spelled(number)):
        return number, word.confidence
    return written, word.confidence * ALIKE


def _parts(word: Word) -> Iterable[tuple[Word, int]]:
    """Split a word that holds spaces, which Rekognition's may; letters are taken as equally wide."""
    pieces, at = word.text.split(), 0
    for piece in pieces if len(pieces) > 1 else (word.text,):
        at = word.text.index(piece, at)
        step = word.box.width / max(1, len(word.text))
        box = replace(word.box, left=word.box.left + at * step, width=len(piece) * step)
        yield replace(word, text=piece, box=box), at
        at += len(piece)


def _refusal(text: str, event: Event) -> str:
    number = cleaned(text)
    if number in event.refused or text.upper() in event.refused:
        return "on this event's list of what is no bib"
    return ""


def spots(read: Sequence[Reading]) -> list[list[Reading]]:
    """Put the readings of the same place together, however many looks there were."""
    found: list[list[Reading]] = []
    for reading in sorted(read, key=lambda one: -one.box.area):
        same = next((spot for spot in found if _same(spot[0].box, reading.box)), None)
        if same is None:
            found.append([reading])
        else:
            same.append(reading)
    return found


def _same(one: Box, other: Box) -> bool:
    """Whether two boxes hold the same text: a small line above a number lies partly in the number's box, too."""
    high, low = max(one.height, other.height), min(one.height, other.height)
    return overlap(one, other) >= SAME_SPOT and low >= SAME_HEIGHT * high


def agreed(spot: Sequence[Reading], listed: StartList | None) -> tuple[Reading, bool]:
    """The surest reading of the looks at a place, and whether another is about as likely.

    Where no look read another number, it is as sure as all looks make it together; several that misread the same
    pixels do not outvote a surer one.
    """
    spot = [reading for reading in spot if not reading.part] or spot
    if listed is not None:
        spot = [reading for reading in spot if reading.number in listed] or spot
    surest = {one.number: one for one in sorted(spot, key=lambda one: (one.confidence, one.number))}
    doubts = {number: _doubt(one) for number, one in surest.items()}
    first = surest[min(doubts, key=lambda number: doubts[number])]
    for longer in surest.values():
        if _goes_on(first, longer):
            first = longer
    rivals = [one for one in surest.values() if one.number != first.number and not _goes_on(one, first)]
    if not rivals:
        looks = sum(one.number == first.number for one in spot)
        first = replace(first, confidence=max(first.confidence, 100 - doubts[first.number] / looks))
    return first, any(doubts[one.number] < CLEAR * doubts[first.number] for one in rivals)


def _goes_on(one: Reading, longer: Reading) -> bool:
    """Whether a reading goes on where another ends: a digit that one look lost was seen by the other.

    Where both are as wide, or the shorter is clearly surer, the longer has a digit too many: the edge of a bib, or what
    is beside it, was taken for one.
    """
    wider = longer.box.width >= one.box.width * (1 + HALF_A_DIGIT / len(one.number))
    likely = _doubt(longer) < CLEAR * _doubt(one)
    return len(longer.number) > len(one.number) and one.number in longer.number and wider and likely


def _doubt(reading: Reading) -> float:
    """What a reading lacks of certainty."""
    return max(LEAST_DOUBT, 100 - reading.confidence)
