"""Amazon Rekognition behind the `Vision` port: the one door to boto3."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import boto3
import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from bot.core.operations import WORDS
from bot.core.photo import ENGINE_MAX_BYTES
from bot.detectors import Answer
from bot.errors import SetupError, VisionCannot
from bot.vision import large_photos
from bot.vision.failures import from_aws
from bot.vision.large_photos import LargePhotos, Names
from bot.vision.regions import offered

if TYPE_CHECKING:
    from mypy_boto3_rekognition import RekognitionClient

NAME: Final = "Amazon Rekognition"
LOOKS_PER_WORKER: Final = 8
"""Connections kept for each photo that is worked on at once: its detectors ask in parallel."""


class Rekognition:
    """A `Vision` over a boto3 client; many threads may share one.

    Args:
        client: Any client of the service, also one that another engine answers.
        region: Where quotas are counted; the client's own unless told otherwise.
        operations: What is offered there, by boto3's names.
        name: Who looks, for people.
        model: What answers, for the key of stored answers.
        paid: Whether a call costs money.
        large: Where photos over 5 MB lie while they are looked at; None where there is no such place.
    """

    def __init__(
        self,
        client: "RekognitionClient",
        *,
        operations: frozenset[str],
        region: str = "",
        name: str = NAME,
        model: str = "rekognition-2016-06-27",
        paid: bool = True,
        large: LargePhotos | None = None,
    ) -> None:
        self.client = client
        self.operations = operations
        self.region = region or client.meta.region_name
        self.name = name
        self.model = model
        self.paid = paid
        self.large = large

    def can(self, operation: str) -> bool:
        """Tell whether `operation` is offered here at all; costs nothing."""
        return operation in self.operations

    def look(self, operation: str, image: bytes, options: Mapping[str, Any]) -> Answer:
        """Put one question to one image; see `Vision.look`."""
        if not self.can(operation):
            raise VisionCannot(self._cannot(operation))
        ask = getattr(self.client, operation)
        try:
            with self._image(image) as where:
                answer = ask(Image=where, **options)
        except (ClientError, BotoCoreError) as error:
            raise from_aws(error) from error
        del answer["ResponseMetadata"]
        return answer if _asks_for_emotions(options) else _without_emotions(answer)  # type: ignore[no-any-return]  # JSON

    @contextmanager
    def _image(self, image: bytes) -> Iterator[dict[str, Any]]:
        if self.large is None or len(image) <= ENGINE_MAX_BYTES:
            yield {"Bytes": image}
            return
        with self.large.lying(image) as name:
            yield {"S3Object": {"Bucket": self.large.bucket, "Name": name}}

    def _cannot(self, operation: str) -> str:
        what = WORDS.get(operation, operation)
        if self.paid:
            return f"{what} is not offered by {self.name} in {self.region}; an admin can choose another region."
        return f"{what} needs {NAME}."


def connect(*, region: str = "", workers: int = 4, bucket: str = "", names: Names | None = None) -> Rekognition:
    """Open the real service; nothing is sent yet.

    Args:
        region: Such as `eu-west-1`; empty means what boto3 finds in the environment and its files.
        workers: How many photos are worked on at once.
        bucket: An S3 bucket in that region for photos over 5 MB; empty for none.
        names: Where the names of photos in the bucket are written down; goes with `bucket`.

    Raises:
        SetupError: No region is set, it has no Rekognition, or AWS's own files cannot be read.
    """
    try:
        session = boto3.Session(region_name=region or None)
        where = session.region_name or ""
        operations = offered(where, _served(session))
        client: RekognitionClient = session.client("rekognition", config=patience(workers))
    except BotoCoreError as error:
        raise SetupError(f"The AWS settings cannot be used: {error}") from error
    large = large_photos.connect(bucket, where, names, connections=workers) if bucket and names else None
    return Rekognition(client, operations=operations, large=large)


def patience(workers: int) -> Config:
    """Say how long to wait and how often to ask again.

    The mode is pinned because botocore changed its default with 1.44. One retry only: the job queue asks again
    later, and a client's retry budget is spent after a hundred throttles.
    """
    return Config(
        retries={"mode": "standard", "total_max_attempts": 2},
        max_pool_connections=workers * LOOKS_PER_WORKER,
        connect_timeout=5,
        read_timeout=15,
        tcp_keepalive=True,
    )


def credentials_found(*, instance: bool = False) -> bool:
    """Tell whether boto3 would find AWS credentials.

    Environment, files, profiles, single sign-on, processes and container roles count.

    Args:
        instance: Whether the role of an EC2 machine counts, too. To ask for it takes seconds everywhere else, so that
            is done only for an operator who has set `SPOTTER_VISION=rekognition`.

    Raises:
        SetupError: AWS's own files or settings cannot be read, such as a profile that is not there.
    """
    session = botocore.session.Session()
    try:
        finders = session.get_component("credential_provider")
        if not instance:
            finders.remove("iam-role")
        return finders.load_credentials() is not None
    except BotoCoreError as error:
        raise SetupError(f"The AWS settings cannot be used: {error}") from error


def _served(session: boto3.Session) -> list[str]:
    return [
        region
        for partition in session.get_available_partitions()
        for region in session.get_available_regions("rekognition", partition_name=partition)
    ]


def _asks_for_emotions(options: Mapping[str, Any]) -> bool:
    """Only the word itself counts: `ALL` may ask for many things, but nobody confirmed this one."""
    return any("EMOTIONS" in options.get(key, ()) for key in ("Attributes", "DetectionAttributes"))


def _without_emotions(found: Any) -> Any:
    if isinstance(found, dict):
        return {key: _without_emotions(value) for key, value in found.items() if key != "Emotions"}
    if isinstance(found, list):
        return [_without_emotions(value) for value in found]
    return found
