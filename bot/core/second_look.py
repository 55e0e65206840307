"""Where a second look pays: torsos under faces, laid out on one sheet at the size at which numbers are read best."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.core.findings import Face, Word
from bot.core.geometry import Box

GAP = 0
FACE = 64.0


@dataclass(frozen=True, slots=True)
class Tile:
    """A piece of the photo on a sheet.

    Attributes:
        source: The piece, in fractions of the photo.
        left: Where it lies on the sheet, in pixels. So `top`, `width` and `height`.
    """

    source: Box
    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Sheet:
    width: int
    height: int
    tiles: tuple[Tile, ...]


def torso(face: Box) -> Box:
    x, y = face.center
    l, r = max(0, x - 1.6 * face.width), min(1, x + 1.6 * face.width)
    t, b = max(0, y + 0.7 * face.height), min(1, y + 5.2 * face.height)
    return Box(l, t, r - l, b - t)


def laid_out(pieces, width=736) -> Sheet:
    """pieces: (Box, w, h)"""
    tiles = []
    x = y = shelf = right = 0
    for box, w, h in sorted(pieces, key=lambda it: -it[2]):
        if x and x + w > width:
            x, y, shelf = 0, y + shelf + GAP, 0
        tiles.append(Tile(box, x, y, w, h))
        x += w + GAP
        right = max(right, x - GAP)
        shelf = max(shelf, h)
    return Sheet(right, y + shelf, tuple(tiles))


def on_photo(words: Iterable[Word], sheet: Sheet) -> list[Word]:
    return [replace(w, box=b) for w in words if (b := _back(w.box, sheet))]


def _back(box, sheet):
    x, y = box.center
    x *= sheet.width
    y *= sheet.height
    for t in sheet.tiles:
        if t.left <= x <= t.left + t.width and t.top <= y <= t.top + t.height:
            sx, sy = t.source.width / t.width, t.source.height / t.height
            return Box(
                t.source.left + (box.left * sheet.width - t.left) * sx,
                t.source.top + (box.top * sheet.height - t.top) * sy,
                box.width * sheet.width * sx,
                box.height * sheet.height * sy,
            )
    return None
