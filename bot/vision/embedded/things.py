"""Things with their places: SSD MobileNet v2, trained on COCO's 80 classes."""

from dataclasses import dataclass
from threading import Lock
from typing import Final

import cv2

from bot.vision.embedded import weights
from bot.vision.embedded.boxes import box
from bot.vision.embedded.nouns import Noun, of_coco
from bot.vision.embedded.pictures import Pixels

SIDE: Final = 300
"""Pixels; the net sees every picture as a square of this side."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing in its `BoundingBox`; `confidence` is 0 to 100."""

    noun: Noun
    confidence: float
    box: dict[str, float]


class ThingFinder:
    """Finds things, one picture at a time: OpenCV keeps state in its nets."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._net = cv2.dnn.readNetFromTensorflow(str(weights.THINGS.path()), str(weights.THINGS_GRAPH.path()))

    def find(self, picture: Pixels) -> list[Thing]:
        """Find every thing that the net names, however unsure it is."""
        blob = cv2.dnn.blobFromImage(picture, size=(SIDE, SIDE), swapRB=True)
        with self._lock:
            self._net.setInput(blob)
            rows = self._net.forward()[0, 0]
        known = of_coco()
        return [
            Thing(known[int(row[1])], 100 * float(row[2]), box(row[3], row[4], row[5] - row[3], row[6] - row[4]))
            for row in rows
            if int(row[1]) in known
        ]
