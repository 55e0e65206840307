"""The photos of the examples, as they are known once somebody has shared them."""

from datetime import datetime
from typing import Final

from bot.core.share import Share
from bot.core.sightings import Sighting

ADA, MIA, MAX = "U0ADMIN01", "U0MEMBER1", "U0MEMBER2"
CHANNEL: Final = "C0RACE001"
TS: Final = "1763600000.000100"
NAMES: Final = (
    "01_start.jpg",
    "02_lake_road.jpg",
    "03_woods.jpg",
    "04_water.jpg",
    "05_crowd.jpg",
    "06_finish.jpg",
    "07_podium.jpg",
)
SHARES: Final = tuple(
    Share(
        channel=CHANNEL,
        ts=TS,
        file=f"F0PHOTO{number:02}",
        user=MIA,
        name=name,
        permalink=f"https://harbour-runners.slack.com/files/U0MEMBER1/F0PHOTO{number:02}/{name}",
        format="jpg",
    )
    for number, name in enumerate(NAMES, 1)
)
"""By their number less one; a workspace that shows them has files of these ids."""
NOON: Final = datetime(2026, 5, 17, 11, 0)  # noqa: DTZ001  # the camera's clock has no zone


def sighting(number: int, bib: str = "", confidence: float = 99.2) -> Sighting:
    """A bib in one of the photos, which are counted from 1."""
    return Sighting(share=SHARES[number - 1], moment=NOON, number=bib, confidence=confidence, asserted=True)
