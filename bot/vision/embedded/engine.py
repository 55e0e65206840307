"""The engine: an operation and its request in, a status and an answer out, as Rekognition would give them."""

from collections.abc import Callable, Mapping
from functools import partial
from threading import Lock
from typing import Any, Final, Generic, TypeVar

from bot.vision.embedded import pictures
from bot.vision.embedded.face_finder import FaceFinder
from bot.vision.embedded.face_reader import FaceReader
from bot.vision.embedded.face_store import FaceStore
from bot.vision.embedded.faces import Faces
from bot.vision.embedded.galleries import Galleries
from bot.vision.embedded.indexing import Indexing
from bot.vision.embedded.labels import Labels
from bot.vision.embedded.moderation import Moderation
from bot.vision.embedded.pictures import Pixels
from bot.vision.embedded.refusals import Refused
from bot.vision.embedded.requests import checked, operation_model
from bot.vision.embedded.searching import Comparing, Searching
from bot.vision.embedded.text import Text
from bot.vision.embedded.users import Users

Request = Mapping[str, Any]
Answerer = Callable[[Request], dict[str, Any]]
"""Answers one operation."""
Eye = Callable[[Pixels, Request], dict[str, Any]]
"""Answers one operation about one picture; making one loads its models."""

EYES: Final[Mapping[str, Callable[[Callable[[], FaceFinder]], Eye]]] = {
    "DetectFaces": Faces,
    "DetectLabels": lambda _: Labels(),
    "DetectModerationLabels": lambda _: Moderation(),
    "DetectText": lambda _: Text(),
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
    """Looks at pictures on this machine. Threads may share it; each model is loaded at its first use.

    Args:
        store: Where collections are kept; without one the engine has none.
    """

    def __init__(self, store: FaceStore | None = None) -> None:
        finder = Once(FaceFinder)
        reader = Once(lambda: FaceReader(finder()))
        self._answerers: dict[str, Answerer] = {
            **{operation: _looking(Once(partial(make, finder))) for operation, make in EYES.items()},
            "CompareFaces": Comparing(reader),
            **(_in_collections(store, reader) if store else {}),
        }

    @property
    def operations(self) -> frozenset[str]:
        """What it offers, by Amazon's names."""
        return frozenset(self._answerers)

    def handle(self, operation: str, body: Request) -> tuple[int, dict[str, Any]]:
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

    def _answer(self, operation: str, body: Request) -> dict[str, Any]:
        known = operation_model(operation)
        if known is None:
            raise Refused("InvalidParameterException", f"There is no operation {operation}.")
        if operation not in self._answerers:
            raise Refused("InvalidParameterException", f"{operation} needs Amazon Rekognition.")
        return self._answerers[operation](checked(known, body))


def _looking(eye: Callable[[], Eye]) -> Answerer:
    return lambda request: eye()(pictures.opened(request["Image"]), request)


def _in_collections(store: FaceStore, reader: Callable[[], FaceReader]) -> dict[str, Answerer]:
    galleries, users = Galleries(store), Users(store)
    indexing, searching = Indexing(store, reader), Searching(store, reader)
    return {
        "CreateCollection": galleries.create,
        "DescribeCollection": galleries.describe,
        "ListCollections": galleries.show,
        "DeleteCollection": galleries.delete,
        "TagResource": galleries.tag,
        "UntagResource": galleries.untag,
        "ListTagsForResource": galleries.tags,
        "IndexFaces": indexing.index,
        "ListFaces": indexing.show,
        "DeleteFaces": indexing.delete,
        "SearchFaces": searching.faces,
        "SearchFacesByImage": searching.faces_by_image,
        "SearchUsers": searching.users,
        "SearchUsersByImage": searching.users_by_image,
        "CreateUser": users.create,
        "DeleteUser": users.delete,
        "ListUsers": users.show,
        "AssociateFaces": users.associate,
        "DisassociateFaces": users.disassociate,
    }
