"""What the embedded engine refuses, as the service refuses it: every row through a real boto3 client."""

import re
from typing import Any

import pytest
from botocore.exceptions import ClientError
from PIL import Image

from bot.errors import VisionCannot
from bot.vision.embedded.engine import Engine
from bot.vision.embedded.requests import compiled, service
from bot.vision.rekognition import Rekognition
from tests.vision.conftest import saved

NARROW = saved(Image.new("RGB", (79, 200)))
HUGE = saved(Image.new("L", (10_001, 80)), "PNG")
GIF = saved(Image.new("RGB", (100, 100)), "GIF")
WEBP = saved(Image.new("RGB", (100, 100)), "WEBP")
JPEG = saved(Image.new("RGB", (100, 100)))
INVALID = "InvalidParameterException"
ADAPTER = "arn:aws:rekognition:us-east-1:111122223333:project/ours/version/first/1700000000000"
LABEL_FILTERS = {"LabelInclusionFilters": ["x" * 51]}


@pytest.mark.parametrize(
    ("operation", "request_", "code"),
    [
        ("detect_text", {"Image": {"Bytes": b""}}, INVALID),
        ("detect_text", {"Image": {"Bytes": b"\xff\xd8\xff" + b"0" * 5_242_880}}, "ImageTooLargeException"),
        ("detect_text", {"Image": {"Bytes": b"not a picture"}}, "InvalidImageFormatException"),
        ("detect_text", {"Image": {"Bytes": GIF}}, "InvalidImageFormatException"),
        ("detect_text", {"Image": {"Bytes": WEBP}}, "InvalidImageFormatException"),
        ("detect_text", {"Image": {"Bytes": JPEG[:40]}}, "InvalidImageFormatException"),
        ("detect_text", {"Image": {"Bytes": NARROW}}, INVALID),
        ("detect_labels", {"Image": {"Bytes": HUGE}}, "ImageTooLargeException"),
        ("detect_text", {"Image": {}}, INVALID),
        ("detect_text", {"Image": {"S3Object": {"Bucket": "photos", "Name": "a.jpg"}}}, "InvalidS3ObjectException"),
        ("detect_text", {"Image": {"S3Object": {"Bucket": "no/slash", "Name": "a.jpg"}}}, INVALID),
        ("detect_text", {"Image": {"Bytes": JPEG, "S3Object": {"Bucket": "photos", "Name": "a.jpg"}}}, INVALID),
        ("detect_text", {"Image": {"Bytes": JPEG}, "Filters": {"WordFilter": {"MinConfidence": 101}}}, INVALID),
        ("detect_text", {"Image": {"Bytes": JPEG}, "Filters": {"RegionsOfInterest": [{}] * 11}}, INVALID),
        ("detect_faces", {"Image": {"Bytes": JPEG}, "Attributes": ["NOPE"]}, INVALID),
        ("detect_labels", {"Image": {"Bytes": JPEG}, "MinConfidence": 120}, INVALID),
        ("detect_labels", {"Image": {"Bytes": JPEG}, "MinConfidence": float("nan")}, INVALID),
        ("detect_labels", {"Image": {"Bytes": JPEG}, "Features": ["EVERYTHING"]}, INVALID),
        ("detect_labels", {"Image": {"Bytes": JPEG}, "Settings": {"GeneralLabels": LABEL_FILTERS}}, INVALID),
        ("detect_moderation_labels", {"Image": {"Bytes": JPEG}, "ProjectVersion": "x" * 30}, INVALID),
        ("detect_moderation_labels", {"Image": {"Bytes": JPEG}, "ProjectVersion": ADAPTER}, INVALID),
        ("recognize_celebrities", {"Image": {"Bytes": JPEG}}, INVALID),
        ("create_collection", {"CollectionId": "team"}, INVALID),
    ],
)
def test_a_bad_request_gets_the_exception_of_the_service(
    eyes: Rekognition, operation: str, request_: dict[str, Any], code: str
) -> None:
    with pytest.raises(ClientError) as caught:
        getattr(eyes.client, operation)(**request_)

    assert isinstance(caught.value, getattr(eyes.client.exceptions, code))
    assert caught.value.response.get("ResponseMetadata", {}).get("HTTPStatusCode") == 400


def test_a_refusal_is_worded_as_amazon_words_it(engine: Engine) -> None:
    status, body = engine.handle("DetectText", {"Image": {"Bytes": "bm90IGEgcGljdHVyZQ=="}})

    assert status == 400
    assert body == {
        "__type": "InvalidImageFormatException",
        "Code": "InvalidImageFormatException",
        "Message": "Request has invalid image format",
    }


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"Image": "a string"},
        {"Image": {"Bytes": "?"}},
        {"Image": {"Bytes": 5}},
        {"Image": {"Bytes": "AAAA"}, "Extra": 1},
        {"Image": {"Bytes": "AAAA"}, "MaxLabels": "5"},
        {"Image": {"Bytes": "AAAA"}, "MaxLabels": True},
        {"Image": {"Bytes": "AAAA"}, "MaxLabels": -1},
        {"Image": {"Bytes": "AAAA"}, "MinConfidence": "high"},
        {"Image": {"Bytes": "AAAA"}, "Features": "GENERAL_LABELS"},
    ],
)
def test_a_request_that_boto3_would_never_send_is_refused_too(engine: Engine, body: dict[str, Any]) -> None:
    status, answer = engine.handle("DetectLabels", body)

    assert (status, answer["Code"]) == (400, INVALID)


def test_what_only_amazon_can_do_is_said_in_words(eyes: Rekognition) -> None:
    assert not eyes.can("recognize_celebrities")
    with pytest.raises(VisionCannot, match=r"^Celebrity recognition needs Amazon Rekognition\.$"):
        eyes.look("recognize_celebrities", JPEG, {})


@pytest.mark.parametrize(
    ("operation", "says"), [("GetFaceSearch", "needs Amazon Rekognition"), ("Dance", "no operation")]
)
def test_an_operation_that_is_not_here_says_where_it_is(engine: Engine, operation: str, says: str) -> None:
    status, answer = engine.handle(operation, {})

    assert status == 400
    assert says in answer["Message"]


def test_every_pattern_of_the_service_model_can_be_held() -> None:
    model = service()
    patterns = [model.shape_for(name).metadata.get("pattern") for name in model.shape_names]
    held = [compiled(pattern) for pattern in patterns if pattern]

    assert len(held) > 10
    assert all(isinstance(pattern, re.Pattern) for pattern in held)
