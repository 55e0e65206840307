"""What detectors find in a photo. Confidences run from 0 to 100, boxes are fractions of the upright frame."""

from dataclasses import dataclass, field
from typing import Final, Literal

from bot.core.geometry import Box

PEOPLE: Final = frozenset({"Person", "People", "Human", "Crowd"})
"""The names of labels under which people are counted."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word that was read in the photo.

    Attributes:
        text: As it was read; a word may hold spaces, however rarely.
        confidence: 0 to 100.
        box: Where it stands.
        line: The id of its line within the same answer, -1 where it has none.
        angle: How the text runs, in degrees clockwise from level, as if the frame were square.
    """

    text: str
    confidence: float
    box: Box
    line: int = -1
    angle: float = 0.0


@dataclass(frozen=True, slots=True)
class Label:
    """A thing or a scene.

    Attributes:
        name: Rekognition's name for it, such as `Bicycle`.
        confidence: 0 to 100.
        boxes: One for each instance, where the engine counts them.
        parents: The names of its ancestors.
        aliases: Other names for the same thing.
        categories: Such as `Animals and Pets`.
    """

    name: str
    confidence: float
    boxes: tuple[Box, ...] = ()
    parents: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImageQuality:
    """How good the picture is as a picture; each 0 to 100, higher is more."""

    brightness: float
    sharpness: float
    contrast: float


@dataclass(frozen=True, slots=True)
class Color:
    """A dominant colour; `share` of the picture is 0 to 100."""

    name: str
    hex: str
    share: float


@dataclass(frozen=True, slots=True)
class Face:
    """A face, whoever it is.

    Attributes:
        box: Where it is.
        confidence: That it is a face, 0 to 100.
        yaw: Degrees, positive to the photo's right. So `pitch` (positive up) and `roll` (positive clockwise).
        brightness: 0 to 100.
        sharpness: 0 to 100.
        attributes: What an admin asked to be told, by Rekognition's names: `Smile` → (`yes`, 98.1).
    """

    box: Box
    confidence: float
    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    brightness: float | None = None
    sharpness: float | None = None
    attributes: dict[str, tuple[str, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Celebrity:
    """A famous person; `confidence` is that of the match, 0 to 100."""

    name: str
    confidence: float
    box: Box
    links: tuple[str, ...] = ()


Verdict = Literal["wearing", "missing", "unclear"]
"""Whether protective equipment is worn."""


@dataclass(frozen=True, slots=True)
class Protected:
    """A person, whoever it is, and what they wear for protection.

    Attributes:
        box: Where they are.
        verdict: Whether they wear everything.
        items: Whether they wear each thing, such as `head cover`.
    """

    box: Box
    verdict: Verdict
    items: dict[str, Verdict]


@dataclass(frozen=True, slots=True)
class Unsafe:
    """A moderation label.

    Attributes:
        name: The most exact name that was given.
        level1: Its top ancestor in Amazon's taxonomy, such as `Violence`: what settings speak of.
        confidence: 0 to 100.
    """

    name: str
    level1: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Tally:
    """How often something was seen over all faces of a photo, tied to none of them; never stored.

    Attributes:
        about: What was asked: `gender` or `emotions`.
        counts: Such as `{"happy": 3}`.
    """

    about: Literal["gender", "emotions"]
    counts: dict[str, int]
