"""Photos over 5 MB go through S3 whole, and nothing stays there. S3 is moto's; boto3 is real."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from threading import Barrier
from typing import Any, Final

import boto3
import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.exceptions import ClientError
from moto import mock_aws
from sqlalchemy import update

from bot.errors import NotStored
from bot.settings import read_settings
from bot.vision import large_photos
from bot.vision.large_photos import LargePhotos
from bot.vision.regions import EVERYTHING
from bot.vision.rekognition import Rekognition
from storage import Storage
from storage.models import LargePhotoRow
from tests.storage.at_once import at_once
from tests.vision.service import Service

BUCKET: Final = "race-photos"
LARGE: Final = b"\xff\xd8" + bytes(5_242_880)
SMALL: Final = b"\xff\xd8 small"


class Watching(Service):
    """A service that keeps what it was asked, and can be asked to wait."""

    def __init__(self, bucket: Any) -> None:
        super().__init__()
        self.images: list[dict[str, Any]] = []
        self.lay: list[int] = []
        self.together: Barrier | None = None
        self._bucket = bucket

    def __call__(self, request: AWSPreparedRequest, **event: object) -> AWSResponse:
        """Note the image, and how much lies in the bucket while it is looked at."""
        body: Any = request.body
        self.images.append(json.loads(body)["Image"])
        if self.together:
            self.together.wait()
        self.lay.append(len(list(self._bucket.objects.all())))
        return super().__call__(request, **event)


@pytest.fixture
def names(new_database: Callable[[str], str]) -> Iterator[Storage]:
    with closing(Storage(new_database("sqlite"))) as storage:
        yield storage


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An empty bucket."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    with mock_aws(config={"core": {"passthrough": {"services": ["rekognition"]}}}):
        bucket = boto3.resource("s3", region_name="eu-west-1").Bucket(BUCKET)
        bucket.create(CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
        yield bucket


@pytest.fixture
def service(bucket: Any) -> Watching:
    return Watching(bucket)


def door(service: Service, names: Storage, bucket: str = BUCKET) -> Rekognition:
    """Rekognition with a bucket beside it."""
    large = large_photos.connect(bucket, "eu-west-1", names.large_photos, connections=8)
    return Rekognition(service.door().client, operations=EVERYTHING, large=large)


def noted(names: Storage) -> tuple[str, ...]:
    return names.large_photos.left(-60.0)


def test_a_large_photo_lies_in_the_bucket_while_it_is_looked_at(service: Watching, bucket: Any, names: Storage) -> None:
    service.answers({"TextDetections": []})

    door(service, names).look("detect_text", LARGE, {})

    [image] = service.images
    assert image["S3Object"]["Bucket"] == BUCKET
    assert image["S3Object"]["Name"].startswith("spotter/")
    assert service.lay == [1]
    assert list(bucket.objects.all()) == []
    assert noted(names) == ()


def test_a_photo_that_fits_a_call_never_sees_the_bucket(service: Watching, names: Storage) -> None:
    service.answers({"TextDetections": []})

    door(service, names).look("detect_text", SMALL, {})

    assert list(service.images[0]) == ["Bytes"]


def test_nothing_stays_in_the_bucket_after_a_refusal(service: Watching, bucket: Any, names: Storage) -> None:
    service.refuses("InvalidImageFormatException")
    with pytest.raises(Exception, match="JPEG and PNG"):
        door(service, names).look("detect_text", LARGE, {})

    assert list(bucket.objects.all()) == []
    assert noted(names) == ()


def test_calls_that_look_at_one_photo_together_share_its_place(service: Watching, bucket: Any, names: Storage) -> None:
    service.together = Barrier(4, timeout=10)
    for _ in range(4):
        service.answers({"TextDetections": []})
    looks = door(service, names)

    at_once(4, lambda _: looks.look("detect_text", LARGE, {}))

    assert len({image["S3Object"]["Name"] for image in service.images}) == 1
    assert max(service.lay) == 1
    assert list(bucket.objects.all()) == []


def test_what_a_crash_left_is_deleted_and_what_is_looked_at_is_not(bucket: Any, names: Storage) -> None:
    client = boto3.client("s3", region_name="eu-west-1")
    for name in ("spotter/old.jpg", "spotter/never-arrived.jpg", "spotter/new.jpg"):
        names.large_photos.note(name)
        if name != "spotter/never-arrived.jpg":
            client.put_object(Bucket=BUCKET, Key=name, Body=b"photo")
    with names.engine.begin() as connection:
        older = update(LargePhotoRow).where(LargePhotoRow.name != "spotter/new.jpg")
        connection.execute(older.values(at=LargePhotoRow.at - 601.0))

    LargePhotos(client, BUCKET, names.large_photos).sweep()

    assert [one.key for one in bucket.objects.all()] == list(noted(names)) == ["spotter/new.jpg"]


def test_where_s3_does_not_take_it_nothing_is_asked(service: Watching, names: Storage) -> None:
    with pytest.raises(NotStored, match="the S3 bucket no-such-bucket; an admin must check it") as refused:
        door(service, names, "no-such-bucket").look("detect_text", LARGE, {})

    assert isinstance(refused.value.__cause__, ClientError)
    assert service.calls == []


def test_a_photo_that_could_not_be_deleted_is_swept_later(service: Watching, bucket: Any, names: Storage) -> None:
    """The bucket's policy changes while the photo is looked at."""
    service.answers({"TextDetections": []})
    looks = door(service, names)
    assert looks.large

    with looks.large.lying(LARGE):
        bucket.objects.all().delete()
        bucket.delete()

    assert len(noted(names)) == 1


@pytest.mark.usefixtures("bucket")
def test_the_bucket_is_a_setting(names: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.eyes import connect_vision  # noqa: PLC0415  # it imports all of Spotter

    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    settings = read_settings(_env_file=None, home=tmp_path, vision="rekognition")

    assert connect_vision(settings, names).large is None
    with_bucket = connect_vision(settings.model_copy(update={"s3_bucket": BUCKET}), names)
    assert with_bucket.large
    assert with_bucket.large.bucket == BUCKET
