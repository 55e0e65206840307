"""Whether a photo is good enough to know somebody by, and why not, in words; pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.core.geometry import Box

Detail = Mapping[str, Any]
"""A face as DetectFaces tells it; what an engine cannot know is not in it."""

OPTIONS: Final[Mapping[str, Any]] = {"Attributes": ["DEFAULT", "EYES_OPEN", "SUNGLASSES", "FACE_OCCLUDED"]}
"""What DetectFaces is asked for."""
SURE: Final = 85.0
"""Confidence from which something is taken for a face, 0 to 100. Of 120 portraits, the embedded engine gave the faces
87 to 96, and patterns that it took for a second face at most 80."""
WIDTH: Final = 50.0
"""The least width of a face, in pixels (facts: rekognition §2.1)."""
YAW: Final = 45.0
"""Degrees to a side; this and the next two are Amazon's advice on photos for a collection (developer guide)."""
UP, DOWN = 45.0, 30.0
BRIGHTNESS: Final = 25.0
SHARPNESS: Final = 20.0
"""0 to 100: below these two, photos in channels are called dark and blurred, too."""
GOOD: Final = 3
"""So many photos from different sides are enough to know somebody well."""

NO_FACE: Final = "I see no face in it. Please send a brighter, sharper photo of the face from the front."
TOO_SMALL: Final = "The picture is too small; the face must be at least 50 pixels wide."
_UNSURE: Final = "I am not sure that this is a photo of a face."
_TURNED: Final = "The face is turned away too far; please look at the camera."
_DARK: Final = "The face is too dark."
_BLURRED: Final = "The face is blurred."
_POOR: Final = "The face can't be seen well enough."
_REFUSED: Final[Mapping[str, str]] = {
    "EXTREME_POSE": _TURNED,
    "LOW_BRIGHTNESS": _DARK,
    "LOW_SHARPNESS": _BLURRED,
    "LOW_CONFIDENCE": _UNSURE,
    "LOW_FACE_QUALITY": _POOR,
    "SMALL_BOUNDING_BOX": TOO_SMALL,
}
"""The engine's own reasons, in words."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an enrolment photo; `refusal` says why it was not taken, and is empty where it was."""

    photo: str
    refusal: str = ""


def problems(faces: Sequence[Detail], width: int) -> tuple[str, ...]:
    """Say what speaks against a photo; nothing where it is good.

    Args:
        faces: All that DetectFaces found.
        width: Of the picture, in pixels.
    """
    found = sorted(faces, key=lambda face: -Box.of(face["BoundingBox"]).area)
    if not found:
        return (NO_FACE,)
    others = sum(face["Confidence"] >= SURE for face in found[1:])
    if others:
        return (f"I see {others + 1} faces in it. Please send one that shows this face alone.",)
    return tuple(_faults(found[0], width))


def engine_refused(reasons: Sequence[str]) -> tuple[str, ...]:
    """Say why the engine did not take a face; the reasons are in Rekognition's words."""
    return tuple(dict.fromkeys(_REFUSED.get(reason, _POOR) for reason in reasons)) or (NO_FACE,)


def told(outcomes: Sequence[Outcome], photos: int, whose: str = "") -> str:
    """What is said about photos once they were looked at.

    Args:
        outcomes: One for each photo.
        photos: How many are known in all, now.
        whose: The name of the person, where it is somebody else who reads this.
    """
    taken = sum(not one.refusal for one in outcomes)
    refused = [f"{one.photo}: {one.refusal}" for one in outcomes if one.refusal]
    which = "the photo" if len(outcomes) == 1 else f"{taken} of {len(outcomes)} photos"
    first = f"I took {which} of {whose}." if whose else f"I took {which}."
    return " ".join([*([first] if taken else []), *refused, progress(photos)])


def progress(photos: int) -> str:
    """Say whether there are enough photos."""
    if photos == 0:
        return "So far I know no photo, so nobody is recognised. Three to five good ones from different sides are best."
    if photos < GOOD:
        know = "one photo" if photos == 1 else f"{photos} photos"
        return f"I know {know} now. Three to five good ones from different sides are best."
    return f"I know {photos} photos now; that is enough to recognise this face well."


def _faults(face: Detail, width: int) -> Iterator[str]:
    if face["Confidence"] < SURE:
        yield _UNSURE
    pixels = face["BoundingBox"]["Width"] * width
    if pixels < WIDTH:
        yield f"The face is too small: {pixels:.0f} pixels wide, and I need {WIDTH:.0f}."
    yield from _held(face.get("Pose", {}))
    yield from (say for name, bar, say in _QUALITY if face.get("Quality", {}).get(name, bar) < bar)
    yield from (say for is_hidden, say in _HIDDEN if is_hidden(face))


def _held(pose: Mapping[str, float]) -> Iterator[str]:
    if abs(pose.get("Yaw", 0.0)) > YAW:
        yield _TURNED
    if pose.get("Pitch", 0.0) > UP:
        yield "The head is tilted up too far."
    if pose.get("Pitch", 0.0) < -DOWN:
        yield "The face looks down too far."


def _says(face: Detail, attribute: str, *, value: bool) -> bool:
    found = face.get(attribute, {})
    return found.get("Value") is value and found.get("Confidence", 0.0) >= _SURE_OF_ATTRIBUTE


def _has_sunglasses(face: Detail) -> bool:
    return _says(face, "Sunglasses", value=True)


_SURE_OF_ATTRIBUTE: Final = 90.0
_QUALITY: Final = (("Brightness", BRIGHTNESS, _DARK), ("Sharpness", SHARPNESS, _BLURRED))
_HIDDEN: Final[Sequence[tuple[Callable[[Detail], bool], str]]] = (
    (_has_sunglasses, "The eyes are behind sunglasses."),
    (lambda face: not _has_sunglasses(face) and _says(face, "EyesOpen", value=False), "The eyes are closed."),
    (lambda face: not _has_sunglasses(face) and _says(face, "FaceOccluded", value=True), "Something covers the face."),
)
