"""Photos in which a bib was found, as they are handed to the person who asked."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.core.bibs import State
from bot.core.geometry import Box
from bot.core.share import Share

PAGE: Final = 5
"""How many photos are shown at once: pictures are large on a phone."""
WHOLE: Final = Box(0.0, 0.0, 1.0, 1.0)
"""Somewhere in the photo."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A bib in a photo in a channel.

    Attributes:
        share: The photo: channel, message, file, name, permalink.
        moment: When it was taken by the camera's clock; else when Spotter saw it, in UTC. Without a zone.
        number: The bib; empty for a photo without one.
        confidence: 0 to 100.
        state: What it was taken for.
        asserted: Whether it may be told as found.
        box: Where it stands, in fractions of the upright frame.
        why: In plain words, why it is not, or why it is taken for that.
        runner: Who wears it, by the channel's start list.
        corrected_by: The id of the person who said so, where it was no machine.
    """

    share: Share
    moment: datetime
    number: str = ""
    confidence: float = 0.0
    state: State = "read"
    asserted: bool = False
    why: str = ""
    box: Box = WHOLE
    runner: str = ""
    corrected_by: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the photos that were found, best first.

    Attributes:
        sightings: One a photo: its best match.
        total: How many photos there are in the channels that were searched.
        offset: How many of them come before this page.
    """

    sightings: tuple[Sighting, ...] = ()
    total: int = 0
    offset: int = 0


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A number that may be meant, with the best photo of it and how many there are."""

    best: Sighting
    photos: int

    @property
    def number(self) -> str:
        """The number that may be meant."""
        return self.best.number
