"""Amazon's protocol on this machine: a Rekognition that boto3 reaches by real HTTP, and that answers as a test says."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

Answer = Callable[[str, dict[str, Any]], tuple[int, dict[str, Any]]]
"""From an operation, by Amazon's name, and its body to the status and the body that answer it."""


@contextmanager
def amazon(answer: Answer) -> Iterator[Mapping[str, str]]:
    """Serve it, until left: the environment that leads boto3 there."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            operation = self.headers["X-Amz-Target"].rpartition(".")[2]
            status, told = answer(operation, json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
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
        try:
            yield {
                "SPOTTER_VISION": "rekognition",
                "AWS_ACCESS_KEY_ID": "test",
                "AWS_SECRET_ACCESS_KEY": "test",
                "AWS_DEFAULT_REGION": "us-east-1",
                "AWS_ENDPOINT_URL_REKOGNITION": f"http://127.0.0.1:{server.server_port}",
            }
        finally:
            server.shutdown()
            thread.join()


class _Quiet(ThreadingHTTPServer):
    """A server whose callers may be killed in the middle of a call."""

    daemon_threads = True
    request_queue_size = 100

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: the other side is gone."""


def word(text: str) -> dict[str, Any]:
    """A word in the middle of a photo, as `DetectText` tells it."""
    box = {"Left": 0.3, "Top": 0.4, "Width": 0.4, "Height": 0.2}
    corners = [{"X": x, "Y": y} for x, y in ((0.3, 0.4), (0.7, 0.4), (0.7, 0.6), (0.3, 0.6))]
    geometry = {"BoundingBox": box, "Polygon": corners}
    return {"DetectedText": text, "Type": "WORD", "Id": 0, "ParentId": 0, "Confidence": 99.5, "Geometry": geometry}
