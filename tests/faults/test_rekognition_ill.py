"""F7, F8, F9: Rekognition refuses, dawdles, or is away; photos wait, nobody storms it, and everything comes."""

import time
from collections.abc import Callable, Sequence
from statistics import quantiles

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
    """Two bots get the same photos at the same time; whatever else this machine does, it does to both."""
    photos, slow = 80, 0.05
    well, ill = world(), world(seed=5)
    for here in (well, ill):
        here.open_channels(photos)
        here.start(SPOTTER_WORKERS="16")
        here.vision.seconds = 0.2
        here.drop(4)  # with the first photos it loads what it needs
        here.wait()
    early = set(well.dropped)
    ill.vision.slow, ill.vision.slow_seconds = slow, 30.0
    for _ in range(photos - len(early)):
        well.drop(1)
        ill.drop(1)
        time.sleep(1.0)  # they come one a second
    for here in (well, ill):
        here.wait(120.0)

    others = set(ill.dropped) - early - set(ill.vision.dawdled)
    usual, beside = (_p95([here.waits()[number] for number in others]) for here in (well, ill))
    held_up = f"{len(others)} other photos: p95 {beside:.2f} s, {usual:.2f} s where none is slow"
    figures = ill.figures(f"{slow:.0%} of the calls took 30 s; {held_up}, {beside / usual - 1:+.0%}")
    assert figures.is_clean
    assert figures.paid_twice <= len(ill.vision.dawdled)
    assert beside <= 1.2 * usual


def _p95(waits: Sequence[float]) -> float:
    return quantiles(waits, n=20)[-1]
