"""What it costs in time to let a photo go in whole by way of S3, against its smaller JPEG in the call.

Run it as `python -m benchmarks s3`. S3 is moto's in this process and Rekognition answers at once, so what is measured
is our own side: encoding, signing, hashing, and writing names down. Real ways to S3 come on top: the upload of the
photo and the deletion. Hence ratios, and no goal.
"""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import BytesIO
from pathlib import Path
from random import Random
from statistics import median
from typing import Any, Final

import boto3
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from moto import mock_aws

from benchmarks.row import Row, only
from bot.vision import large_photos
from bot.vision.regions import EVERYTHING
from bot.vision.rekognition import Rekognition, patience
from storage import Storage

REGION: Final = "eu-west-1"
BUCKET: Final = "photos"
MEGABYTE: Final = 1024 * 1024
SIZES: Final = (6, 10, 15)
TIMES: Final = 15


class _Body(BytesIO):
    def stream(self, **_options: object) -> Iterator[bytes]:
        yield self.read()


def rows(quick: bool) -> Iterator[Row]:  # noqa: FBT001  # every benchmark's
    """Measure how long a photo takes by each way, one after the other in turns."""
    turns = range(3 if quick else TIMES)
    with _rekognition() as vision:
        for size in SIZES:
            ratio = median(_seconds(vision, size, turn) / _seconds(vision, 5, turn) for turn in turns)
            yield only(f"{size} MB by way of S3, beside 5 MB in the call: time of our side", ratio, "×")


def _seconds(vision: Rekognition, size: int, turn: int) -> float:
    data = Random(turn).randbytes(size * MEGABYTE)  # noqa: S311  # no secret
    began = time.perf_counter()
    vision.look("detect_text", data, {})
    return time.perf_counter() - began


@contextmanager
def _rekognition() -> Iterator[Rekognition]:
    os.environ.update(AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="test", AWS_EC2_METADATA_DISABLED="true")  # noqa: S106
    folder = Path(tempfile.mkdtemp())
    with (
        mock_aws(config={"core": {"passthrough": {"services": ["rekognition"]}}}),
        closing(Storage(f"sqlite:///{folder / 'names.db'}")) as storage,
    ):
        storage.upgrade()
        boto3.client("s3", REGION).create_bucket(
            Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION}
        )
        client: Any = boto3.client("rekognition", REGION, config=patience(1))
        client.meta.events.register("before-send.rekognition", _answer)
        large = large_photos.connect(BUCKET, REGION, storage.large_photos, connections=1)
        yield Rekognition(client, operations=EVERYTHING, large=large)


def _answer(request: AWSPreparedRequest, **_event: object) -> AWSResponse:
    headers: Any = {"content-type": "application/x-amz-json-1.1"}
    return AWSResponse(request.url or "", 200, headers, _Body(b'{"TextDetections": []}'))
