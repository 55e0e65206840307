"""People who agreed to be known: what is asked of whoever keeps their faces."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.core.geometry import Box


@dataclass(frozen=True, slots=True)
class CollectionInfo:
    """A collection.

    Attributes:
        model: The version of the model that made its faces; those of another cannot be compared with them.
        faces: How many faces are kept.
        users: How many people are known.
    """

    model: str
    faces: int
    users: int


@dataclass(frozen=True, slots=True)
class Indexed:
    """What became of a picture's largest face.

    Attributes:
        face: The id under which it is kept; empty where it is not.
        reasons: Why it was not taken, in Rekognition's words such as `EXTREME_POSE`; empty where there is no face.
        others: How many other faces were in the picture.
    """

    face: str
    reasons: tuple[str, ...] = ()
    others: int = 0


@dataclass(frozen=True, slots=True)
class Match:
    """Somebody who looks like the face that was searched for; similarity is 0 to 100."""

    user: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Search:
    """What a search found.

    Attributes:
        face: Where the searched face is in the picture, in fractions of the frame; None where there is none.
        matches: Who looks like it, most alike first.
    """

    face: Box | None
    matches: tuple[Match, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptFace:
    """A face that is kept; `user` is empty where it is nobody's, `external_id` where it came without one."""

    face: str
    external_id: str
    user: str


@dataclass(frozen=True, slots=True)
class KeptUser:
    """Somebody who is known; not `active` while the service works on their faces, or where they have none."""

    user: str
    active: bool


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like the first picture's largest face a face of the second is, 0 to 100, and where it is."""

    box: Box
    similarity: float


class Faces(Protocol):
    """Collections of faces, one for each workspace: `bot.core.gallery.collection_of` names it.

    Every method raises as `Vision.look` does, and `VisionMissing` where the collection or the user is not there.
    Tokens make a request that is sent twice be done once: at most 64 letters, digits, dashes and underscores, the
    same for the same act. External ids and users: letters, digits, `_`, `.`, `-` and `:`.
    """

    def ensure(self, collection: str) -> CollectionInfo:
        """Make the collection where it is not there."""
        ...

    def describe(self, collection: str) -> CollectionInfo:
        """Tell what is in the collection."""
        ...

    def delete(self, collection: str) -> None:
        """Delete the collection with all that is in it; no error where it is gone already."""
        ...

    def index(self, collection: str, image: bytes, external_id: str) -> Indexed:
        """Keep the largest face of a picture, if it is good enough.

        The same picture under the same `external_id` again keeps nothing twice.
        """
        ...

    def create_user(self, collection: str, user: str, token: str) -> None:
        """Make somebody known, without faces yet; no error where they are known already."""
        ...

    def delete_user(self, collection: str, user: str, token: str) -> None:
        """Make somebody unknown; their faces stay, as nobody's. No error where they are gone already."""
        ...

    def associate(self, collection: str, user: str, faces: Collection[str], token: str) -> None:
        """Make kept faces somebody's; at most 100.

        Raises:
            VisionPartly: Some are gone, are another's, or do not look like this person.
        """
        ...

    def disassociate(self, collection: str, user: str, faces: Collection[str], token: str) -> None:
        """Make somebody's faces nobody's; no error for faces that are gone.

        Raises:
            VisionPartly: Some are another's.
        """
        ...

    def wait_until_active(self, collection: str, user: str) -> None:
        """Wait until somebody is found by the faces that were made theirs.

        Raises:
            VisionBusy: Not within half a minute.
        """
        ...

    def search(self, collection: str, image: bytes, *, least: float, most: int = 5) -> Search:
        """Find who looks like the largest face in a picture.

        Args:
            collection: Where they are known.
            image: A JPEG or PNG, at least 80 pixels a side: one face with some of what is around it.
            least: The least similarity, 0 to 100.
            most: How many are told, at most 500.
        """
        ...

    def faces(self, collection: str, user: str = "") -> Sequence[KeptFace]:
        """List the kept faces: somebody's, or all."""
        ...

    def users(self, collection: str) -> Sequence[KeptUser]:
        """List who is known."""
        ...

    def delete_faces(self, collection: str, faces: Collection[str]) -> None:
        """Delete faces; disassociate them or delete their user first. No error for faces that are gone.

        Raises:
            VisionPartly: Some are still somebody's.
        """
        ...

    def compare(self, source: bytes, target: bytes) -> Sequence[Likeness]:
        """Compare the largest face of one picture with every face of another, most alike first.

        Raises:
            VisionError: One of them shows no face.
        """
        ...
