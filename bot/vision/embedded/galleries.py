"""The operations on collections themselves, and what all operations in a collection share."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC
from hashlib import sha256
from typing import Any, Final, TypeVar

from bot.core.gallery import Gallery
from bot.vision.embedded.face_store import FaceStore, OpenGallery
from bot.vision.embedded.refusals import Refused
from bot.vision.embedded.requests import compiled

MODEL: Final = "sface-1"
"""Raised when vectors come out otherwise: then what was kept cannot be compared any more."""
ARN: Final = "arn:aws:rekognition:local:000000000000:collection/"
MOST_TAGS: Final = 200
PAGE: Final = 4096

Request = Mapping[str, Any]
Answer = dict[str, Any]
T = TypeVar("T")


class Galleries:
    """Answers CreateCollection, DescribeCollection, ListCollections, DeleteCollection and the three on tags."""

    def __init__(self, store: FaceStore) -> None:
        self._store = store

    def create(self, request: Request) -> Answer:
        """Make a collection."""
        collection = request["CollectionId"]
        with self._store.changing(collection) as gallery:
            if not gallery.create(MODEL, _allowed(request.get("Tags", {}))):
                raise Refused("ResourceAlreadyExistsException", f"The collection id: {collection} already exists")
        return {"StatusCode": 200, "CollectionArn": f"{ARN}{collection}", "FaceModelVersion": MODEL}

    def describe(self, request: Request) -> Answer:
        """Count what is in a collection."""
        with self._store.reading(request["CollectionId"]) as gallery:
            about = existing(gallery, request["CollectionId"])
            faces, users = gallery.counts()
        return {
            "FaceCount": faces,
            "UserCount": users,
            "FaceModelVersion": about.model,
            "CollectionARN": f"{ARN}{about.id}",
            "CreationTimestamp": about.made_at.replace(tzinfo=UTC).timestamp(),
        }

    def show(self, request: Request) -> Answer:
        """List the collections."""
        limit = request.get("MaxResults") or PAGE
        found, more = page(self._store.collections(after(request), limit + 1), limit, lambda one: one.id)
        return {
            "CollectionIds": [one.id for one in found],
            "FaceModelVersions": [one.model for one in found],
            **more,
        }

    def delete(self, request: Request) -> Answer:
        """Delete a collection."""
        with changing(self._store, request["CollectionId"]) as gallery:
            gallery.delete()
        return {"StatusCode": 200}

    def tag(self, request: Request) -> Answer:
        """Add labels."""
        with changing(self._store, _named(request)) as gallery:
            gallery.tag(_allowed(existing(gallery, _named(request)).tags | request["Tags"]))
        return {}

    def untag(self, request: Request) -> Answer:
        """Take labels away."""
        with changing(self._store, _named(request)) as gallery:
            tags = existing(gallery, _named(request)).tags
            gallery.tag({key: value for key, value in tags.items() if key not in request["TagKeys"]})
        return {}

    def tags(self, request: Request) -> Answer:
        """List the labels."""
        with self._store.reading(_named(request)) as gallery:
            return {"Tags": existing(gallery, _named(request)).tags}


def existing(gallery: OpenGallery, collection: str) -> Gallery:
    """Hand out what a collection is.

    Raises:
        Refused: It does not exist.
    """
    about = gallery.about()
    if about is None:
        raise Refused("ResourceNotFoundException", f"The collection id: {collection} does not exist")
    return about


def demand(store: FaceStore, collection: str) -> None:
    """Make sure that a collection exists, before a picture is looked at for it."""
    with store.reading(collection) as gallery:
        existing(gallery, collection)


@contextmanager
def reading(store: FaceStore, collection: str) -> Iterator[OpenGallery]:
    """Read in a collection that exists."""
    with store.reading(collection) as gallery:
        existing(gallery, collection)
        yield gallery


@contextmanager
def changing(store: FaceStore, collection: str) -> Iterator[OpenGallery]:
    """Change a collection that exists."""
    with store.changing(collection) as gallery:
        existing(gallery, collection)
        yield gallery


def once(gallery: OpenGallery, operation: str, request: Request, do: Callable[[], Answer]) -> Answer:
    """Do what is asked under a token once; who asks again is given the same answer.

    Raises:
        Refused: The token stood under another request.
    """
    token = request["ClientRequestToken"]
    asked = sha256(json.dumps([operation, request], sort_keys=True).encode()).hexdigest()
    kept = gallery.answer_to(token)
    if kept is None:
        answer = do()
        gallery.keep_answer(token, asked, answer)
        return answer
    if kept[0] != asked:
        raise Refused("IdempotentParameterMismatchException")
    return kept[1]


def after(request: Request) -> str:
    """Read where the page before ended; empty for the first page.

    Raises:
        Refused: It is no token of ours.
    """
    token: str = request.get("NextToken", "")
    if token and not compiled(r"[a-zA-Z0-9_.\-:]+").fullmatch(token):
        raise Refused("InvalidPaginationTokenException")
    return token


def page(found: Sequence[T], limit: int, id_of: Callable[[T], str]) -> tuple[Sequence[T], Answer]:
    """Cut a page out of one thing more than it may hold; with the token of the next one, where there is one."""
    shown = found[:limit]
    return shown, {"NextToken": id_of(shown[-1])} if len(found) > limit else {}


def _named(request: Request) -> str:
    arn: str = request["ResourceArn"]
    if not arn.startswith(ARN):
        raise Refused("ResourceNotFoundException", f"There is no resource {arn}")
    return arn.removeprefix(ARN)


def _allowed(tags: Mapping[str, str]) -> dict[str, str]:
    if len(tags) > MOST_TAGS:
        raise Refused("ServiceQuotaExceededException")
    if any(key.startswith("aws:") for key in tags):
        raise Refused("InvalidParameterException")
    return dict(tags)
