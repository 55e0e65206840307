"""What a bot keeps of the machine's memory once a hundred photos are done, its forkserver and other children included.

Run it as `python -m benchmarks memory`. At rest, memory that its processes share counts once; at the peak it counts for
each of them.
"""

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Final

from benchmarks.databases import sqlite
from benchmarks.photos import race_photos
from benchmarks.row import Row, at_most
from benchmarks.world import UNLIMITED, world
from bot.demo.records import Message, Upload
from tests.faults.harness import Place
from tests.faults.killable import Process

PHOTOS: Final = 100
LONGEST: Final = 1500
"""Pixels of the examples, as they are."""
CHANNELS: Final = 25
REKOGNITION_MB, EMBEDDED_MB, EMBEDDED_PEAK_MB = 180, 1300, 1600
MEGABYTE: Final = 1024 * 1024
KILOBYTES: Final = 1024
"""Of a megabyte."""
_REST_SECONDS: Final = 3.0
_PATIENCE_SECONDS: Final = 300.0
_GROUP: Final = 2
"""Where in `/proc/*/stat`, behind the name in brackets, the process group stands."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes."""

    at_rest: float
    peak: float


def rows(quick: bool) -> Iterator[Row]:  # noqa: FBT001  # every benchmark's
    """Measure both engines."""
    photos = 10 if quick else PHOTOS
    told = f"resident memory after {photos} photos, at rest"
    yield at_most(f"{told}, with Rekognition", _measured(photos, {}).at_rest, REKOGNITION_MB, "MB")
    embedded = _measured(photos, {"SPOTTER_VISION": "embedded"})
    yield at_most(f"{told}, embedded", embedded.at_rest, EMBEDDED_MB, "MB")
    yield at_most("its peak, embedded", embedded.peak, EMBEDDED_PEAK_MB, "MB")


def _measured(photos: int, environment: dict[str, str]) -> Memory:
    with sqlite() as database, world(database, channels=CHANNELS, nothing_found="say") as here:
        bot, over, seen = here.start("web", **UNLIMITED, **environment), Event(), [0.0]
        watch = Thread(target=_watch, args=(bot, over, seen))
        watch.start()
        dropped = [_drop(here, number, photo) for number, photo in enumerate(race_photos(photos, LONGEST))]
        here.wait_for(lambda: _answered(here, dropped), _PATIENCE_SECONDS)
        time.sleep(_REST_SECONDS)
        over.set()
        watch.join()
        return Memory(at_rest=_at_rest(bot.id), peak=max(seen))


def _drop(here: Place, number: int, photo: bytes) -> Message:
    channel = here.channels[number % len(here.channels)]
    return here.slack.drop(here.slack.member.id, channel, [Upload("race.jpg", photo)])


def _answered(here: Place, dropped: Sequence[Message]) -> bool:
    return all(map(here.slack.replies, dropped))


def _watch(bot: Process, over: Event, seen: list[float]) -> None:
    while not over.wait(0.05):
        seen.append(_megabytes(bot.id))


def _at_rest(group: int) -> float:
    """The resident memory of a process and its children in MB: what each has alone, and once what they share."""
    told = [_told(process / "smaps_rollup") for process in _processes(group)]
    alone = sum(one["Private_Clean"] + one["Private_Dirty"] for one in told)
    return (alone + max(one["Shared_Clean"] + one["Shared_Dirty"] for one in told)) / KILOBYTES


def _told(file: Path) -> dict[str, int]:
    """Kilobytes by name."""
    lines = map(str.split, file.read_text().splitlines()[1:])
    return {name.rstrip(":"): int(kilobytes) for name, kilobytes, *_ in lines}


def _megabytes(group: int) -> float:
    """The resident memory of a process and its children, each for itself."""
    return sum(map(_resident, _processes(group)))


def _processes(group: int) -> list[Path]:
    return [process for process in Path("/proc").glob("[0-9]*") if _group(process) == group]


def _group(process: Path) -> int:
    with suppress(OSError):  # it is gone
        return int((process / "stat").read_text().rpartition(")")[2].split()[_GROUP])
    return 0


def _resident(process: Path) -> float:
    with suppress(OSError):
        return int((process / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / MEGABYTE
    return 0.0
