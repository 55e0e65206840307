"""F5, F6: Slack is away while photos wait for their answers; the bot is away while Slack delivers."""

import time
from collections.abc import Callable

import pytest

from bot.demo.records import Message, Upload
from tests.faults.harness import Place
from tests.faults.rekognition import painted


@pytest.mark.parametrize(
    ("photos", "seconds"), [(6, 3.0), pytest.param(100, 120.0, marks=pytest.mark.soak)], ids=["short", "long"]
)
def test_every_answer_comes_within_a_minute_of_slacks_return(
    world: Callable[..., Place], photos: int, seconds: float
) -> None:
    here = world()
    here.open_channels(photos)
    here.start()
    here.slack.faults.at_random(1, 1.0, kinds=("error500",))
    here.drop(photos)
    time.sleep(seconds)  # the outage

    here.slack.faults.clear()
    back = time.monotonic()
    here.wait(90.0)

    assert here.figures(f"Slack was down for {seconds:.0f} s; answered {time.monotonic() - back:.1f} s later").is_clean
    assert time.monotonic() - back <= 60.0


@pytest.mark.soak
def test_photos_whose_events_never_came_are_caught_up_with(world: Callable[..., Place]) -> None:
    here = world()
    here.open_channels(20)
    bot = here.start()
    here.wait_for(lambda: bool(here.slack.calls_of("files.list")))
    bot.stop()
    begun = time.time()
    time.sleep(130.0)  # a share younger than two minutes may still be on its way as an event
    for number in range(100, 300):
        _shared_in_silence(here, number, begun + 1.0 + number / 1000)

    here.start()
    here.wait(120.0)

    assert here.figures("200 photos whose events never came").is_clean


def _shared_in_silence(here: Place, number: int, at: float) -> Message:
    """A photo of which Slack never told."""
    workspace = here.slack.workspace
    file = workspace.new_file(here.slack.member.id, Upload(f"{number}.jpg", painted(number)))
    channel = here.channels[number % len(here.channels)]
    message = Message(channel=channel, ts=f"{at:.6f}", user=here.slack.member.id, files=(file.id,))
    here.dropped[str(number)] = workspace.add(message)
    return message
