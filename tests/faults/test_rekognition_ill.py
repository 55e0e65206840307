"""F7, F8, F9: Rekognition refuses, dawdles, or is away; photos wait, nobody storms it, and everything comes."""

import time
from collections.abc import Callable

import pytest

from tests.faults.harness import Place

pytestmark = pytest.mark.soak

CALLS = 4
"""Questions about a photo without faces, where nobody settled anything else."""


def test_while_it_is_away_it_is_left_alone_and_then_everything_comes(world: Callable[..., Place]) -> None:
    photos, seconds = 200, 60.0
    here = world()
    here.open_channels(photos)
    here.start()
    here.vision.down = True
    here.drop(photos)
    time.sleep(seconds)  # the outage
    meanwhile = len(here.vision.asked)

    here.vision.down = False
    here.wait(180.0)

    figures = here.figures(f"Rekognition was away for {seconds:.0f} s and was asked {meanwhile} times meanwhile")
    assert figures.is_clean
    assert figures.paid_twice == 0
    assert meanwhile <= 2 * CALLS * photos


def test_under_throttles_there_is_less_than_one_call_too_many_for_each_that_is_answered(
    world: Callable[..., Place],
) -> None:
    here = world(seed=3)
    here.open_channels(100)
    here.start()
    here.vision.throttled = 0.3
    here.drop(200)
    here.wait(300.0)

    share = len(here.vision.asked) / sum(here.vision.answered.values())
    assert here.figures(f"30 % throttled, {share:.2f} calls for each answer").is_clean
    assert share <= 1.6


def test_slow_calls_hold_up_no_other_photo(world: Callable[..., Place]) -> None:
    here = world(seed=5)
    here.open_channels(100)
    here.start(SPOTTER_WORKERS="8")
    here.vision.slow, here.vision.slow_seconds = 0.02, 30.0
    here.drop(100)
    here.wait_for(lambda: here.answered >= 80, 60.0)
    here.wait(300.0)

    figures = here.figures("2 % of the calls took 30 s")
    assert figures.is_clean
    assert figures.paid_twice <= 0.05 * len(here.vision.answered)
