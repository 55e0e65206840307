"""The embedded engine behind a real boto3 client: no account, no network, the same code path.

botocore signs, sends, parses and retries as ever; its `before-send` event hands each request to the engine.
"""

import json
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, Protocol

import boto3
import botocore.session
from botocore import xform_name
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.compat import HTTPHeaders

from bot.errors import SetupError
from bot.vision.embedded import weights
from bot.vision.embedded.machine import share_one_heap, step_back
from bot.vision.rekognition import Rekognition, patience

if TYPE_CHECKING:
    from bot.vision.embedded.engine import Engine
    from bot.vision.embedded.face_store import FaceStore

NAME: Final = "embedded engine"
REGION: Final = "local"
MODULES: Final = ("cv2", "numpy", "onnx", "onnxruntime", "rapidocr")


def connect(*, workers: int = 4, store: "FaceStore | None" = None) -> Rekognition:
    """Open the engine; it loads each model at its first use.

    Args:
        store: Where it keeps collections; without one it has none.
        workers: How many looks are taken at once; lines are looked for in one large picture at a time.

    Raises:
        SetupError: Its packages are not installed.
    """
    if not all(find_spec(module) for module in MODULES):
        raise SetupError(weights.INSTALL)
    from bot.vision.embedded.engine import Engine  # noqa: PLC0415 - numpy and OpenCV, only for who uses them

    share_one_heap()
    return door(Engine(store), workers=workers)


def door(engine: "Engine", *, workers: int = 4) -> Rekognition:
    """Put a real boto3 client in front of an engine."""
    client = _session().client("rekognition", config=patience(workers))
    transport: Any = Transport(engine, workers)  # the stub forgets that a handler may answer
    client.meta.events.register("before-send.rekognition", transport)
    return Rekognition(
        client,
        operations=frozenset(xform_name(operation) for operation in engine.operations),
        region=REGION,
        name=NAME,
        model=weights.model(),
        paid=False,
    )


class Answering(Protocol):
    """What can stand behind a client: the engine, or one of your own (docs/extending.md)."""

    def handle(self, operation: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Answer a request by an operation's AWS name, such as `DetectText`: the HTTP status and what AWS would say."""
        ...


class Transport:
    """Answers botocore's requests in place of HTTP, on threads that give way to all others."""

    def __init__(self, engine: Answering, workers: int) -> None:
        self._engine = engine
        self._threads = ThreadPoolExecutor(workers, "embedded-engine", initializer=step_back)

    def __call__(self, request: AWSPreparedRequest, **_event: Any) -> AWSResponse:
        """Answer one request; botocore takes what comes back as the service's response."""
        operation = _text(request.headers["X-Amz-Target"]).rpartition(".")[2]
        body = json.loads(_text(request.body))
        status, answer = self._threads.submit(self._engine.handle, operation, body).result()
        headers = HTTPHeaders.from_dict({"content-type": "application/x-amz-json-1.1", "x-amzn-requestid": "local"})
        return AWSResponse(request.url or "", status, headers, _Raw(json.dumps(answer).encode()))


class _Raw(BytesIO):
    """A body as urllib3 gives it to botocore."""

    def stream(self, **_options: Any) -> Iterator[bytes]:
        yield self.read()


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


def _session() -> boto3.Session:
    """Make a session that reads nothing of the machine's AWS settings and asks nobody for credentials."""
    nothing = {name: (None, None, value, None) for name, value in (("profile", None), ("config_file", os.devnull))}
    return boto3.Session(
        aws_access_key_id="embedded",
        aws_secret_access_key="embedded",  # noqa: S106 - no secret: botocore signs with it, nobody checks
        region_name="us-east-1",
        botocore_session=botocore.session.Session(nothing),
    )
