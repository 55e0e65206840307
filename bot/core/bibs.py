"""Bib numbers: which of the words in a photo are one, how sure that is, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from bot.core.bib_evidence import Place, cut, position
from bot.core.bib_readings import SAME_HEIGHT, Reading, agreed, readings, spots
from bot.core.event import Event
from bot.core.findings import Face, Word
from bot.core.geometry import Box
from bot.core.start_list import StartList

State = Literal["listed", "read", "partial", "suggested", "refused"]

SURE: Final = 95.0
"""The least confidence, 0 to 100, of a number that is asserted."""
BESIDE: Final = 0.75
ELSEWHERE: Final = 0.6
"""What is left of the confidence of a number that stands where no bib stands, in a photo with faces."""
SMALL_PRINT: Final = 0.5
"""The height of a number, compared with a larger one under the same face, below which it is print (peers §1b)."""
YEARS: Final = (1960, 2039)
"""What is taken for a year where nobody told the event's date."""
PART: Final = "part of a longer number"
UNLISTED: Final = "not on the start list"
_READ: Final[Mapping[Place, str]] = {
    "under a face": "read under a face, where bibs are worn",
    "as low as under a face": "read as low as bibs are worn, but under no face",
    "elsewhere": "read in the photo, but not where bibs are worn",
    "no faces": "read in the photo, in which I found no face",
}


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


def bibs_among(
    words: Iterable[Word],
    faces: Iterable[Face] = (),
    *,
    size: tuple[int, int] = (1, 1),
    event: Event | None = None,
    start_list: StartList | None = None,
) -> tuple[Bib, ...]:
    """Judge every number in a photo, the asserted ones first, then by confidence; each number once.

    Equally sure ones, by whole percents, come from left to right.

    Args:
        words: Everything that was read, at every look, in any order.
        faces: Everybody's.
        size: The photo's width and height in pixels.
        event: What is known of the race.
        start_list: Who takes part; without one a number can be read, and never be listed.
    """
    event = event or Event()
    boxes = [face.box for face in faces]
    told = spots(readings(list(words), event, start_list))
    found = [_verdict(spot, boxes, size, event, start_list) for spot in told]
    found = [_filled_up(_apart(bib, found), found) for bib in found]
    found = [_small_print(bib, found, boxes) for bib in found]
    suggested = [more for bib in found for more in _suggestions(bib, start_list)]
    return _each_once([*found, *suggested])


def _verdict(
    spot: Sequence[Reading], faces: Sequence[Box], size: tuple[int, int], event: Event, listed: StartList | None
) -> Bib:
    best, contested = agreed(spot, listed)
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
    return replace(bib, why=UNLISTED if listed is not None else _READ[where.place])


def _year(reading: Reading, event: Event) -> str:
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


def _filled_up(bib: Bib, found: Sequence[Bib]) -> Bib:
    """Doubt a number with a zero before it where others are longer: who fills up with zeros makes all equally long."""
    longer = any(one.state == "read" and len(one.number) > len(bib.number) for one in found)
    return replace(bib, state="partial", why=PART) if bib.state == "read" and bib.number[0] == "0" and longer else bib


def _small_print(bib: Bib, found: Sequence[Bib], faces: Sequence[Box]) -> Bib:
    """Doubt a number far smaller than another under the same face: who wears a bib wears one, and a printed shirt."""
    face = position(bib.box, faces).face
    larger = [one for one in found if one.state == "read" and bib.box.height < SMALL_PRINT * one.box.height]
    if face and bib.state == "read" and any(position(one.box, faces).face == face for one in larger):
        return replace(bib, state="partial", why="much smaller than another number there")
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
    return tuple(sorted(best.values(), key=lambda bib: (_ORDER.index(bib.state), -round(bib.confidence), bib.box.left)))
