"""Where a second look pays: at torsos under faces that show no sure number, and at the quarters of a crowded photo."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.core.bib_evidence import HIGHEST, SMALLEST, position
from bot.core.bibs import Bib
from bot.core.findings import Face, Word
from bot.core.geometry import Box

CROWD: Final = 95
"""Words from which on an answer was probably cut: Rekognition gives at most 100 (facts: rekognition §3.2)."""
OVERLAP: Final = 0.1
"""The part of the frame by which each quarter reaches into its neighbours, so that no bib is cut in two."""
REACH: Final = 5.2
"""Face-heights below the middle of a face that its torso reaches; the lowest bib of 290 was at 5 (vision §2)."""
WIDE: Final = 1.6
"""Face-widths to each side of a face that its torso takes."""
WIDER: Final = 2.3
"""As `WIDE`, at the last look: a bib of usual width reaches so far whose middle stands as far aside as bibs do."""
FACE_HEIGHT: Final = 128
"""Pixels to which a face is brought, so that the digits below it are 40 to 100 high; at 100 some are lost."""
MOST_ENLARGED: Final = 4.0
"""Beyond this a picture shows nothing new."""
SUBJECT: Final = 0.25
"""Height of a face, compared with the tallest, from which on its wearer is one of those whom the photo shows."""
SURE: Final = 97.0
"""Confidence, 0 to 100, from which on a face's number is taken for its bib."""
CERTAIN: Final = 99.0
"""Confidence from which on a number is not looked at closely: misread ones had up to 98 (benchmarks/bibs.py)."""
CLOSE: Final = 64
"""Pixels to which a number's height is brought for a close look."""
LIKELY: Final = 80.0
"""Confidence of a face below which it is hidden or far away, and so is its bib: 17 looks at such found none."""
MOST_TORSOS: Final = 12
LEAST_FACE: Final = 20
"""Pixels of a face's height below which the digits under it are at most 10 high: nobody read one (facts: vision §2)."""
MOST_LAST: Final = 2
LEGIBLE: Final = 24
"""Pixels of a text's height from which on it is read as it is: half of the 48 that the reader was trained on."""
SMALL: Final = 1_000_000
"""Pixels of a photo under which enlarging it finds more (peers §0: the largest gain of all)."""
NEAR: Final = 0.015
"""The part of a region's side within which a word may go on outside."""


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the photo to look at again.

    Attributes:
        box: The part.
        enlarged: How many times larger than in the photo it is to be shown.
        least: The height of the smallest text that counts, as a fraction of the region's.
    """

    box: Box
    enlarged: float
    least: float = 0.0


def narrowed(options: Mapping[str, Any], region: Region) -> dict[str, Any]:
    """Ask DetectText to leave out what is too small to be a bib in a region."""
    filters = options.get("Filters", {})
    words = {**filters.get("WordFilter", {}), "MinBoundingBoxHeight": region.least}
    return {**options, "Filters": {**filters, "WordFilter": words}}


def regions(
    words: Sequence[Word], faces: Iterable[Face], bibs: Sequence[Bib], size: tuple[int, int]
) -> tuple[Region, ...]:
    """Plan the second looks after a first one: the most useful first.

    Args:
        words: What the first look read.
        faces: Everybody's.
        bibs: The verdicts on the first look.
        size: The photo's width and height in pixels.
    """
    if len(words) >= CROWD:
        return quarters()
    return tuple(torsos([face.box for face in faces if face.confidence >= LIKELY], bibs, size))


def last_regions(faces: Iterable[Face], bibs: Sequence[Bib], size: tuple[int, int]) -> tuple[Region, ...]:
    """Plan the last looks: at each number in doubt; without a sure one, at more around the largest torsos.

    A small photo without a sure number or a torso is looked at larger as a whole.
    """
    if any(bib.asserted and bib.confidence >= SURE for bib in bibs):
        return tuple(close_ups(bibs, size))
    wider = [*torsos([face.box for face in faces], (), size, WIDER)][:MOST_LAST]
    whole = [Region(Box(0.0, 0.0, 1.0, 1.0), 2.0)] if size[0] * size[1] < SMALL else []
    return (*close_ups(bibs, size), *(wider or whole))


def close_ups(bibs: Sequence[Bib], size: tuple[int, int]) -> Iterator[Region]:
    """Numbers where bibs are worn that were read in two ways, or not surely."""
    for bib in bibs:
        if bib.place in ("under a face", "no faces") and bib.state in ("read", "partial") and bib.confidence < CERTAIN:
            box = bib.box
            left, top = max(0.0, box.left - box.width / 2), max(0.0, box.top - box.height)
            right, bottom = min(1.0, box.right + box.width / 2), min(1.0, box.bottom + box.height)
            enlarged = min(MOST_ENLARGED, CLOSE / (box.height * size[1]))
            yield Region(Box(left, top, right - left, bottom - top), enlarged)


def quarters() -> tuple[Region, ...]:
    """The four quarters of the frame, each a little into the others."""
    side = 0.5 + OVERLAP / 2
    return tuple(Region(Box(left, top, side, side), 1.0) for top in (0.0, 1 - side) for left in (0.0, 1 - side))


def torsos(faces: Sequence[Box], bibs: Sequence[Bib], size: tuple[int, int], wide: float = WIDE) -> Iterator[Region]:
    """Torsos under faces that show no sure number, the largest first.

    Args:
        faces: Everybody's.
        bibs: What is known by now.
        size: The photo's width and height in pixels.
        wide: Face-widths that a torso takes to each side.
    """
    served = {position(bib.box, faces).face for bib in bibs if _settled(bib, size)}
    tallest = max((face.height for face in faces), default=0.0)
    least = max(SUBJECT * tallest, LEAST_FACE / size[1])
    open_ones = [face for face in faces if face not in served and face.height >= least]
    for face in sorted(open_ones, key=lambda face: -face.area)[:MOST_TORSOS]:
        box = torso(face, wide)
        if box.width > 0 and box.height > face.height:
            enlarged = min(MOST_ENLARGED, FACE_HEIGHT / (face.height * size[1]))
            yield Region(box, enlarged, SMALLEST * face.height / box.height)


def _settled(bib: Bib, size: tuple[int, int]) -> bool:
    """Whether a number needs no second look: in a small photo, small digits lose a slim one at their end."""
    legible = size[0] * size[1] >= SMALL or bib.box.height * size[1] >= LEGIBLE
    return bib.asserted and bib.confidence >= SURE and legible


def torso(face: Box, wide: float = WIDE) -> Box:
    """Where the bib of a face's wearer may be, within the frame."""
    across, down = face.center
    left, right = max(0.0, across - wide * face.width), min(1.0, across + wide * face.width)
    top, bottom = down + (HIGHEST - 0.5) * face.height, min(1.0, down + REACH * face.height)
    return Box(left, top, right - left, bottom - top)


def on_photo(words: Iterable[Word], region: Region, look: int) -> Iterator[Word]:
    """Put words that were read in a region where they belong in the photo, but those that the region's edge cuts.

    Args:
        words: Of one look, in fractions of the region.
        region: What was looked at.
        look: The look's number, from 1, so that its lines differ from those of other looks.
    """
    for word in words:
        box = word.box
        if not _cut(box, region.box):
            there = Box(
                region.box.left + box.left * region.box.width,
                region.box.top + box.top * region.box.height,
                box.width * region.box.width,
                box.height * region.box.height,
            )
            yield replace(word, box=there, line=word.line + 1000 * look if word.line >= 0 else -1)


def _cut(box: Box, region: Box) -> bool:
    """Whether a word touches an edge of the region that is none of the frame."""
    left = box.left < NEAR and region.left > 0
    right = box.right > 1 - NEAR and region.right < 1
    top = box.top < 0 and region.top > 0
    return left or right or top or (box.bottom > 1 and region.bottom < 1)
