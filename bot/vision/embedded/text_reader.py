"""What a line of text says, by PP-OCR's reader: a strip of 48 pixels in, letters with their confidence out."""

from math import ceil
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from bot.vision.embedded import weights
from bot.vision.embedded.nets import Array, Net
from bot.vision.embedded.pictures import Pixels
from bot.vision.embedded.weights import Weights

HEIGHT: Final = 48
"""Pixels; what the net was trained on."""
WIDTH: Final = 320
"""Pixels; shorter strips are filled up with grey, as in the net's training."""
SHORT, SHORT_WIDTH = 160, 288
"""Strips of a few letters, such as bibs, are filled up to less.

That saves a tenth of a line's time, and the same bibs are read; from 256 down more are misread (benchmarks/bibs.py).
"""
STEEP: Final = 1.5
"""Height to width from which a strip is taken for text that runs upwards or downwards (PP-OCR's own figure)."""
BLANK: Final = 0
"""The net's sign for "between two letters"."""


class TextReader:
    """Reads lines; threads may share it.

    Args:
        threads: How many work on one line.
        net: The weights.
        letters: A file with the letters that the net knows, a line each; without one the net tells them.
    """

    def __init__(self, threads: int, net: Weights = weights.TEXT_READER, letters: Weights | None = None) -> None:
        self._net = Net(net.path(), threads=threads)
        known = letters.path().read_text(encoding="utf-8") if letters else self._net.metadata["character"]
        self._letters = ["", *known.splitlines(), " "]

    def __call__(self, picture: Pixels, quad: npt.NDArray[np.float32]) -> tuple[str, float]:
        """Read one line.

        Args:
            picture: The whole picture.
            quad: The line's four corners in pixels, clockwise from its top left.

        Returns:
            The text, and the mean confidence of its letters, 0 to 100.
        """
        return self._spelled(self._net(_input(_strip(picture, quad)))[0])

    def _spelled(self, columns: Array) -> tuple[str, float]:
        """Take the likeliest sign of each column; a sign that goes on over several columns counts once."""
        signs, sure = columns.argmax(axis=1), columns.max(axis=1)
        begins = np.concatenate(([True], signs[1:] != signs[:-1])) & (signs != BLANK)
        text = "".join(self._letters[sign] for sign in signs[begins])
        return text.strip(), min(100.0, 100 * float(sure[begins].mean())) if text else 0.0


def _strip(picture: Pixels, quad: npt.NDArray[np.float32]) -> Pixels:
    """Cut the line out and lay it level."""
    top_left, top_right, bottom_right, bottom_left = quad
    width = max(1, int(max(np.hypot(*(top_right - top_left)), np.hypot(*(bottom_right - bottom_left)))))
    height = max(1, int(max(np.hypot(*(bottom_left - top_left)), np.hypot(*(bottom_right - top_right)))))
    level = np.array([(0, 0), (width, 0), (width, height), (0, height)], dtype=np.float32)
    turn = cv2.getPerspectiveTransform(quad, level)
    strip = cv2.warpPerspective(
        picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    ).astype(np.uint8, copy=False)
    return np.rot90(strip) if height >= STEEP * width else strip


def _input(strip: Pixels) -> Array:
    height, width = strip.shape[:2]
    wide = ceil(HEIGHT * width / height)
    level = cv2.resize(np.ascontiguousarray(strip), (wide, HEIGHT)).astype(np.float32).transpose(2, 0, 1)
    batch = np.zeros((1, 3, HEIGHT, SHORT_WIDTH if wide <= SHORT else max(wide, WIDTH)), dtype=np.float32)
    batch[0, :, :, :wide] = level / 127.5 - 1
    return batch
