"""Places in a photo."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, in fractions of the upright photo's width and height.

    Rekognition's boxes may begin below 0 or end above 1 where something is cut by the frame.
    """

    left: float
    top: float
    width: float
    height: float

    @classmethod
    def of(cls, found: Mapping[str, Any]) -> Self:
        """Read Rekognition's `BoundingBox`."""
        return cls(found["Left"], found["Top"], found["Width"], found["Height"])

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height

    @property
    def center(self) -> tuple[float, float]:
        """The middle, as x and y."""
        return self.left + self.width / 2, self.top + self.height / 2

    def holds(self, place: tuple[float, float]) -> bool:
        """Whether a place, as x and y, is in it."""
        return self.left <= place[0] <= self.right and self.top <= place[1] <= self.bottom

    def shared(self, other: "Box") -> float:
        """The share of the frame that both cover, 0 to 1."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0.0, width) * max(0.0, height)

    def is_same(self, other: "Box") -> bool:
        """Whether both are around the same thing: they share half of what they cover together."""
        shared = self.shared(other)
        return 2 * shared >= self.area + other.area - shared

    @property
    def area(self) -> float:
        """The share of the frame it covers, 0 to 1."""
        return self.width * self.height
