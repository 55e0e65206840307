"""What a face looks like as 128 numbers, by SFace."""

from threading import Lock
from typing import Final

import cv2
import numpy as np

from bot.vision.embedded import face_scale, weights
from bot.vision.embedded.face_finder import FaceFinder, Row
from bot.vision.embedded.face_scale import Vectors
from bot.vision.embedded.pictures import Pixels

WIDTHS: Final = (96, 128, 176)
"""Pixels of a face's width at which it is looked at; the mean of the three looks tells people apart better than any
one (benchmarks/faces.py). Mirrored looks told nothing more."""


class FaceVectors:
    """Turns faces into vectors; threads may share it, and one of them looks at a time."""

    def __init__(self, finder: FaceFinder) -> None:
        self._finder = finder
        self._lock = Lock()
        self._recognizer = cv2.FaceRecognizerSF.create(str(weights.FACE_READER.path()), "")

    def of(self, picture: Pixels, row: Row) -> Vectors:
        """Describe a face in a picture's pixels: 128 numbers of length 1, on the scale of `face_scale`."""
        described: Vectors = face_scale.fitted(self.plain(picture, row)[np.newaxis])[0]
        return described

    def plain(self, picture: Pixels, row: Row) -> Vectors:
        """Describe a face as SFace does: 128 numbers of length 1, the mean over its widths."""
        looks = [self._finder.find_again(picture, row, width) for width in WIDTHS]
        seen = [look for look in looks if look] or [(picture, row)]
        return face_scale.of_length_one(np.mean([self._look(*look) for look in seen], axis=0))

    def _look(self, picture: Pixels, row: Row) -> Vectors:
        with self._lock:
            aligned = self._recognizer.alignCrop(picture, row)
            return face_scale.of_length_one(self._recognizer.feature(aligned)[0])
