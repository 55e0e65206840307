"""Photos too large for a call: put into the operator's S3 bucket for as long as they are looked at, no longer.

Each name is written down before the photo is put under it, so that whatever a crash leaves there is found and deleted.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Final, Protocol
from uuid import uuid4

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from bot.errors import NotStored, SetupError

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

PREFIX: Final = "spotter/"
"""What every name in the bucket begins with: permissions and a lifecycle rule can be given for it alone."""
LEFT_SECONDS: Final = 600.0
"""What lies there longer than this was left by a crash: no call takes a tenth of it."""

log = logging.getLogger(__name__)


class Names(Protocol):
    """Where the names of photos in the bucket are written down."""

    def note(self, name: str) -> None:
        """Write a name down."""
        ...

    def drop(self, name: str) -> None:
        """Forget it."""
        ...

    def left(self, seconds: float) -> tuple[str, ...]:
        """Names that were written down longer ago than this."""
        ...


@dataclass(slots=True)
class _Lying:
    """One photo in the bucket, and how many calls look at it."""

    name: str = ""
    calls: int = 0
    lock: Lock = field(default_factory=Lock)


class LargePhotos:
    """Lets photos lie in the bucket; threads may share it, and calls that look at one photo share its place there.

    Args:
        client: Of S3, in the region of the engine.
        bucket: The operator's.
        names: Where names are written down.
    """

    def __init__(self, client: "S3Client", bucket: str, names: Names) -> None:
        self.bucket = bucket
        self._client = client
        self._names = names
        self._lying: dict[bytes, _Lying] = {}
        self._door = Lock()

    @contextmanager
    def lying(self, photo: bytes) -> Iterator[str]:
        """Let a photo lie in the bucket; its name there.

        Raises:
            NotStored: S3 did not take it.
        """
        with self._door:
            one = self._lying.setdefault(photo, _Lying())
            one.calls += 1
        try:
            with one.lock:
                one.name = one.name or self._put(photo)
            yield one.name
        finally:
            self._leave(photo, one)

    def sweep(self) -> None:
        """Delete what crashes left."""
        for name in self._names.left(LEFT_SECONDS):
            log.warning("a crash left %s in the bucket", name)
            self._delete(name)

    def _put(self, photo: bytes) -> str:
        name = f"{PREFIX}{uuid4().hex}.jpg"
        self._names.note(name)
        try:
            self._client.put_object(Bucket=self.bucket, Key=name, Body=photo, ContentType="image/jpeg")
        except (ClientError, BotoCoreError) as error:
            self._delete(name)  # it may have arrived all the same
            raise NotStored(self.bucket) from error
        return name

    def _leave(self, photo: bytes, one: _Lying) -> None:
        with self._door:
            one.calls -= 1
            if one.calls:
                return
            del self._lying[photo]
        if one.name:
            self._delete(one.name)

    def _delete(self, name: str) -> None:
        try:
            self._client.delete_object(Bucket=self.bucket, Key=name)
        except (ClientError, BotoCoreError) as error:
            log.warning("%s stays in the bucket for now: %s", name, error)
        else:
            self._names.drop(name)


def connect(bucket: str, region: str, names: Names, *, connections: int) -> LargePhotos:
    """Open S3; nothing is sent yet.

    Raises:
        SetupError: AWS's own settings cannot be used.
    """
    patience = Config(
        retries={"mode": "standard", "total_max_attempts": 3},
        max_pool_connections=connections,
        connect_timeout=5,
        read_timeout=15,
    )
    try:
        return LargePhotos(boto3.client("s3", region_name=region, config=patience), bucket, names)
    except BotoCoreError as error:
        raise SetupError(f"The S3 bucket {bucket} cannot be used: {error}") from error
