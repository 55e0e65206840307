"""Bib numbers: which of the words in a photo are one, how sure that is, and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from bot.core.bib_evidence import cut, overlap, position
from bot.core.bib_format import DIGITS, SHORT_DIGITS, BibFormat, cleaned
from bot.core.decoys import decoys
from bot.core.event import Event
from bot.core.findings import Face, Word
from bot.core.geometry import Box
from bot.core.start_list import StartList

State = Literal["listed", "read", "partial", "suggested", "refused"]

SURE: Final = 90.0
"""The least confidence, 0 to 100, of a number that is asserted."""
LEAST: Final = 40.0
"""Under this a reading is not even kept: real numbers were recorded at 45 (facts: rekognition §3.2)."""
SAME_SPOT: Final = 0.5
"""The share of the smaller box that two readings of the same number have in common."""
SAME_HEIGHT: Final = 0.6
"""The height of the lower of two texts, compared with the other, from which on they may be the same."""
BESIDE: Final = 0.75
ELSEWHERE: Final = 0.6
"""What is left of the confidence of a number that stands where no bib stands, in a photo with faces."""
ALIKE: Final = 0.95
"""What is left of the confidence of a number in which the mask made an S of a 5."""
YEARS: Final = (1960, 2039)
"""What is taken for a year where nobody told the event's date."""
CONTEST: Final = 0.8
"""The part of the winner's votes from which another reading makes it doubtful."""
PART: Final = "part of a longer number"
UNLISTED: Final = "not on the start list"


@dataclass(frozen=True, slots=True)
class Bib:
    """A bib number in a photo.

    Attributes:
        number: As text: leading zeros count.
        confidence: 0 to 100; of the reading, less what its place takes away.
        box: Where it stands.
        state: How far it may be asserted; only `listed` and `read` are, and `read` only where there is no start list.
        why: In plain words, why it is taken for that.
        name: The runner's, from the start list.
        place: Where it stands in regard to the faces.
        instead_of: What was read, where this number is only suggested.
    """

    number: str
    confidence: float
    box: Box
    state: State = "read"
    why: str = ""
    name: str = ""
    place: str = ""
    instead_of: str = ""

    @property
    def asserted(self) -> bool:
        """Whether it may be told as found."""
        return self.state == "listed" or (self.state == "read" and self.why != UNLISTED)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text that may be a bib, once."""

    number: str
    confidence: float
    box: Box
    refused: str = ""
    part: bool = False


def bibs_among(
    words: Iterable[Word],
    faces: Iterable[Face] = (),
    *,
    size: tuple[int, int] = (1, 1),
    event: Event | None = None,
    start_list: StartList | None = None,
) -> tuple[Bib, ...]:
    """Judge every number in a photo, the asserted ones first, then by confidence; each number once.

    Args:
        words: Everything that was read, at every look, in any order.
        faces: Everybody's.
        size: The photo's width and height in pixels.
        event: What is known of the race.
        start_list: Who takes part; without one a number can be read, and never be listed.
    """
    event = event or Event()
    readings = _readings(list(words), event, start_list)
    boxes = [face.box for face in faces]
    found = [_verdict(spot, boxes, size, event, start_list) for spot in _spots(readings)]
    found = [_apart(bib, found) for bib in found]
    suggested = [more for bib in found for more in _suggestions(bib, start_list)]
    return _each_once([*found, *suggested])


def _readings(words: Sequence[Word], event: Event, listed: StartList | None) -> list[_Reading]:
    """Everything with the form of a bib, and every refused number."""
    wanted = _format(event, listed)
    lines: dict[tuple[int, int], list[Word]] = {}
    for place, word in enumerate(words):
        lines.setdefault((word.line, place if word.line < 0 else 0), []).append(word)
    found = [reading for line in lines.values() for reading in _of_line(line, wanted, event)]
    return [reading for reading in found if reading.confidence >= LEAST]


def _format(event: Event, listed: StartList | None) -> BibFormat:
    """The event's format; single digits count only where the list names some."""
    single = listed is not None and any(len(bib) == 1 for bib in listed.runners)
    return SHORT_DIGITS if single and event.format == DIGITS else event.format


def _of_line(line: Sequence[Word], wanted: BibFormat, event: Event) -> Iterable[_Reading]:
    """Judge each word among its neighbours: `21 KM` is a distance, whoever split it."""
    text, starts = "", []
    for word in line:
        starts.append(len(text))
        text += word.text.upper() + " "
    bad = decoys(text)
    for word, start in zip(line, starts, strict=True):
        for part, at in _parts(word):
            reason = _refusal(part.text, event) or next(
                (why for begin, end, why in bad if begin < start + at + len(part.text) and start + at < end), ""
            )
            number, sure = _as_written(part, wanted)
            if wanted.fits(number) or (reason and any(sign.isdigit() for sign in number)):
                yield _Reading(number, sure, part.box, reason)
            elif wanted.part(number):
                yield _Reading(number, sure, part.box, part=True)


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


def _spots(readings: Sequence[_Reading]) -> list[list[_Reading]]:
    """Put the readings of the same place together, however many looks there were."""
    spots: list[list[_Reading]] = []
    for reading in sorted(readings, key=lambda one: -one.box.area):
        same = next((spot for spot in spots if _same(spot[0].box, reading.box)), None)
        if same is None:
            spots.append([reading])
        else:
            same.append(reading)
    return spots


def _same(one: Box, other: Box) -> bool:
    """Whether two boxes hold the same text: a small line above a number lies partly in the number's box, too."""
    high, low = max(one.height, other.height), min(one.height, other.height)
    return overlap(one, other) >= SAME_SPOT and low >= SAME_HEIGHT * high


def _verdict(
    spot: Sequence[_Reading], faces: Sequence[Box], size: tuple[int, int], event: Event, listed: StartList | None
) -> Bib:
    best, contested = _agreed(spot, listed)
    where = position(best.box, faces)
    confidence = best.confidence * {"as low as under a face": BESIDE, "elsewhere": ELSEWHERE}.get(where.place, 1.0)
    bib = Bib(best.number, confidence, best.box, place=where.place)
    if best.refused:
        return replace(bib, state="refused", why=best.refused)
    year = _year(best, event)
    if listed is not None and best.number in listed and not (year and where.place == "elsewhere"):
        return replace(bib, state="listed", why="on the start list", name=listed.name(best.number))
    if year:
        return replace(bib, state="refused", why=year)
    if why := PART if best.part else _doubt(bib, contested, size):
        return replace(bib, state="partial", why=why)
    return replace(bib, why=UNLISTED if listed is not None else f"read {where.place}")


def _agreed(spot: Sequence[_Reading], listed: StartList | None) -> tuple[_Reading, bool]:
    """The reading that the looks agree on best, and whether another is about as likely."""
    votes: dict[str, float] = {}
    spot = [reading for reading in spot if not reading.part] or spot
    for reading in spot:
        votes[reading.number] = votes.get(reading.number, 0.0) + reading.confidence
    if listed is not None:
        votes = {number: vote for number, vote in votes.items() if number in listed} or votes
    order = sorted(votes, key=lambda number: (-votes[number], -len(number)))
    first = order[0]
    for other in order[1:]:  # a digit that one look lost was seen by the other
        if first in other and votes[other] >= CONTEST * votes[first]:
            first = other
    rivals = [number for number in order if number not in first and votes[number] >= CONTEST * votes[first]]
    best = max((reading for reading in spot if reading.number == first), key=lambda one: one.confidence)
    return best, bool(rivals)


def _year(reading: _Reading, event: Event) -> str:
    if len(reading.number) != 4 or not reading.number.isdigit():  # noqa: PLR2004 - a year
        return ""
    year = int(reading.number)
    if event.day is not None and year in (event.day.year - 1, event.day.year, event.day.year + 1):
        return "the year of the event"
    return "a year" if YEARS[0] <= year <= YEARS[1] else ""


def _doubt(bib: Bib, contested: bool, size: tuple[int, int]) -> str:  # noqa: FBT001
    if cut(bib.box, size[0] / size[1]):
        return "cut by the photo's edge"
    if contested:
        return "two looks read it differently"
    if bib.confidence < SURE:
        return "not where a bib is worn" if bib.place == "elsewhere" else "hard to read"
    return ""


def _apart(bib: Bib, found: Sequence[Bib]) -> Bib:
    """Doubt a number that is an end of a refused one of its size: of a banner's `2026`, half hidden, `26` is left."""
    whole = [
        one
        for one in found
        if one.state == "refused" and one.number != bib.number and bib.box.height <= one.box.height / SAME_HEIGHT
    ]
    if bib.state == "read" and any(
        one.number.endswith(bib.number) or one.number.startswith(bib.number) for one in whole
    ):
        return replace(bib, state="partial", why=PART)
    return bib


def _suggestions(bib: Bib, listed: StartList | None) -> Iterable[Bib]:
    if listed is None or bib.state in {"listed", "refused"}:
        return
    for near in listed.near(bib.number):
        yield replace(
            bib,
            number=near,
            state="suggested",
            why=f"{bib.number} was read",
            name=listed.name(near),
            instead_of=bib.number,
        )


_ORDER: Final[tuple[State, ...]] = ("listed", "read", "partial", "suggested", "refused")


def _each_once(bibs: Iterable[Bib]) -> tuple[Bib, ...]:
    best: dict[str, Bib] = {}
    for bib in sorted(bibs, key=lambda bib: (_ORDER.index(bib.state), -bib.confidence)):
        best.setdefault(bib.number, bib)
    return tuple(best.values())
