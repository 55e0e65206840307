"""How much one person may ask at once: the others want answers, too."""

import threading
import time
from collections.abc import Callable
from typing import Final

from bot.errors import AskError
from bot.slack import Message
from bot.spotter import Spotter
from handlers.kinds import Answer, Ask

_MINUTE: Final = 60.0
_MOST_REMEMBERED: Final = 10_000


class FloodGate:
    """A bucket of asks for each person, of which one drips in every now and then.

    Args:
        per_minute: How many asks a person has in a minute, and at once.
        clock: Seconds from a moment that stays the same.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._size = float(per_minute)
        self._clock = clock
        self._buckets: dict[tuple[str, str], tuple[float, float]] = {}
        self._lock = threading.Lock()

    @property
    def remembered(self) -> int:
        """How many people are remembered."""
        return len(self._buckets)

    def guard(self, answer: Answer) -> Answer:
        """Let an answer be asked for no more often than its asker may ask."""

        def guarded(ask: Ask, bot: Spotter) -> Message | None:
            if not self._take((ask.workspace, ask.user)):
                raise AskError("That is a lot at once. Please wait a minute, then ask again.")
            return answer(ask, bot)

        return guarded

    def _take(self, who: tuple[str, str]) -> bool:
        with self._lock:
            left = self._left(who)
            if left < 1.0:
                return False
            if len(self._buckets) >= _MOST_REMEMBERED:
                self._buckets = {one: bucket for one, bucket in self._buckets.items() if self._left(one) < self._size}
            self._buckets[who] = left - 1.0, self._clock()
            return True

    def _left(self, who: tuple[str, str]) -> float:
        left, at = self._buckets.get(who, (self._size, 0.0))
        return min(self._size, left + (self._clock() - at) * self._size / _MINUTE)
