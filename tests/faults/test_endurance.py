"""F21: a photo a second for a long time, while Slack and Rekognition are ill; nothing grows, and nothing piles up.

`SOAK_MINUTES=1440 make soak` lets it go on for a day.
"""

import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.faults.harness import Place
from tests.faults.killable import Process

pytestmark = pytest.mark.soak

MINUTES = int(os.environ.get("SOAK_MINUTES", "6"))
WARM_UP = 2
"""Minutes in which it still loads what it needs."""
MOST_GROWTH = 0.05


@dataclass(frozen=True, slots=True)
class Rest:
    """How a bot is while it has nothing to do.

    Attributes:
        memory: In MB, its children's included.
        files: How many are open, connections included.
    """

    memory: float
    files: int


def test_it_stays_as_it_is_however_long_it_works(world: Callable[..., Place]) -> None:
    here = world(seed=21)
    here.open_channels(60)
    bot = here.start()
    here.slack.faults.at_random(21, 0.2)
    here.vision.throttled, here.vision.seconds = 0.3, 0.1
    rests = [_minute(here, bot) for _ in range(MINUTES)]

    before, after = rests[WARM_UP - 1], rests[-1]
    growth = after.memory / before.memory - 1
    sys.stdout.write(
        f"\n{MINUTES} minutes: memory {before.memory:.0f} MB, then {after.memory:.0f} MB, {growth:+.1%};"
        f" open files {before.files}, then {after.files}\n"
    )
    assert growth < MOST_GROWTH
    assert after.files <= before.files * (1 + MOST_GROWTH)


def _minute(here: Place, bot: Process) -> Rest:
    """Drop a photo a second for a minute, and wait until all are answered."""
    here.dropped.clear()
    for _ in range(60):
        here.drop(1)
        time.sleep(1.0)  # they come one a second
    here.wait(120.0)
    assert here.figures("a minute").is_clean
    return Rest(bot.memory, bot.files)
