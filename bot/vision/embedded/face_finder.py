"""Where the faces in a picture are, by YuNet."""

from typing import Final

import numpy as np
import numpy.typing as npt

from bot.vision.embedded import weights
from bot.vision.embedded.pictures import Pixels, fitted, scaled
from bot.vision.embedded.yunet import YuNet

Row = npt.NDArray[np.float32]
"""What YuNet tells of a face, in pixels: left, top, width, height, then x and y of five landmarks, then its score."""

LEAST, MOST = 1000, 2000
"""Pixels of the longer side: smaller pictures hide faces, larger ones tell no more."""
CLOSE: Final = 480
"""Pixels of the longer side at which faces that fill the picture are found: YuNet misses those over 500 pixels wide."""
CLOSE_SHARE: Final = 0.25
"""The share of the longer side from which on a face counts as one that fills the picture."""
SURE: Final = 0.7
"""Below this one find in twenty is no usable face (viewed by eye on race photos)."""
MOST_FACES: Final = 100
AROUND: Final = 0.6
"""How much of a face's width and height is kept on each side when it is looked at again."""


class FaceFinder:
    """Finds faces; threads may share it."""

    def __init__(self) -> None:
        self._detect = YuNet(weights.FACE_FINDER.path(), SURE)

    def find(self, picture: Pixels) -> tuple[Pixels, list[Row]]:
        """Find the faces, largest first.

        Returns:
            The picture at the size at which it was looked at, and at most 100 faces in its pixels.
        """
        ready = fitted(picture, least=LEAST, most=MOST)
        filling = self._filling(ready)
        others = [row for row in self._detect(ready) if not any(_same(row, large) for large in filling)]
        return ready, sorted([*filling, *others], key=lambda row: -row[2] * row[3])[:MOST_FACES]

    def find_again(self, picture: Pixels, row: Row, width: int) -> tuple[Pixels, Row] | None:
        """Look at one face again, cut out and scaled to a width in pixels: its landmarks come out a little otherwise.

        Returns:
            The cut and the face in its pixels; None where it is not found at this size.
        """
        cut, left, top = _cut_out(picture, row)
        factor = width / float(row[2])
        small = scaled(cut, factor)
        place = _moved(row, -left, -top, factor)
        found = [other for other in self._detect(small) if _same(other, place)]
        return (small, max(found, key=lambda other: float(other[2] * other[3]))) if found else None

    def _filling(self, picture: Pixels) -> list[Row]:
        small = fitted(picture, least=1, most=CLOSE)
        factor = max(picture.shape[:2]) / max(small.shape[:2])
        large = [row for row in self._detect(small) if row[2] >= CLOSE_SHARE * max(small.shape[:2])]
        return [_moved(row, 0, 0, factor) for row in large]


def _cut_out(picture: Pixels, row: Row) -> tuple[Pixels, int, int]:
    left, top, width, height = (float(side) for side in row[:4])
    first, upper = int(max(0, left - AROUND * width)), int(max(0, top - AROUND * height))
    last, lower = int(left + (1 + AROUND) * width) + 1, int(top + (1 + AROUND) * height) + 1
    return picture[upper:lower, first:last], first, upper


def _moved(row: Row, right: float, down: float, factor: float) -> Row:
    """Tell where a face is after the picture was moved, then scaled."""
    moved = row.copy()
    moved[[0, 4, 6, 8, 10, 12]] += right
    moved[[1, 5, 7, 9, 11, 13]] += down
    moved[:14] *= factor
    return moved


def _same(one: Row, other: Row) -> bool:
    """Whether the middle of one face lies near the middle of the other."""
    between = (one[:2] + one[2:4] / 2) - (other[:2] + other[2:4] / 2)
    return bool(np.all(np.abs(between) < np.maximum(one[2:4], other[2:4]) / 2))
