"""How the C library keeps memory: what a hundred photos needed shall not stay with as many threads."""

import ctypes
import sys
from contextlib import suppress
from typing import Final

_M_ARENA_MAX: Final = -8
"""glibc's name for how many heaps there may be (`mallopt(3)`)."""
_HEAPS: Final = 2


def share_heaps() -> None:
    """Let all threads share two heaps, before there are threads; other C libraries than glibc do so anyway.

    glibc gives each thread of many a heap of its own, and keeps there what was freed: 25 MB more after 50 photos
    (`benchmarks/memory.py`).
    """
    if sys.platform == "linux":
        with suppress(AttributeError, OSError):
            ctypes.CDLL(None).mallopt(_M_ARENA_MAX, _HEAPS)
