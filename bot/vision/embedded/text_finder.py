"""Where lines of text are in a picture, by PP-OCR's finder: a net that paints text, and boxes around the paint."""

from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from bot.vision.embedded import weights
from bot.vision.embedded.nets import Array, Net
from bot.vision.embedded.pictures import Pixels
from bot.vision.embedded.weights import Weights

Quads = npt.NDArray[np.float32]
"""Lines × 4 corners × (x, y) in pixels, clockwise from the text's own top left."""

STEP: Final = 32
"""The net wants sides that are a multiple of this."""
PAINTED: Final = 0.3
SURE: Final = 0.5
GROWTH: Final = 1.6
"""How the painted core of a line becomes the whole line; with the two above PP-OCRv6's own settings."""
THINNEST: Final = 3
"""Pixels under which a painted spot is no line."""


Color = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Painter:
    """A net that paints text.

    Attributes:
        weights: Its file.
        middle: What is taken from each colour, 0 to 255, as in the net's training.
        spread: What each colour is divided by then.
        keeps: Whether it keeps its memory.
    """

    weights: Weights
    middle: Color
    spread: Color
    keeps: bool = False


EVERY_SIZE: Final = Painter(weights.TEXT_FINDER, (127.5, 127.5, 127.5), (127.5, 127.5, 127.5), keeps=True)
"""PP-OCRv6. It keeps its memory: 15 % faster on race photos, for 150 MB more at rest and no higher peak."""
LARGE: Final = Painter(weights.LARGE_TEXT_FINDER, (123.675, 116.28, 103.53), (58.395, 57.12, 57.375))
"""PP-OCRv4: on an enlarged torso it finds digits that the other misses, and takes less of what is beside them."""


class TextFinder:
    """Finds lines; threads may share it.

    Args:
        threads: How many work on one picture.
        painter: Which net.
    """

    def __init__(self, threads: int, painter: Painter = EVERY_SIZE) -> None:
        self._net = Net(painter.weights.path(), threads=threads, keeps=painter.keeps)
        self._painter = painter

    def __call__(self, picture: Pixels) -> Quads:
        """Find the lines of a picture, from the top down."""
        heat = self._net(_input(picture, self._painter))[0, 0]
        height, width = picture.shape[:2]
        scale = np.array((width / heat.shape[1], height / heat.shape[0]), dtype=np.float32)
        found = [quad * scale for contour in _spots(heat) if (quad := _line(contour, heat)) is not None]
        inside = [np.clip(quad, 0, (width - 1, height - 1)) for quad in found]
        return np.array(sorted(inside, key=lambda quad: float(quad[:, 1].min())), dtype=np.float32).reshape(-1, 4, 2)


def _input(picture: Pixels, painter: Painter) -> Array:
    height, width = (max(STEP, round(side / STEP) * STEP) for side in picture.shape[:2])
    scale = [1 / spread for spread in painter.spread]
    wanted = cv2.dnn.Image2BlobParams((*scale, 0.0), (width, height), (*painter.middle, 0.0))
    return np.asarray(cv2.dnn.blobFromImageWithParams(picture, wanted), dtype=np.float32)


def _spots(heat: Array) -> list[Any]:
    painted = cv2.dilate((heat > PAINTED).astype(np.uint8), np.ones((2, 2), np.uint8))
    return list(cv2.findContours(painted, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)[0])


def _line(contour: Any, heat: Array) -> Quads | None:
    """The whole line around a painted spot; nothing where the spot is too thin or too faint."""
    center, (width, height), angle = cv2.minAreaRect(contour)
    if min(width, height) < THINNEST or _strength(cv2.boxPoints((center, (width, height), angle)), heat) < SURE:
        return None
    more = 2 * GROWTH * width * height / (2 * (width + height))
    return _clockwise(cv2.boxPoints((center, (width + more, height + more), angle)))


def _strength(corners: Any, heat: Array) -> float:
    """How strongly the inside of a box is painted, 0 to 1."""
    limit = np.array(heat.shape[::-1]) - 1
    low = np.clip(np.floor(corners.min(axis=0)), 0, limit).astype(int)
    high = np.clip(np.ceil(corners.max(axis=0)), 0, limit).astype(int)
    mask = np.zeros((high[1] - low[1] + 1, high[0] - low[0] + 1), dtype=np.uint8)
    cv2.fillPoly(mask, [(corners - low).astype(np.int32)], 1)
    return float(cv2.mean(heat[low[1] : high[1] + 1, low[0] : high[0] + 1], mask)[0])


def _clockwise(corners: Any) -> Quads:
    """Begin with the upper one of the two leftmost corners."""
    by_x = corners[np.argsort(corners[:, 0], kind="stable")]
    left, right = (pair[np.argsort(pair[:, 1], kind="stable")] for pair in (by_x[:2], by_x[2:]))
    return np.array([left[0], right[0], right[1], left[1]], dtype=np.float32)
