"""The door to AWS: a real boto3 client, a service that says what the test wrote."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3
import pytest
from botocore.config import Config
from moto import mock_aws

from bot.errors import SetupError, VisionBusy, VisionCannot, VisionDenied, VisionError
from bot.vision import rekognition
from bot.vision.regions import EVERYTHING
from bot.vision.rekognition import Rekognition
from tests.vision.service import Service

FACE: dict[str, Any] = {"Confidence": 99.0, "Emotions": [{"Type": "CALM", "Confidence": 90.0}]}
KEYS = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}


def test_hands_back_the_answer_without_the_transport(service: Service) -> None:
    service.answers({"TextDetections": [{"DetectedText": "1234"}], "TextModelVersion": "3.0"})

    answer = service.door().look("detect_text", b"jpeg", {})

    assert answer == {"TextDetections": [{"DetectedText": "1234"}], "TextModelVersion": "3.0"}


def test_a_single_throttle_is_waited_out(service: Service) -> None:
    service.refuses("ThrottlingException")
    service.answers({"Labels": []})

    assert service.door().look("detect_labels", b"jpeg", {}) == {"Labels": []}
    assert service.calls == ["DetectLabels"] * 2


def test_lasting_throttles_are_left_to_the_job_queue_with_the_wait_that_aws_asks_for(service: Service) -> None:
    service.refuses("ProvisionedThroughputExceededException", x_amz_retry_after="40")
    service.refuses("ProvisionedThroughputExceededException", x_amz_retry_after="40")

    with pytest.raises(VisionBusy) as caught:
        service.door().look("detect_text", b"jpeg", {})

    assert caught.value.retry
    assert caught.value.after == pytest.approx(0.04)
    assert len(service.calls) == 2


@pytest.mark.parametrize(
    ("code", "status", "error", "says"),
    [
        ("LimitExceededException", 400, VisionBusy, "busy"),
        ("InternalServerError", 500, VisionBusy, "busy"),
        ("SomethingNew", 503, VisionBusy, "busy"),
        ("AccessDeniedException", 400, VisionDenied, "rekognition:DetectText"),
        ("ExpiredTokenException", 400, VisionDenied, "credentials"),
        ("UnrecognizedClientException", 400, VisionDenied, "credentials"),
        ("UnknownOperationException", 400, VisionCannot, "DetectText"),
        ("ImageTooLargeException", 400, VisionError, "too large"),
        ("InvalidImageFormatException", 400, VisionError, "JPEG and PNG"),
        ("InvalidParameterException", 400, VisionError, "could not use"),
        ("SomethingNew", 400, VisionError, "SomethingNew"),
    ],
)
def test_every_refusal_of_aws_becomes_one_of_ours(
    service: Service, code: str, status: int, error: type[VisionError], says: str
) -> None:
    for _ in range(2):
        service.refuses(code, status, x_amz_retry_after="1")

    with pytest.raises(VisionError, match=says) as caught:
        service.door().look("detect_text", b"jpeg", {})

    assert type(caught.value) is error


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("ResourceNotReadyException", "not running; an admin can start it"),
        ("ResourceNotFoundException", "no such model"),
    ],
)
def test_a_model_that_cannot_be_asked_is_told_and_never_started(service: Service, code: str, says: str) -> None:
    service.refuses(code)

    with pytest.raises(VisionError, match=says):
        service.door().look("detect_custom_labels", b"jpeg", {"ProjectVersionArn": f"arn:aws:rekognition:{'x' * 20}"})

    assert service.calls == ["DetectCustomLabels"]


def test_emotions_are_dropped_unless_the_word_itself_was_said(service: Service) -> None:
    service.answers({"FaceDetails": [FACE]})
    service.answers({"FaceDetails": [FACE]})
    door = service.door()

    everything = door.look("detect_faces", b"jpeg", {"Attributes": ["ALL"]})
    asked = door.look("detect_faces", b"jpeg", {"Attributes": ["DEFAULT", "EMOTIONS"]})

    assert everything == {"FaceDetails": [{"Confidence": 99.0}]}
    assert asked == {"FaceDetails": [FACE]}


def test_emotions_of_celebrities_are_dropped_however_deep_they_lie(service: Service) -> None:
    service.answers({"CelebrityFaces": [{"Name": "Ada", "Face": FACE}], "UnrecognizedFaces": [FACE]})

    answer = service.door().look("recognize_celebrities", b"jpeg", {})

    assert answer == {
        "CelebrityFaces": [{"Name": "Ada", "Face": {"Confidence": 99.0}}],
        "UnrecognizedFaces": [{"Confidence": 99.0}],
    }


def test_an_operation_that_no_one_offers_is_never_asked(service: Service) -> None:
    with pytest.raises(VisionCannot):
        service.door().look("start_stream_processor", b"jpeg", {})

    assert service.calls == []


@contextmanager
def silent_server() -> Iterator[str]:
    """A server that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def impatient(address: str, **keys: str) -> Rekognition:
    patience = Config(read_timeout=0.1, connect_timeout=0.5, retries={"total_max_attempts": 1})
    client = boto3.client("rekognition", region_name="eu-west-1", endpoint_url=address, config=patience, **keys)  # type: ignore[call-overload]  # the keys are strings
    return Rekognition(client, operations=EVERYTHING)


def test_a_service_that_does_not_answer_is_asked_again_later() -> None:
    with silent_server() as address, pytest.raises(VisionBusy, match="cannot reach"):
        impatient(address, **KEYS).look("detect_text", b"jpeg", {})


def test_a_service_that_is_not_there_is_asked_again_later() -> None:
    with silent_server() as address:
        pass
    with pytest.raises(VisionBusy, match="cannot reach"):
        impatient(address, **KEYS).look("detect_text", b"jpeg", {})


def test_without_credentials_an_admin_is_called() -> None:
    with pytest.raises(VisionDenied, match="no usable AWS credentials"):
        impatient("http://127.0.0.1:9").look("detect_text", b"jpeg", {})


def test_credentials_in_the_environment_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")

    assert rekognition.credentials_found()


def test_looking_for_credentials_does_not_ask_for_instance_metadata(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as metadata:
        metadata.settimeout(0)
        monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "false")
        monkeypatch.setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", f"http://127.0.0.1:{metadata.getsockname()[1]}")

        assert not rekognition.credentials_found()
        with pytest.raises(BlockingIOError):
            metadata.accept()


@pytest.mark.parametrize("ask", [rekognition.credentials_found, rekognition.connect])
def test_a_profile_that_is_not_there_is_the_operators_to_mend(ask: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "nobody")

    with pytest.raises(SetupError, match="nobody"):
        ask()


def test_half_a_pair_of_keys_is_the_operators_to_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")

    with pytest.raises(SetupError, match="AWS_SECRET_ACCESS_KEY"):
        rekognition.credentials_found()


def test_the_region_comes_from_the_environment_unless_it_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")

    assert rekognition.connect().region == "eu-west-1"
    assert rekognition.connect(region="us-east-1").region == "us-east-1"


@pytest.mark.parametrize("region", ["", "eu-north-1", "atlantis-1"])
def test_a_region_without_the_service_is_told_at_the_start(region: str) -> None:
    with pytest.raises(SetupError, match=r"AWS_DEFAULT_REGION to one of .*eu-west-1"):
        rekognition.connect(region=region)


@pytest.mark.parametrize(
    ("region", "operation", "offered"),
    [
        ("us-east-1", "recognize_celebrities", True),
        ("us-gov-west-1", "detect_text", True),
        ("ca-central-1", "detect_faces", True),
        ("ca-central-1", "detect_labels", False),
        ("ca-central-1", "detect_text", False),
        ("ca-central-1", "detect_moderation_labels", False),
        ("ca-central-1", "recognize_celebrities", False),
        ("il-central-1", "detect_text", True),
        ("il-central-1", "recognize_celebrities", False),
        ("il-central-1", "detect_protective_equipment", False),
        ("il-central-1", "detect_custom_labels", False),
        ("eu-central-1", "detect_custom_labels", True),
    ],
)
def test_what_a_region_offers_is_known_before_the_first_call(region: str, operation: str, *, offered: bool) -> None:
    assert rekognition.connect(region=region).can(operation) is offered


def test_what_a_region_does_not_offer_is_said_with_its_name() -> None:
    with pytest.raises(VisionCannot, match=r"Celebrity recognition .* il-central-1"):
        rekognition.connect(region="il-central-1").look("recognize_celebrities", b"jpeg", {})


def test_the_client_holds_a_connection_for_every_parallel_look_and_retries_once() -> None:
    config: Any = rekognition.connect(region="us-east-1", workers=6).client.meta.config

    assert config.max_pool_connections == 48
    assert config.retries == {"mode": "standard", "total_max_attempts": 2}


def test_motos_canned_answers_come_through_the_same_door(monkeypatch: pytest.MonkeyPatch, grey: bytes) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    with mock_aws():
        door = rekognition.connect(region="us-east-1")
        words = door.look("detect_text", grey, {})["TextDetections"]
        labels = door.look("detect_labels", grey, {})["Labels"]

    assert "MONDAY" in [word["DetectedText"] for word in words]
    assert [label["Name"] for label in labels] == ["Mobile Phone"]
