"""DetectFaces: where faces are and how they are held. What the engine cannot know is left out."""

from collections.abc import Callable, Mapping
from math import atan2, degrees
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bot.vision.embedded.boxes import box
from bot.vision.embedded.face_finder import FaceFinder, Row
from bot.vision.embedded.pictures import Pixels
from bot.vision.embedded.quality import FACE, brightness, sharpness

LANDMARKS: Final = ("eyeLeft", "eyeRight", "nose", "mouthLeft", "mouthRight")
"""Rekognition's names in YuNet's order; left is the picture's left."""

YAW_PER_EYES: Final = 85.0
"""Degrees for a nose that stands one eye distance beside the middle (read off 15 recorded answers)."""
PITCH_PER_FACE: Final = 75.0
LEVEL_NOSE: Final = 0.56
"""Where the nose of a level face stands between the eyes (0) and the mouth (1)."""


class Faces:
    """Answers DetectFaces; threads may share it."""

    def __init__(self, finder: Callable[[], FaceFinder] = FaceFinder) -> None:
        self._finder = finder()

    def __call__(self, picture: Pixels, _request: Mapping[str, Any]) -> dict[str, Any]:
        """Answer with `FaceDetails`, largest first."""
        ready, rows = self._finder.find(picture)
        return {"FaceDetails": [detail(row, ready) for row in rows]}


def detail(row: Row, picture: Pixels) -> dict[str, Any]:
    """Write a `FaceDetail` about a face in a picture's pixels."""
    height, width = picture.shape[:2]
    size = np.array((width, height), dtype=np.float32)
    marks = row[4:14].reshape(5, 2)
    left, top, wide, high = row[:4] / np.tile(size, 2)
    crop = _crop(row, picture)
    return {
        "BoundingBox": box(left, top, wide, high),
        "Confidence": min(100.0, 100 * float(row[14])),
        "Landmarks": [
            {"Type": name, "X": float(x), "Y": float(y)} for name, (x, y) in zip(LANDMARKS, marks / size, strict=True)
        ],
        "Pose": pose(marks),
        "Quality": {"Brightness": brightness(crop), "Sharpness": sharpness(crop, FACE)},
    }


def _crop(row: Row, picture: Pixels) -> Pixels:
    height, width = picture.shape[:2]
    left, top = (max(0, int(start)) for start in row[:2])
    right, bottom = int(min(width, row[0] + row[2])), int(min(height, row[1] + row[3]))
    return picture[min(top, height - 1) : max(bottom, top + 1), min(left, width - 1) : max(right, left + 1)]


def pose(marks: npt.NDArray[np.float32]) -> dict[str, float]:
    """Tell how a head is held, in degrees: roll exactly, yaw and pitch roughly.

    Args:
        marks: x and y, in pixels, of the five `LANDMARKS`.

    Returns:
        `Roll` positive clockwise, `Yaw` positive to the picture's right, `Pitch` positive up, as Rekognition has them.
    """
    across = marks[1] - marks[0]
    roll = atan2(across[1], across[0])
    upright = (marks - (marks[0] + marks[1]) / 2) @ _turn(roll)
    eyes = max(float(np.hypot(*across)), 1.0)
    mouth = max(float(upright[3:5, 1].mean()), 1.0)
    yaw = YAW_PER_EYES * upright[2, 0] / eyes
    pitch = PITCH_PER_FACE * (LEVEL_NOSE - upright[2, 1] / mouth)
    return {"Roll": degrees(roll), "Yaw": _at_most(90, yaw), "Pitch": _at_most(90, pitch)}


def _turn(angle: float) -> npt.NDArray[np.float64]:
    return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])


def _at_most(limit: float, angle: float) -> float:
    return float(np.clip(angle, -limit, limit))
