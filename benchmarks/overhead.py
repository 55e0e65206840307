"""What Spotter adds to what others take: from a photo's event to its answer, less the slowest call of the engine.

Download and post are counted as ours, since the workspace lies on this machine: the true figure is lower still.
Run it as `python -m benchmarks overhead`.
"""

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from statistics import median, quantiles
from typing import Final

from benchmarks.databases import postgresql, sqlite
from benchmarks.photos import race_photos
from benchmarks.row import Row, at_most, only
from benchmarks.world import CALL_SECONDS, UNLIMITED, world
from bot.demo.records import Upload
from tests.faults.harness import Place

PHOTOS: Final = 40
MOST_MS: Final = 200.0
_WARM_UP: Final = 2


def rows(quick: bool) -> Iterator[Row]:  # noqa: FBT001  # every benchmark's
    """Measure photos one after the other, on both databases."""
    photos = 5 if quick else PHOTOS
    for name, database in (("SQLite", sqlite()), ("PostgreSQL, web and worker", postgresql())):
        took = _overheads(database, photos)
        what = f"own overhead for a 1,024 px photo, {name}"
        yield at_most(f"{what}: median", median(took), MOST_MS, "ms")
        yield only(f"{what}: the slowest tenth", quantiles(took, n=10)[-1], "ms")


def _overheads(opened: AbstractContextManager[str], photos: int) -> list[float]:
    channels = _WARM_UP + photos
    with opened as database, world(database, channels=channels, nothing_found="say") as here:
        for role in ("web",) if database.startswith("sqlite") else ("web", "worker"):
            here.start(role, **UNLIMITED)
        took = [
            _milliseconds(here, channel, photo)
            for channel, photo in zip(here.channels, race_photos(channels), strict=True)
        ]
    return took[_WARM_UP:]


def _milliseconds(here: Place, channel: str, photo: bytes) -> float:
    began = time.monotonic()
    message = here.slack.drop(here.slack.member.id, channel, [Upload("race.jpg", photo)])
    here.wait_for(lambda: bool(here.slack.replies(message)))
    return (time.monotonic() - began - CALL_SECONDS) * 1000
