"""Bad days of Slack, on demand: rate limits, errors, lost answers, calls that hang."""

import math
import random
import time
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Literal

Kind = Literal["ratelimited", "error500", "lost", "hang"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One bad answer.

    Attributes:
        kind: `ratelimited` is 429 with Retry-After, `error500` a 500 with nothing done, `lost` does the thing and
            cuts the connection without an answer, `hang` answers after `seconds`.
        retry_after: Seconds that Slack asks to wait, for `ratelimited`.
        seconds: How long it hangs, for `hang`.
    """

    kind: Kind
    retry_after: int = 1
    seconds: float = 0.0


@dataclass(slots=True)
class _Planned:
    method: str
    fault: Fault
    times: int


@dataclass(frozen=True, slots=True)
class _Chance:
    share: float
    kinds: Sequence[Kind]
    methods: Collection[str]
    dice: random.Random
    retry_after: int


class Faults:
    """The faults that are still to come, and how the app behaved under them.

    Attributes:
        played: How many of each kind were played.
        early: Calls of each method that came before their Retry-After had ended; Slack refuses them again.
    """

    def __init__(self) -> None:
        self.played: Counter[str] = Counter()
        self.early: Counter[str] = Counter()
        self._planned: list[_Planned] = []
        self._chance: _Chance | None = None
        self._closed_until: dict[str, float] = {}
        self._lock = Lock()

    def add(self, method: str, kind: Kind, times: int = 1, retry_after: int = 1, seconds: float = 5.0) -> None:
        """Let the next calls of a method fail.

        Args:
            method: As `chat.postMessage`; `*` for any; `upload` and `download` for the bytes of files.
            kind: What goes wrong.
            times: For how many calls.
            retry_after: In seconds, for `ratelimited`.
            seconds: For `hang`.
        """
        with self._lock:
            self._planned.append(_Planned(method, Fault(kind, retry_after, seconds), times))

    def at_random(
        self,
        seed: int,
        share: float,
        *,
        kinds: Sequence[Kind] = ("ratelimited", "error500", "lost"),
        methods: Collection[str] = (),
        retry_after: int = 1,
    ) -> None:
        """Let a share of all calls (or of those to `methods`) fail, the same ones for the same seed and order."""
        with self._lock:
            # A fault suite wants calls to repeat, not to be secret.
            self._chance = _Chance(share, kinds, methods, random.Random(seed), retry_after)  # noqa: S311

    def clear(self) -> None:
        """End all faults."""
        with self._lock:
            self._planned.clear()
            self._closed_until.clear()
            self._chance = None

    def take(self, method: str) -> Fault | None:
        """Say what goes wrong with this call, or None."""
        with self._lock:
            fault = self._early(method) or self._take_planned(method) or self._roll(method)
            if fault:
                self.played[fault.kind] += 1
                self._close(method, fault)
            return fault

    def _early(self, method: str) -> Fault | None:
        left = self._closed_until.get(method, 0.0) - time.monotonic()
        if left <= 0:
            return None
        self.early[method] += 1
        return Fault("ratelimited", math.ceil(left))

    def _close(self, method: str, fault: Fault) -> None:
        if fault.kind == "ratelimited" and self._closed_until.get(method, 0.0) <= time.monotonic():
            self._closed_until[method] = time.monotonic() + fault.retry_after

    def _take_planned(self, method: str) -> Fault | None:
        planned = next((each for each in self._planned if each.method in (method, "*")), None)
        if not planned:
            return None
        planned.times -= 1
        if planned.times <= 0:
            self._planned.remove(planned)
        return planned.fault

    def _roll(self, method: str) -> Fault | None:
        chance = self._chance
        if not chance or (chance.methods and method not in chance.methods) or chance.dice.random() >= chance.share:
            return None
        return Fault(chance.dice.choice(chance.kinds), chance.retry_after)
