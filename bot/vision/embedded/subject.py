"""The one subject of a picture: EfficientNet-Lite2, trained on ImageNet's 1,000 classes."""

from typing import Final

import cv2
import numpy as np

from bot.vision.embedded import efficientnet, weights
from bot.vision.embedded.nets import Array, Net
from bot.vision.embedded.nouns import Noun, nouns
from bot.vision.embedded.pictures import Pixels

SIDE: Final = 260
MIDDLE: Final = 0.875
"""The share of the shorter side that the net looks at, as it was evaluated."""
CLEAR: Final = 60.0
"""From here on a picture is taken to have one subject. At 40 it says silly things of crowds (measured)."""


class SubjectNamer:
    """Names what a picture shows, where it shows one thing; threads may share it."""

    def __init__(self) -> None:
        self._net = Net(efficientnet.onnx_of(weights.SUBJECT.path()))
        self._nouns = [(noun, list(noun.imagenet)) for noun in nouns().values() if noun.imagenet]

    def name(self, picture: Pixels) -> tuple[Noun, float] | None:
        """Name the subject with its confidence, 0 to 100; None where no noun is clear."""
        scores = self._net(_prepared(picture))[0]
        sure, noun = max(
            ((float(scores[classes].sum()), noun) for noun, classes in self._nouns), key=lambda one: one[0]
        )
        return (noun, min(100.0, 100 * sure)) if 100 * sure >= CLEAR else None


def _prepared(picture: Pixels) -> Array:
    height, width = picture.shape[:2]
    side = int(MIDDLE * min(height, width))
    top, left = (height - side) // 2, (width - side) // 2
    middle = cv2.resize(picture[top : top + side, left : left + side], (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    colors = cv2.cvtColor(middle, cv2.COLOR_BGR2RGB).astype(np.float32)
    return ((colors - 127) / 128).transpose(2, 0, 1)[np.newaxis].astype(np.float32, copy=False)
