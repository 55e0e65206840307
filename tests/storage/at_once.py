"""Many threads that begin in the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

T = TypeVar("T")


def at_once(threads: int, act: Callable[[int], T]) -> list[T]:
    """Let so many threads act together; each is told its number, and what they return comes in that order."""
    ready = Barrier(threads, timeout=10)

    def one(number: int) -> T:
        ready.wait()
        return act(number)

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(one, range(threads)))
