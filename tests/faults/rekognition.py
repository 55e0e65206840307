"""An Amazon Rekognition on this machine that has bad days: it throttles, dawdles, and counts what it answers."""

import base64
import hashlib
import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from threading import Event, Lock, Thread
from typing import Any, Final

from PIL import Image

from tests.pictures import jpeg

_LEVELS: Final = 16
_STEP: Final = 15
"""Each colour tells one of 16 digits, far enough from the next to survive a JPEG."""
_NOTHING: Final = {"DetectFaces": "FaceDetails", "DetectLabels": "Labels", "DetectModerationLabels": "ModerationLabels"}
_FACELESS: Final = "CelebrityFaces"


def painted(number: int) -> bytes:
    """A picture in which this Rekognition reads `number`, up to 4095; no two are alike."""
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
    environment: dict[str, str] = field(default_factory=dict)
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
        self.ending.wait(self.slow_seconds if slow else self.seconds)
        with self._lock:
            self.answered[operation, hashlib.sha256(picture).hexdigest()] += 1
        if operation == "DetectText":
            return 200, {"TextDetections": [_word(_number(picture))]}
        return 200, {_NOTHING.get(operation, _FACELESS): []}


def _number(picture: bytes) -> str:
    pixel: Any = Image.open(BytesIO(picture)).convert("RGB").getpixel((48, 48))
    ones, tens, hundreds = (round(channel / _STEP) for channel in pixel)
    return str(ones + tens * _LEVELS + hundreds * _LEVELS**2)


def _word(text: str) -> dict[str, Any]:
    box = {"Left": 0.3, "Top": 0.4, "Width": 0.4, "Height": 0.2}
    corners = [{"X": x, "Y": y} for x, y in ((0.3, 0.4), (0.7, 0.4), (0.7, 0.6), (0.3, 0.6))]
    geometry = {"BoundingBox": box, "Polygon": corners}
    return {"DetectedText": text, "Type": "WORD", "Id": 0, "ParentId": 0, "Confidence": 99.5, "Geometry": geometry}


@contextmanager
def running(service: Rekognition) -> Iterator[Rekognition]:
    """Run it; `environment` leads boto3 there."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            operation = self.headers["X-Amz-Target"].rpartition(".")[2]
            status, told = service.answer(operation, json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            data = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/x-amz-json-1.1")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's names
            """Say nothing."""

    with _Quiet(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        service.environment = {
            "SPOTTER_VISION": "rekognition",
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ENDPOINT_URL_REKOGNITION": f"http://127.0.0.1:{server.server_port}",
        }
        try:
            yield service
        finally:
            service.ending.set()
            server.shutdown()
            thread.join()


class _Quiet(ThreadingHTTPServer):
    """A server whose callers may be killed in the middle of a call."""

    daemon_threads = True
    request_queue_size = 100

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: the other side is gone."""
