"""People who agreed to be known, and whose faces they are in a photo; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
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


def for_everybody(faces: Sequence[FaceMatch]) -> People:
    """What everybody may read: sure names only; the rest are unknown."""
    return People(
        tuple(
            face if face.certainty in ("probably", "unsearched") else FaceMatch(box=face.box, certainty="unknown")
            for face in faces
        )
    )
