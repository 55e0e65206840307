"""An Amazon Rekognition on this machine, reached by real HTTP: it reads numbers off colours, and counts its calls."""

import base64
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from threading import Lock, Thread
from typing import Any, Final

from PIL import Image

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
        throttles: How many calls are refused as too many before any is answered.
    """

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self.throttles = 0
        self.environment: dict[str, str] = {}
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
        return 200, {"TextDetections": [_word(number)] if max(digits) < 10 else []}


def _word(text: str) -> dict[str, Any]:
    box = {"Left": 0.4, "Top": 0.4, "Width": 0.2, "Height": 0.2}
    corners = [{"X": x, "Y": y} for x, y in ((0.4, 0.4), (0.6, 0.4), (0.6, 0.6), (0.4, 0.6))]
    geometry = {"BoundingBox": box, "Polygon": corners}
    return {"DetectedText": text, "Type": "WORD", "Id": 0, "ParentId": 0, "Confidence": 99.5, "Geometry": geometry}


@contextmanager
def rekognition() -> Iterator[Paid]:
    """Run it; `environment` leads boto3 there."""
    paid = Paid()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            operation = self.headers["X-Amz-Target"].rpartition(".")[2]
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, told = paid.answer(operation, body)
            data = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/x-amz-json-1.1")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's names
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        paid.environment = {
            "SPOTTER_VISION": "rekognition",
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ENDPOINT_URL_REKOGNITION": f"http://127.0.0.1:{server.server_port}",
        }
        try:
            yield paid
        finally:
            server.shutdown()
            thread.join()
