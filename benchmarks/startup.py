"""How long one waits for the terminal, and for a bot that takes requests.

Run it as `python -m benchmarks startup`.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from statistics import median
from typing import Final

from benchmarks.databases import sqlite
from benchmarks.row import Row, at_most
from benchmarks.world import UNLIMITED, world

TIMES: Final = 7
HELP_SECONDS, READY_SECONDS = 0.2, 2.5


def rows(quick: bool) -> Iterator[Row]:  # noqa: FBT001  # every benchmark's
    """Measure both, by the median."""
    times = 2 if quick else TIMES
    yield at_most("`spotter --help`", median(_help() for _ in range(times)), HELP_SECONDS, "s")
    engines = {"with Rekognition": {}, "embedded": {"SPOTTER_VISION": "embedded"}}
    for engine, environment in engines.items():
        took = median(_starts(times, environment))
        yield at_most(f"`spotter web`, {engine}: ready to accept", took, READY_SECONDS, "s")


def _help() -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "bot", "--help"], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def _starts(times: int, environment: dict[str, str]) -> Iterator[float]:
    """Each on the same database, as after every deployment."""
    with sqlite() as database, world(database) as here:
        for _ in range(times):
            began = time.perf_counter()
            bot = here.start("web", **UNLIMITED, **environment)
            yield time.perf_counter() - began
            bot.stop()
