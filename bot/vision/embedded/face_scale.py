"""The scale on which faces are compared: vectors freed of what all faces share, and percents in place of cosines.

It was learnt from strangers: 26 invented people (Amazon's samples, MIT-0), three ages each, each at three sizes, as
`scripts/make_strangers.py` writes them. What they have in common says nothing about who somebody is, and neither does
what differs between two pictures of one of them: age, sharpness, size. The first is taken away, the second shrunk.
"""

from functools import cache
from math import exp, log
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
"""One vector of 128 numbers, or rows of them."""

LENGTH: Final = 128
"""Numbers of a vector."""
STRANGERS: Final = Path(__file__).with_name("strangers.npy")
"""People × pictures × 128, as float16."""
EVENNESS: Final = 0.6
"""How far the spread within people is drawn towards an even one: 26 people cannot tell 128 directions apart."""
PROBABLY, MAYBE = 0.56, 0.47
"""The cosines that are called 99 and 90 percent (chosen on people whom the scale had not seen, benchmarks/faces.py)."""


def of_length_one(vectors: npt.ArrayLike) -> Vectors:
    """Scale each vector to length 1."""
    rows = np.asarray(vectors, np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=-1, keepdims=True), np.float32)


def fitted(vectors: Vectors) -> Vectors:
    """Bring SFace's vectors, rows of length 1, onto the scale."""
    return Scale(*_learnt()).fitted(vectors)


class Scale:
    """A way to free vectors of what does not matter.

    Args:
        middle: What all faces share.
        turn: Shrinks each direction by how much it differs within people, 128 × 128.
    """

    def __init__(self, middle: Vectors, turn: Vectors) -> None:
        self._middle = middle
        self._turn = turn

    def fitted(self, vectors: Vectors) -> Vectors:
        """Bring rows of length 1 onto the scale; they come out with length 1."""
        return of_length_one((vectors - self._middle) @ self._turn)


def learnt(people: Vectors) -> tuple[Vectors, Vectors]:
    """Learn the middle and the turn of a scale from people × pictures × 128."""
    within = (people - people.mean(axis=1, keepdims=True)).reshape(-1, people.shape[-1]).astype(np.float64)
    spread = within.T @ within / len(within)
    even = np.eye(len(spread)) * np.trace(spread) / len(spread)
    sizes, directions = np.linalg.eigh((1 - EVENNESS) * spread + EVENNESS * even)
    turn = directions / np.sqrt(sizes) @ directions.T
    return np.asarray(people.mean(axis=(0, 1)), np.float32), np.asarray(turn, np.float32)


def percent(cosine: float) -> float:
    """Tell the similarity, 0 to 100, of two vectors on the scale."""
    return 100 / (1 + exp(-_logit(99) - _slope() * (cosine - PROBABLY)))


def cosine_of(similarity: float) -> float:
    """Tell the cosine that is called a similarity, 0 to 100: for thresholds."""
    if not 0 < similarity < 100:  # noqa: PLR2004  # percent
        return -1.0 if similarity <= 0 else 1.0
    return PROBABLY + (_logit(similarity) - _logit(99)) / _slope()


def _slope() -> float:
    return (_logit(99) - _logit(90)) / (PROBABLY - MAYBE)


def _logit(similarity: float) -> float:
    return log(similarity / (100 - similarity))


@cache
def _learnt() -> tuple[Vectors, Vectors]:
    return learnt(np.load(STRANGERS).astype(np.float32))
