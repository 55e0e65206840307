"""The faces of a picture, as the operations that recognise people need them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.vision.embedded import face_filter
from bot.vision.embedded.face_finder import FaceFinder, Row
from bot.vision.embedded.face_scale import Vectors
from bot.vision.embedded.face_vectors import FaceVectors
from bot.vision.embedded.faces import detail
from bot.vision.embedded.pictures import Pixels
from bot.vision.embedded.refusals import Refused

NO_FACE: Final = "There are no faces in the image. Should be at least 1."
"""Amazon's sentence for a picture without a face."""


@dataclass(frozen=True, slots=True)
class SeenFace:
    """A face in a picture.

    Attributes:
        picture: The picture at the size at which it was looked at.
        row: Where the face is, in its pixels.
        detail: Rekognition's `FaceDetail` of it.
    """

    picture: Pixels
    row: Row
    detail: dict[str, Any]


class FaceReader:
    """Finds faces and tells them apart; threads may share it."""

    def __init__(self, finder: FaceFinder) -> None:
        self._finder = finder
        self._vectors = FaceVectors(finder)

    def faces(self, picture: Pixels) -> list[SeenFace]:
        """Find the faces, largest first."""
        ready, rows = self._finder.find(picture)
        return [SeenFace(ready, row, detail(row, ready)) for row in rows]

    def vector(self, face: SeenFace) -> Vectors:
        """Describe a face."""
        return self._vectors.of(face.picture, face.row)

    def largest(self, picture: Pixels, bar: str) -> SeenFace:
        """Find the largest face that is good enough.

        Raises:
            Refused: There is none.
        """
        good = [face for face in self.faces(picture) if not reasons(face, bar)]
        if not good:
            raise Refused("InvalidParameterException", NO_FACE)
        return good[0]


def reasons(face: SeenFace, bar: str) -> Sequence[str]:
    """Tell, in Rekognition's words, why a face is not good enough for a quality filter; empty where it is."""
    return face_filter.reasons(face.detail, float(face.row[2]), bar)
