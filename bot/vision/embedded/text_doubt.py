"""A second opinion on numbers: where another reader reads something else, a number is less sure."""

from typing import Final

import numpy as np
import numpy.typing as npt

from bot.vision.embedded import weights
from bot.vision.embedded.pictures import Pixels
from bot.vision.embedded.text_reader import TextReader

CERTAIN: Final = 99.0
"""Confidence from which on nobody else is asked: of surer numbers as many right as wrong ones are disputed."""
DISPUTED: Final = 0.85
"""What is left of the confidence of a number that the other reader reads otherwise: too little to be told alone."""


class TextDoubt:
    """Asks PP-OCRv4's reader, an older net that errs elsewhere; threads may share it.

    It is not asked for its own reading: where the two differ neither is right often enough (benchmarks/bibs.py).

    Args:
        threads: How many work on one line.
    """

    def __init__(self, threads: int) -> None:
        self._read = TextReader(threads, weights.SECOND_TEXT_READER, weights.SECOND_LETTERS)

    def __call__(self, picture: Pixels, quad: npt.NDArray[np.float32], text: str, sure: float) -> float:
        """Tell how sure a reading is.

        Args:
            picture: The whole picture.
            quad: The line's four corners in pixels, clockwise from its top left.
            text: What the first reader read there.
            sure: How sure that was, 0 to 100.

        Returns:
            The same, or less where a number is disputed.
        """
        if sure >= CERTAIN or not may_be_a_number(text) or self._read(picture, quad)[0] == text:
            return sure
        return DISPUTED * sure


def may_be_a_number(text: str) -> bool:
    """Whether a text is one word of digits, or of digits and Latin letters, as bibs are."""
    return text.isascii() and text.isalnum() and any(sign.isdigit() for sign in text)
