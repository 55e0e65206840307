"""An Amazon Rekognition on this machine that reads numbers off colours, and counts its calls."""

import base64
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from threading import Lock
from typing import Any, Final

from PIL import Image

from tests.amazon import amazon, word
from tests.pictures import jpeg

_STEP: Final = 8


def painted(number: int, *, quality: int = 92) -> bytes:
    """A picture in which this Rekognition reads `number`, from 10 to 999; another quality is another file of it."""
    color = (number % 10 * _STEP, number // 10 % 10 * _STEP, number // 100 * _STEP)
    image = Image.new("RGB", (96, 96), color)
    if quality != 92:
        file = BytesIO()
        image.save(file, "PNG", compress_level=quality % 10)
        return file.getvalue()
    return jpeg(image)


class Paid:
    """What was asked, and how to answer.

    Attributes:
        calls: How often each operation was asked.
        environment: What leads boto3 there.
        throttles: How many calls are refused as too many before any is answered.
    """

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self.throttles = 0
        self.environment: Mapping[str, str] = {}
        self._lock = Lock()

    def answer(self, operation: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """The status and the answer."""
        with self._lock:
            self.calls[operation] += 1
            if self.throttles:
                self.throttles -= 1
                return 400, {"__type": "ThrottlingException", "Message": "Slow down."}
        if operation != "DetectText":
            return 200, {"FaceDetails": []}
        image = Image.open(BytesIO(base64.b64decode(body["Image"]["Bytes"]))).convert("RGB")
        pixel: Any = image.getpixel((48, 48))
        ones, tens, hundreds = digits = [round(channel / _STEP) for channel in pixel]
        number = str(100 * hundreds + 10 * tens + ones)
        return 200, {"TextDetections": [word(number)] if max(digits) < 10 else []}


@contextmanager
def rekognition() -> Iterator[Paid]:
    """Run it."""
    paid = Paid()
    with amazon(paid.answer) as paid.environment:
        yield paid
