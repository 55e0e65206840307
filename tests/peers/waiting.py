"""Waiting for a server that tells nobody when it has changed."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def until(ask: Callable[[], T], seconds: float = 60.0) -> T:
    """Ask again until the answer is a yes: that answer."""
    end = time.monotonic() + seconds
    while not (answer := ask()):
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.1)  # it has no way to be awaited
    return answer
