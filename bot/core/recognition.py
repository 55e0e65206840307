"""From the faces of a photo to the people in it: what is searched for, and who is who; pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.core.geometry import Box
from bot.core.people import FaceMatch, certainty
from bot.core.second_look import Region

AROUND: Final = (1.0, 0.75, 0.5, 0.25)
"""Parts of a face's width and height that are shown on each side of it: as much as goes without a larger face."""
CLEAR: Final = 0.5
"""The part of a face's own area that a larger one may take of its picture."""
WIDTH: Final = 112
"""Pixels to which a smaller face is enlarged: what the embedded engine looks at, and above Rekognition's least 40."""
MOST_ENLARGED: Final = 4.0
CERTAIN: Final = 100.0
"""The similarity that somebody's word has: it outranks every machine (DESIGN §5)."""


@dataclass(frozen=True, slots=True)
class FaceWord:
    """Somebody's word on a face in a photo: that it is a person's, or that it is not."""

    box: Box
    person: str
    is_them: bool = False


def around(face: Box, faces: Iterable[Box], width: int) -> Region:
    """What is searched for a face: the part of the photo around it, enlarged where the face is small.

    Args:
        face: The face.
        faces: All faces of the photo.
        width: Of the photo, in pixels.
    """
    enlarged = min(MOST_ENLARGED, max(1.0, WIDTH / (face.width * width)))
    return Region(head_and_shoulders(face, faces), enlarged)


def head_and_shoulders(face: Box, faces: Iterable[Box]) -> Box:
    """The part of a photo that shows a face as its largest, with what is around it where there is room."""
    larger = [other for other in faces if other.area > face.area]
    parts = [_padded(face, by) for by in AROUND]
    clear = (part for part in parts if not any(part.shared(other) > CLEAR * face.area for other in larger))
    return next(clear, parts[-1])


def is_searched(face: Box, region: Region, found: Box) -> bool:
    """Whether the face that was found in a region, in fractions of it, is the one that was meant."""
    part = region.box
    across, down = found.center
    return face.holds((part.left + across * part.width, part.top + down * part.height))


def who_is_who(
    faces: Sequence[Box], alike: Sequence[Mapping[str, float] | None], words: Sequence[FaceWord] = ()
) -> tuple[FaceMatch, ...]:
    """Say whose face each one is; everybody is in a photo once, where they look most like themselves.

    Args:
        faces: Where the faces are.
        alike: For each of them who looks like it, by id, with the similarity, 0 to 100; None where nobody searched.
        words: What people said of this photo, oldest first; it outranks the machine.
    """
    likes = [_with_words(box, found or {}, words) for box, found in zip(faces, alike, strict=True)]
    pairs = [(likes[place][person], -place, person) for place in range(len(faces)) for person in likes[place]]
    people: dict[int, FaceMatch] = {}
    taken: set[str] = set()
    for similarity, place, person in sorted(pairs, reverse=True):
        if -place not in people and person not in taken and certainty(similarity) != "unknown":
            people[-place] = _match(faces[-place], person, similarity)
            taken.add(person)
    return tuple(
        people.get(place) or FaceMatch(box=box, certainty="unsearched" if alike[place] is None else "unknown")
        for place, box in enumerate(faces)
    )


def after_word(faces: Sequence[FaceMatch], word: FaceWord) -> tuple[FaceMatch, ...]:
    """Put somebody's word on top of what was recognised."""
    others = without_person(faces, word.person, at=None if word.is_them else word.box)
    if not word.is_them:
        return others
    return tuple(_match(face.box, word.person, CERTAIN) if face.box.is_same(word.box) else face for face in others)


def without_person(faces: Sequence[FaceMatch], person: str, at: Box | None = None) -> tuple[FaceMatch, ...]:
    """Make a person's face nobody's; only the one in a place, where it is given."""
    return tuple(
        FaceMatch(box=face.box, certainty="unknown")
        if face.person == person and (at is None or face.box.is_same(at))
        else face
        for face in faces
    )


def _with_words(box: Box, found: Mapping[str, float], words: Iterable[FaceWord]) -> Mapping[str, float]:
    likes = dict(found)
    for word in words:
        if word.box.is_same(box):
            likes[word.person] = CERTAIN if word.is_them else 0.0
    return likes


def _match(box: Box, person: str, similarity: float) -> FaceMatch:
    return FaceMatch(box=box, certainty=certainty(similarity), person=person, similarity=similarity)


def _padded(face: Box, by: float) -> Box:
    """A face with so many of its widths and heights on each side, within the frame."""
    left, top = max(0.0, face.left - by * face.width), max(0.0, face.top - by * face.height)
    right, bottom = min(1.0, face.right + by * face.width), min(1.0, face.bottom + by * face.height)
    return Box(left, top, right - left, bottom - top)
