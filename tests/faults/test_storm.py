"""F1, F2, F4, F7, F14: events twice and in any order, a Slack that is ill, throttles, kills and restarts, at once."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.faults.harness import Place
from tests.faults.killable import Process

WORKERS = 4


@dataclass(frozen=True)
class Weather:
    """How bad it is.

    Attributes:
        photos: How many are dropped, each in a message of its own.
        channels: Over how many channels they go.
        ill: The share of Slack's answers that are bad, 0 to 1.
        throttled: The share of Rekognition's answers that are refusals.
        kills: How often the bot is ended by SIGKILL.
        drains: How often by SIGTERM.
        seconds: How long the last answers may take.
    """

    photos: int
    channels: int
    ill: float
    throttled: float
    kills: int
    drains: int
    seconds: float


@pytest.mark.parametrize(
    "weather",
    [
        pytest.param(Weather(16, 16, 0.1, 0.2, 1, 1, 60.0), id="short"),
        pytest.param(Weather(1000, 200, 0.2, 0.3, 50, 5, 900.0), id="long", marks=pytest.mark.soak),
    ],
)
def test_nothing_is_lost_and_nothing_is_said_twice(world: Callable[..., Place], weather: Weather) -> None:
    here = world(seed=7)
    here.open_channels(weather.channels)
    bot = here.start()
    here.slack.faults.at_random(7, weather.ill)
    here.vision.throttled, here.vision.seconds = weather.throttled, 0.05
    with here.slack.shuffled(7, twice=0.3):
        here.drop(weather.photos)

    ends = ["kill"] * weather.kills + ["drain"] * weather.drains
    here.dice.shuffle(ends)
    for number, end in enumerate(ends, start=1):
        share = weather.photos * number // (len(ends) + 2)
        here.wait_for(lambda share=share: here.answered >= share, weather.seconds)  # type: ignore[misc]  # bound now
        _end(bot, end)
        bot = here.start()
    here.wait(weather.seconds)

    figures = here.figures(f"storm, {weather.kills} kills, {weather.drains} drains")
    _end(bot, "drain")
    assert figures.is_clean
    assert figures.paid_twice <= WORKERS * LOOKS * weather.kills


LOOKS = 5
"""Questions that may be under way for one photo."""


def _end(bot: Process, how: str) -> None:
    if how == "kill":
        bot.kill()
        return
    code, seconds = bot.stop()
    assert code == 0
    assert seconds <= 25.0
