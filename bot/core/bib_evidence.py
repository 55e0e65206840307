"""Where a number stands: under a face, as bibs do, or somewhere else; and whether the frame cuts it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from bot.core.geometry import Box

Place = Literal["under a face", "as low as under a face", "elsewhere", "no faces"]

ASIDE: Final = 1.6
"""Face-widths that a bib's middle stands beside the middle of its face at most; 95 in 100 within 0.6 (peers §0)."""
HIGHEST, LOWEST = 1.2, 6.0
"""Face-heights from the middle of a face down to that of its bib; 95 in 100 between 2 and 4.5 (peers §0, vision §2)."""
SMALLEST, LARGEST = 0.18, 1.4
"""Face-heights that a bib's digits are high (vision §2)."""
EDGE: Final = 0.2
"""Text heights from the frame's edge within which a number may go on outside."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a number stands in regard to the faces.

    Attributes:
        place: In words.
        face: The face that it stands under.
        size: Its height in heights of that face, 0 without one.
    """

    place: Place
    face: Box | None = None
    size: float = 0.0


def position(box: Box, faces: Sequence[Box]) -> Position:
    """Tell where a number stands: under the face whose bib it would be, if there is one."""
    if not faces:
        return Position("no faces")
    above = [face for face in faces if _under(box, face)]
    if above:
        face = min(above, key=lambda face: _away(box, face))
        return Position("under a face", face, box.height / face.height)
    largest = max(faces, key=lambda face: face.area)
    return Position("as low as under a face" if _as_low(box, largest) else "elsewhere")


def _under(box: Box, face: Box) -> bool:
    aside = abs(box.center[0] - face.center[0]) / face.width
    return aside <= ASIDE and _as_low(box, face)


def _as_low(box: Box, face: Box) -> bool:
    down = (box.center[1] - face.center[1]) / face.height
    return HIGHEST <= down <= LOWEST and SMALLEST <= box.height / face.height <= LARGEST


def _away(box: Box, face: Box) -> float:
    """How far from where its bib is most often, in faces: straight below, three heights down."""
    aside = (box.center[0] - face.center[0]) / face.width
    down = (box.center[1] - face.center[1]) / face.height - 3
    return abs(aside) + abs(down)


def cut(box: Box, ratio: float) -> bool:
    """Tell whether a number touches the frame's left or right edge, where digits may be missing.

    Args:
        box: Where it stands.
        ratio: The photo's width to its height.
    """
    near = EDGE * box.height / ratio
    return box.left < near or box.right > 1 - near


def overlap(one: Box, other: Box) -> float:
    """The share of the smaller box that lies in the other, 0 to 1."""
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    smaller = min(one.area, other.area)
    return max(0.0, width) * max(0.0, height) / smaller if smaller > 0 else 0.0
