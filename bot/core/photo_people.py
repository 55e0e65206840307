"""People in photos, as they are handed to the person who asked."""

from dataclasses import dataclass
from typing import Literal

from bot.core.people import People
from bot.core.share import Share


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoPeople(People):
    """The faces of a photo, largest first, as one person may read them.

    Attributes:
        share: The photo.
        failure: Why it could not be looked at, or not for all faces; empty where it could.
    """

    share: Share
    failure: str = ""

    @property
    def unknown(self) -> int:
        """How many of the searched faces are nobody's, not even perhaps."""
        return sum(face.certainty != "unsearched" and not face.name for face in self.faces)


@dataclass(frozen=True, slots=True, kw_only=True)
class FindMe:
    """A look through earlier photos for one person.

    Attributes:
        user: Whose photos are looked for: a Slack user's id.
        state: `offered` until they agreed to the price; `stopped` and `done` are final.
        total: How many photos there are.
        looked: How many of them were looked at.
        found: How many of those show them, probably or maybe.
        price: The most that it can cost, in millionths of a dollar.
    """

    user: str
    state: Literal["offered", "running", "stopped", "done"] = "offered"
    total: int = 0
    looked: int = 0
    found: int = 0
    price: int = 0
