"""The port `Faces` over a boto3 client: the same for Amazon Rekognition and for the embedded engine."""

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import BotoCoreError, ClientError

from bot.core.geometry import Box
from bot.errors import VisionBusy, VisionMissing, VisionPartly
from bot.vision.faces import CollectionInfo, Indexed, KeptFace, KeptUser, Likeness, Match, Search
from bot.vision.failures import from_aws

if TYPE_CHECKING:
    from mypy_boto3_rekognition import RekognitionClient

DELETED_AT_ONCE: Final = 4096
"""Faces in one call (service model)."""
PATIENCE: Final = 30.0
"""Seconds after which a user who is not active yet is left to a later try."""
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 2.0
"""Seconds between looks at a user: 5 calls a second are allowed for a whole account."""
GONE: Final = "FACE_NOT_FOUND"
WORDS: Final[Mapping[str, str]] = {
    "ASSOCIATED_TO_A_DIFFERENT_USER": "belongs to somebody else",
    "ASSOCIATED_TO_AN_EXISTING_USER": "still belongs to somebody",
    "FACE_NOT_FOUND": "is gone",
    "LOW_MATCH_CONFIDENCE": "does not look like this person's other photos",
}


class Collections:
    """A `Faces` over any client of the service; many threads may share one.

    Args:
        client: The client.
        pause: Waits so many seconds.
    """

    def __init__(self, client: "RekognitionClient", pause: Callable[[float], None] = time.sleep) -> None:
        self._client: Any = client  # its stubs call every member of an answer optional
        self._pause = pause

    def ensure(self, collection: str) -> CollectionInfo:
        """Make the collection where it is not there; see `Faces.ensure`."""
        with _ours(), suppress(self._client.exceptions.ResourceAlreadyExistsException):
            self._client.create_collection(CollectionId=collection)
        return self.describe(collection)

    def describe(self, collection: str) -> CollectionInfo:
        """Tell what is in the collection; see `Faces.describe`."""
        with _ours():
            told = self._client.describe_collection(CollectionId=collection)
        return CollectionInfo(told["FaceModelVersion"], told["FaceCount"], told.get("UserCount", 0))

    def delete(self, collection: str) -> None:
        """Delete the collection; see `Faces.delete`."""
        with suppress(VisionMissing), _ours():
            self._client.delete_collection(CollectionId=collection)

    def index(self, collection: str, image: bytes, external_id: str) -> Indexed:
        """Keep the largest face of a picture; see `Faces.index`."""
        with _ours():
            told = self._client.index_faces(
                CollectionId=collection,
                Image={"Bytes": image},
                ExternalImageId=external_id,
                MaxFaces=1,
                QualityFilter="HIGH",
            )
        return _indexed(told)

    def create_user(self, collection: str, user: str, token: str) -> None:
        """Make somebody known; see `Faces.create_user`."""
        with _ours():
            try:
                self._client.create_user(CollectionId=collection, UserId=user, ClientRequestToken=token)
            except self._client.exceptions.ConflictException:
                if not self._knows(collection, user):
                    raise

    def delete_user(self, collection: str, user: str, token: str) -> None:
        """Make somebody unknown; see `Faces.delete_user`."""
        with suppress(VisionMissing), _ours():
            self._client.delete_user(CollectionId=collection, UserId=user, ClientRequestToken=token)

    def associate(self, collection: str, user: str, faces: Collection[str], token: str) -> None:
        """Make kept faces somebody's; see `Faces.associate`."""
        with _ours():
            told = self._client.associate_faces(
                CollectionId=collection, UserId=user, FaceIds=[*faces], ClientRequestToken=token
            )
        _check(told.get("UnsuccessfulFaceAssociations", ()))

    def disassociate(self, collection: str, user: str, faces: Collection[str], token: str) -> None:
        """Make somebody's faces nobody's; see `Faces.disassociate`."""
        with _ours():
            told = self._client.disassociate_faces(
                CollectionId=collection, UserId=user, FaceIds=[*faces], ClientRequestToken=token
            )
        _check(told.get("UnsuccessfulFaceDisassociations", ()), but=GONE)

    def wait_until_active(self, collection: str, user: str) -> None:
        """Wait until somebody is found by their faces; see `Faces.wait_until_active`."""
        waited, pause = 0.0, FIRST_PAUSE
        while not self._active(collection, user):
            if waited >= PATIENCE:
                raise VisionBusy("The photo service is still learning this person's face; I will look again.")
            self._pause(pause)
            waited, pause = waited + pause, min(2 * pause, LONGEST_PAUSE)

    def search(self, collection: str, image: bytes, *, least: float, most: int = 5) -> Search:
        """Find who looks like the largest face in a picture; see `Faces.search`."""
        with _ours():
            told = self._client.search_users_by_image(
                CollectionId=collection,
                Image={"Bytes": image},
                UserMatchThreshold=least,
                MaxUsers=most,
                QualityFilter="NONE",
            )
        if "SearchedFace" not in told:
            return Search(None)
        matches = (Match(it["User"]["UserId"], it["Similarity"]) for it in told.get("UserMatches", ()))
        return Search(Box.of(told["SearchedFace"]["FaceDetail"]["BoundingBox"]), tuple(matches))

    def faces(self, collection: str, user: str = "") -> Sequence[KeptFace]:
        """List the kept faces; see `Faces.faces`."""
        whose = {"UserId": user} if user else {}
        found = self._pages("list_faces", "Faces", CollectionId=collection, **whose)
        return [KeptFace(it["FaceId"], it.get("ExternalImageId", ""), it.get("UserId", "")) for it in found]

    def users(self, collection: str) -> Sequence[KeptUser]:
        """List who is known; see `Faces.users`."""
        return [*self._users(collection)]

    def delete_faces(self, collection: str, faces: Collection[str]) -> None:
        """Delete faces; see `Faces.delete_faces`."""
        left: list[Any] = []
        for some in _in_parts(faces, DELETED_AT_ONCE):
            with _ours():
                told = self._client.delete_faces(CollectionId=collection, FaceIds=some)
            left += told.get("UnsuccessfulFaceDeletions", ())
        _check(left, but=GONE)

    def compare(self, source: bytes, target: bytes) -> Sequence[Likeness]:
        """Compare two pictures; see `Faces.compare`."""
        with _ours():
            told = self._client.compare_faces(
                SourceImage={"Bytes": source}, TargetImage={"Bytes": target}, SimilarityThreshold=0
            )
        return [Likeness(Box.of(it["Face"]["BoundingBox"]), it["Similarity"]) for it in told.get("FaceMatches", ())]

    def _active(self, collection: str, user: str) -> bool:
        return any(one.active for one in self._users(collection) if one.user == user)

    def _knows(self, collection: str, user: str) -> bool:
        return any(one.user == user for one in self._users(collection))

    def _users(self, collection: str) -> Iterator[KeptUser]:
        for found in self._pages("list_users", "Users", CollectionId=collection):
            yield KeptUser(found["UserId"], found["UserStatus"] == "ACTIVE")

    def _pages(self, operation: Any, key: str, **request: str) -> Iterator[Any]:
        with _ours():
            for page in self._client.get_paginator(operation).paginate(**request):
                yield from page.get(key, ())


@contextmanager
def _ours() -> Iterator[None]:
    """Translate what botocore raises; what stands inside may catch it first."""
    try:
        yield
    except (ClientError, BotoCoreError) as error:
        raise from_aws(error) from error


def _indexed(told: Any) -> Indexed:
    others = [it["Reasons"] for it in told.get("UnindexedFaces", ())]
    if told["FaceRecords"]:
        return Indexed(told["FaceRecords"][0]["Face"]["FaceId"], others=len(others))
    return Indexed("", tuple(others[0]) if others else (), max(0, len(others) - 1))


def _check(unsuccessful: Iterable[Any], but: str = "") -> None:
    """Make an error of what a 200 answer says went wrong, but for one reason that is no error."""
    left = {it["FaceId"]: tuple(map(str, it["Reasons"])) for it in unsuccessful if it["Reasons"] != [but]}
    if left:
        why = sorted({WORDS.get(reason, reason) for reasons in left.values() for reason in reasons})
        raise VisionPartly(f"{len(left)} of the photos could not be used: a face {' or '.join(why)}.", left)


def _in_parts(faces: Collection[str], size: int) -> Iterator[list[str]]:
    listed = [*faces]
    return (listed[start : start + size] for start in range(0, len(listed), size))
