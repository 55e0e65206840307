"""F14: told to stop while the other side hangs, a process is gone in time, and what it did is done elsewhere, once."""

from collections.abc import Callable

import pytest

from tests.faults.harness import Place


@pytest.mark.soak
def test_a_process_whose_calls_hang_is_gone_within_25_seconds(world: Callable[..., Place]) -> None:
    here = world()
    here.open_channels(8)
    bot = here.start()
    here.vision.seconds = 60.0
    here.drop(8)
    here.wait_for(lambda: len(here.vision.asked) >= 8)

    code, seconds = bot.stop()
    here.vision.seconds = 0.0
    here.start()
    here.wait(60.0)

    assert here.figures(f"told to stop while calls hung; gone after {seconds:.1f} s").is_clean
    assert code == 0
    assert seconds <= 25.0
