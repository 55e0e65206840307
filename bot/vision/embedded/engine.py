"""The engine: an operation and its request in, a status and an answer out, as Rekognition would give them."""

from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any, Final, Generic, TypeVar

from bot.vision.embedded import pictures
from bot.vision.embedded.faces import Faces
from bot.vision.embedded.labels import Labels
from bot.vision.embedded.moderation import Moderation
from bot.vision.embedded.pictures import Pixels
from bot.vision.embedded.refusals import Refused
from bot.vision.embedded.requests import checked, operation_model
from bot.vision.embedded.text import Text

Eye = Callable[[Pixels, Mapping[str, Any]], dict[str, Any]]
"""Answers one operation about one picture; making one loads its models."""

EYES: Final[Mapping[str, Callable[[], Eye]]] = {
    "DetectFaces": Faces,
    "DetectLabels": Labels,
    "DetectModerationLabels": Moderation,
    "DetectText": Text,
}

T = TypeVar("T")


class Once(Generic[T]):
    """Makes a thing when it is first asked for, however many threads ask."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._lock = Lock()
        self._made: T | None = None

    def __call__(self) -> T:
        """Hand out the thing."""
        with self._lock:
            if self._made is None:
                self._made = self._make()
            return self._made


class Engine:
    """Looks at pictures on this machine. Threads may share it; each model is loaded at its first use."""

    def __init__(self) -> None:
        self._eyes = {operation: Once(make) for operation, make in EYES.items()}

    @property
    def operations(self) -> frozenset[str]:
        """What it offers, by Amazon's names."""
        return frozenset(self._eyes)

    def handle(self, operation: str, body: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
        """Answer a request.

        Args:
            operation: By Amazon's name, such as `DetectText`.
            body: The request as it goes over the wire: pictures in base64.

        Returns:
            The HTTP status with the answer, or with Amazon's error body.
        """
        try:
            return 200, self._answer(operation, body)
        except Refused as refusal:
            return refusal.status, refusal.body

    def _answer(self, operation: str, body: Mapping[str, Any]) -> dict[str, Any]:
        known = operation_model(operation)
        if known is None:
            raise Refused("InvalidParameterException", f"There is no operation {operation}.")
        if operation not in self._eyes:
            raise Refused("InvalidParameterException", f"{operation} needs Amazon Rekognition.")
        request = checked(known, body)
        return self._eyes[operation]()(pictures.opened(request["Image"]), request)
