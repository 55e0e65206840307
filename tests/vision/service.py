"""A Rekognition that says what a test wrote, reached by a real boto3 client."""

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import boto3
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.compat import HTTPHeaders

from bot.vision.regions import EVERYTHING
from bot.vision.rekognition import Rekognition, patience


class Raw(BytesIO):
    """A body as botocore wants it."""

    def stream(self, **_options: object) -> Iterator[bytes]:
        """Hand out all of it."""
        yield self.read()


class Service:
    """Answers each call with the next line of its script.

    Attributes:
        calls: The operations that were asked, by Amazon's names.
    """

    def __init__(self) -> None:
        self.calls: list[str] = []
        self._script: list[tuple[int, dict[str, Any], dict[str, str]]] = []

    def answers(self, body: dict[str, Any]) -> None:
        """Add an answer to the script."""
        self._script.append((200, body, {}))

    def refuses(self, code: str, status: int = 400, **headers: str) -> None:
        """Add an error to the script; a header's underscores become dashes."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self._script.append((status, {"__type": code, "Code": code, "Message": "No."}, named))

    def door(self) -> Rekognition:
        """Open the door to it."""
        client = boto3.client(
            "rekognition",
            region_name="eu-west-1",
            aws_access_key_id="test",
            aws_secret_access_key="vision-secret-key",  # noqa: S106 - no secret: nothing checks it
            config=patience(1),
        )
        handler: Any = self  # the stub forgets that a handler may answer
        client.meta.events.register("before-send.rekognition", handler)
        return Rekognition(client, operations=EVERYTHING)

    def __call__(self, request: AWSPreparedRequest, **_event: object) -> AWSResponse:
        """Answer a request; botocore calls this in place of sending it."""
        target = request.headers["X-Amz-Target"]
        self.calls.append((target.decode() if isinstance(target, bytes) else target).rpartition(".")[2])
        status, body, headers = self._script.pop(0)
        given = HTTPHeaders.from_dict({"content-type": "application/x-amz-json-1.1", **headers})
        return AWSResponse(request.url or "", status, given, Raw(json.dumps(body).encode()))
