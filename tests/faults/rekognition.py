"""An Amazon Rekognition on this machine that has bad days: it throttles, dawdles, and counts what it answers."""

import base64
import hashlib
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from threading import Event, Lock
from typing import Any, Final

from PIL import Image

from tests.amazon import amazon, word
from tests.pictures import jpeg

_LEVELS: Final = 16
_STEP: Final = 15
"""Each colour tells one of 16 digits, far enough from the next to survive a JPEG."""
MOST_PAINTED: Final = _LEVELS**3 - 1
_NOTHING: Final = {"DetectFaces": "FaceDetails", "DetectLabels": "Labels", "DetectModerationLabels": "ModerationLabels"}
_FACELESS: Final = "CelebrityFaces"


def painted(number: int) -> bytes:
    """A picture in which this Rekognition reads `number`, up to `MOST_PAINTED`; no two are alike."""
    color = (number % _LEVELS * _STEP, number // _LEVELS % _LEVELS * _STEP, number // _LEVELS**2 * _STEP)
    return jpeg(Image.new("RGB", (96, 96), color))


@dataclass
class Rekognition:
    """How it is, and what it was asked.

    Attributes:
        throttled: The share of calls that is refused as too many, 0 to 1.
        seconds: How long an answer takes.
        slow: The share of calls that takes `slow_seconds` instead.
        slow_seconds: How long those take.
        down: Nothing is answered but 500.
        before: Called as each call comes in, before anything is counted.
        asked: Every call, whatever came of it: its operation, and when it came, on the monotonic clock.
        answered: How often each question, by operation and picture, was answered, and so paid.
        refused: How many calls were throttled.
        dawdled: The number in the picture of each call that took `slow_seconds`.
        environment: What leads boto3 there.
        ending: Set when nobody needs an answer any more.
    """

    seed: int = 0
    throttled: float = 0.0
    seconds: float = 0.0
    slow: float = 0.0
    slow_seconds: float = 0.0
    down: bool = False
    before: Callable[[str], None] = lambda _: None
    asked: list[tuple[str, float]] = field(default_factory=list)
    answered: Counter[tuple[str, str]] = field(default_factory=Counter)
    refused: int = 0
    dawdled: list[str] = field(default_factory=list)
    environment: Mapping[str, str] = field(default_factory=dict)
    ending: Event = field(default_factory=Event)
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed)  # noqa: S311  # a run to repeat, not a secret

    @property
    def paid_twice(self) -> int:
        """How many answers were paid that had been given before."""
        with self._lock:
            return sum(times - 1 for times in self.answered.values())

    def answer(self, operation: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """The status and the answer."""
        self.before(operation)
        picture = base64.b64decode(body["Image"]["Bytes"])
        with self._lock:
            self.asked.append((operation, time.monotonic()))
            throttled, slow = self._dice.random() < self.throttled, self._dice.random() < self.slow
        if self.down:
            return 500, {"__type": "InternalServerError", "Message": "down"}
        if throttled:
            self.refused += 1
            return 400, {"__type": "ThrottlingException", "Message": "Slow down."}
        if slow:
            self.dawdled.append(_number(picture))
        self.ending.wait(self.slow_seconds if slow else self.seconds)
        with self._lock:
            self.answered[operation, hashlib.sha256(picture).hexdigest()] += 1
        if operation == "DetectText":
            return 200, {"TextDetections": [word(_number(picture))]}
        return 200, {_NOTHING.get(operation, _FACELESS): []}


def _number(picture: bytes) -> str:
    pixel: Any = Image.open(BytesIO(picture)).convert("RGB").getpixel((48, 48))
    ones, tens, hundreds = (round(channel / _STEP) for channel in pixel)
    return str(ones + tens * _LEVELS + hundreds * _LEVELS**2)


@contextmanager
def running(service: Rekognition) -> Iterator[Rekognition]:
    """Run it."""
    with amazon(service.answer) as service.environment:
        try:
            yield service
        finally:
            service.ending.set()
