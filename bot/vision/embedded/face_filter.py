"""The quality filter: which faces are too poor to be compared, and why. The bars are our own; Amazon tells none."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Bar:
    """What a face must reach.

    Attributes:
        confidence: That it is a face, 0 to 100.
        width: In pixels of the picture as it was looked at: at least 1,000 on its longer side.
        brightness: 0 to 100.
        sharpness: 0 to 100.
        yaw: How far it may be turned to a side, in degrees.
        pitch: How far it may be turned up or down, in degrees.
    """

    confidence: float
    width: float
    brightness: float
    sharpness: float
    yaw: float
    pitch: float


BARS: Final[Mapping[str, Bar]] = {
    "LOW": Bar(confidence=70, width=20, brightness=8, sharpness=2, yaw=80, pitch=70),
    "MEDIUM": Bar(confidence=70, width=30, brightness=12, sharpness=5, yaw=60, pitch=50),
    "HIGH": Bar(confidence=75, width=50, brightness=20, sharpness=20, yaw=45, pitch=40),
}
"""`HIGH` keeps what Amazon advises for enrolling: 50 pixels, turned by at most 45 degrees."""
AUTO: Final = "MEDIUM"
"""The bar that the engine chooses by itself."""


def reasons(detail: Mapping[str, Any], width: float, bar: str) -> list[str]:
    """Tell, in Rekognition's words, why a face fails a quality filter; empty where it passes, or `bar` is `NONE`."""
    if bar == "NONE":
        return []
    return [*_failed(detail, width, BARS[AUTO if bar == "AUTO" else bar])]


def _failed(detail: Mapping[str, Any], width: float, bar: Bar) -> Iterator[str]:
    pose, quality = detail["Pose"], detail["Quality"]
    if abs(pose["Yaw"]) > bar.yaw or abs(pose["Pitch"]) > bar.pitch:
        yield "EXTREME_POSE"
    if quality["Brightness"] < bar.brightness:
        yield "LOW_BRIGHTNESS"
    if quality["Sharpness"] < bar.sharpness:
        yield "LOW_SHARPNESS"
    if detail["Confidence"] < bar.confidence:
        yield "LOW_CONFIDENCE"
    if width < bar.width:
        yield "SMALL_BOUNDING_BOX"
