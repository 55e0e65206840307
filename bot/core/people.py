"""People who agreed to be known, and whose faces they are in a photo; pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal

from bot.core.geometry import Box

PROBABLY: Final = 99.0
"""Similarity from which a face is probably somebody's (facts: rekognition §3.3)."""
MAYBE: Final = 90.0
"""Similarity from which it may be theirs: said to the asker alone, with a question."""

Certainty = Literal["probably", "maybe", "unknown", "unsearched"]
"""How sure it is whose face it is; `unsearched` where there were too many faces, or no budget, to search for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who agreed to be known.

    Attributes:
        id: Their user id in the collection: opaque, never their name.
        user: Their Slack user id; empty for people outside the workspace.
        name: How they are called.
        state: `consented` until a photo of them is known, then `enrolled`.
        find_me: Whether they may be looked for, for themselves.
        show_name: Whether others may read their name.
        photos: How many enrolment photos are known.
        expires_at: When their consent ends unless they renew it, in UTC, without a zone.
    """

    id: str
    user: str
    name: str
    state: Literal["consented", "enrolled"]
    find_me: bool
    show_name: bool
    photos: int
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """An enrolment photo.

    Attributes:
        face: The id of its face in the collection.
        person: Whose it is, by their id.
        file: Its Slack file id; empty for a photo that came by the terminal.
        digest: The identity of the pixels that were looked at.
        box: The part of the file that was looked at, in fractions of the frame.
    """

    face: str
    person: str
    file: str
    digest: str
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceMatch:
    """A face in a photo, and whose it is as far as can be told.

    Attributes:
        box: Where the face is, in fractions of the upright frame.
        certainty: How sure it is.
        person: Their id; empty where nobody is known.
        name: As it may be shown to whoever reads this; empty where it may not.
        user: Their Slack user id, where the name may be shown.
        similarity: 0 to 100.
    """

    box: Box
    certainty: Certainty
    person: str = ""
    name: str = ""
    user: str = ""
    similarity: float = 0.0


@dataclass(frozen=True, slots=True)
class People:
    """The faces of one photo, largest first."""

    faces: tuple[FaceMatch, ...] = ()

    @property
    def found(self) -> int:
        """How many faces there are."""
        return len(self.faces)

    @property
    def searched(self) -> int:
        """How many faces were searched for."""
        return sum(face.certainty != "unsearched" for face in self.faces)

    @property
    def named(self) -> tuple[FaceMatch, ...]:
        """Who is probably in the photo, and may be named."""
        return tuple(face for face in self.faces if face.certainty == "probably" and face.name)

    @property
    def unknown(self) -> int:
        """How many of the searched faces are nobody's that may be named, or only perhaps."""
        return self.searched - len(self.named)


def certainty(similarity: float) -> Certainty:
    """How sure a similarity is, 0 to 100."""
    if similarity >= PROBABLY:
        return "probably"
    return "maybe" if similarity >= MAYBE else "unknown"


def recognisable(people: Iterable[Person], now: datetime) -> dict[str, Person]:
    """Those who may be recognised at a moment (in UTC, without a zone), by their ids."""
    return {one.id: one for one in people if one.state == "enrolled" and one.find_me and now < one.expires_at}


def as_read(faces: Sequence[FaceMatch], people: Mapping[str, Person], reader: str = "") -> tuple[FaceMatch, ...]:
    """What may be read of a photo's faces.

    Everybody reads sure names of those who agreed to that. The one who asked reads who it may be, too, and always
    their own face.

    Args:
        faces: As they were recognised.
        people: Those who may be recognised now, by their ids; whoever is not among them is unknown.
        reader: The Slack user who asked; empty for everybody.
    """
    return tuple(_read(face, people.get(face.person), reader) for face in faces)


def _read(face: FaceMatch, person: Person | None, reader: str) -> FaceMatch:
    if face.certainty == "unsearched":
        return face
    if person and (_is_own(person, reader) or (person.show_name and (reader or face.certainty == "probably"))):
        return replace(face, name=person.name, user=person.user)
    return FaceMatch(box=face.box, certainty="unknown")


def _is_own(person: Person, reader: str) -> bool:
    return bool(reader) and person.user == reader
