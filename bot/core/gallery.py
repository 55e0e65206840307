"""What is kept of the people who agreed to be known: collections, faces as numbers, users."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.core.geometry import Box

PREFIX: Final = "spotter."


def collection_of(workspace: str) -> str:
    """The id of a workspace's collection, such as `spotter.T0123ABCD`."""
    return PREFIX + workspace


def workspace_of(collection: str) -> str:
    """The workspace that a collection belongs to; a collection that is not ours is a workspace of its own."""
    return collection.removeprefix(PREFIX).partition(".")[0] or collection


@dataclass(frozen=True, slots=True)
class Gallery:
    """A collection.

    Attributes:
        id: Its name.
        model: The version of the model that made its vectors; others cannot be compared with them.
        revision: Raised by every change.
        made_at: When it was made, in UTC.
        tags: What it was labelled with.
    """

    id: str
    model: str
    revision: int
    made_at: datetime
    tags: dict[str, str]


@dataclass(frozen=True, slots=True)
class GalleryFace:
    """A face in a collection.

    Attributes:
        id: A UUID.
        image: The id of the picture that it was found in: the same for the same picture.
        external_id: The caller's own name for the picture; empty where none was given.
        box: Where in the picture it was.
        confidence: That it is a face, 0 to 100.
        vector: 128 numbers as little-endian float32.
        user: Whose face it is; empty where nobody's.
    """

    id: str
    image: str
    external_id: str
    box: Box
    confidence: float
    vector: bytes
    user: str = ""


@dataclass(frozen=True, slots=True)
class GalleryUser:
    """A person in a collection.

    Attributes:
        id: The caller's own name for them.
        faces: How many faces are theirs.
        updating: Whether their faces were changed and nobody has asked since.
    """

    id: str
    faces: int
    updating: bool
