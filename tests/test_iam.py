"""The AWS policies allow what the code calls, and nothing else."""

import ast
import json
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import boto3
import botocore.session
import pytest
from click.testing import CliRunner
from moto import mock_aws

from bot.cli import cli
from bot.core import iam
from bot.core.channel import USUAL_DETECTORS
from bot.core.gallery import collection_of
from bot.core.iam import Account, action, policy
from bot.detectors import every_detector, every_name, operations_of
from bot.vision import large_photos
from bot.vision.regions import EVERYTHING
from tests.conftest import ROOT

EVERY = operations_of(every_name())
IRELAND = Account(region="eu-west-1", number="111122223333")
CALLERS = ("bot/vision/collections.py", "bot/vision/large_photos.py")


def called(path: Path, operations: set[str]) -> set[str]:
    """The operations of a service that a module names, as attributes of a client or as a paginator's text."""
    nodes = list(ast.walk(ast.parse(path.read_text())))
    names = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    texts = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return (names | texts) & operations


def imports(path: Path) -> set[str]:
    """The packages that a module imports."""
    nodes = list(ast.walk(ast.parse(path.read_text())))
    whole = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    parts = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.partition(".")[0] for name in whole | parts}


def service(name: str) -> set[str]:
    """All operations of a service, by boto3's names."""
    client = boto3.client(name, region_name="eu-west-1")  # type: ignore[call-overload]  # its stubs know literals
    return set(client.meta.method_to_api_mapping)


def actions(written: dict[str, Any], effect: str = "Allow") -> set[str]:
    return {one for said in written["Statement"] if said["Effect"] == effect for one in said["Action"]}


def test_what_the_collections_call_is_what_is_allowed_of_them() -> None:
    allowed = {*iam.COLLECTIONS, "create_collection", "compare_faces"}

    assert called(ROOT / CALLERS[0], service("rekognition")) == allowed


def test_what_is_done_in_the_bucket_is_allowed_there() -> None:
    assert called(ROOT / CALLERS[1], service("s3")) | {"get_object"} == set(iam.LARGE_PHOTOS)
    assert iam.LARGE_PHOTOS_PREFIX == large_photos.PREFIX


def test_every_detector_is_allowed_what_it_asks() -> None:
    asked = {f"rekognition:{action(one.operation)}" for one in every_detector().values()}

    assert asked <= actions(policy(EVERY))


def test_boto3_is_used_nowhere_else() -> None:
    """`rekognition` calls by the detectors' names; what `account` asks for the doctor changes nothing."""
    modules = [path for path in (ROOT / "bot").rglob("*.py") if "embedded" not in path.parts]
    knowing = {path.stem for path in modules if "boto" in path.read_text() and imports(path) & {"boto3", "botocore"}}

    assert knowing == {"account", "collections", "failures", "large_photos", "rekognition"}


@pytest.mark.parametrize("faces", [False, True])
def test_each_action_exists(faces: bool) -> None:  # noqa: FBT001  # pytest hands it over by name
    model = botocore.session.get_session().get_service_model("rekognition")
    known = {f"rekognition:{one}" for one in model.operation_names}
    written = policy(EVERY, faces=faces)

    assert actions(written) <= known
    assert all(any(fnmatchcase(one, refused) for one in known) for refused in actions(written, "Deny"))
    assert not any(fnmatchcase(one, refused) for one in actions(written) for refused in actions(written, "Deny"))


def test_without_faces_nothing_of_people_is_allowed() -> None:
    allowed = actions(policy(operations_of(USUAL_DETECTORS)))

    assert allowed == {
        "rekognition:DetectFaces",
        "rekognition:DetectLabels",
        "rekognition:DetectModerationLabels",
        "rekognition:DetectText",
        "rekognition:RecognizeCelebrities",
    }


def test_faces_are_kept_in_our_own_collections_alone() -> None:
    [kept] = [one for one in policy(EVERY, faces=True, account=IRELAND)["Statement"] if "Keep" in one["Sid"]]

    assert kept["Resource"] == "arn:aws:rekognition:eu-west-1:111122223333:collection/spotter.*"
    assert fnmatchcase(f"arn:aws:rekognition:eu-west-1:111122223333:collection/{collection_of('T1')}", kept["Resource"])


def test_a_region_holds_for_every_statement_whose_resource_names_none() -> None:
    for said in policy(EVERY, faces=True, account=IRELAND)["Statement"]:
        if said["Resource"] == "*" and said["Effect"] == "Allow":
            assert said["Condition"] == {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}


def test_what_is_switched_off_is_not_allowed() -> None:
    written = policy(["detect_text"])

    assert actions(written) == {"rekognition:DetectText"}
    assert [one["Sid"] for one in policy(["detect_custom_labels"])["Statement"]] == ["LookWithOwnModels", "Never"]


def test_every_call_that_looks_at_a_photo_is_known_to_the_regions() -> None:
    assert {*EVERY, *iam.FACES} <= EVERYTHING


@pytest.mark.parametrize("region", ["", "eu-west-1", "us-gov-west-1"])
def test_iam_takes_the_longest_policy(region: str) -> None:
    """The grammar is checked by moto as IAM does; 6,144 characters without spaces are allowed in a managed policy."""
    written = json.dumps(
        policy(EVERY, faces=True, bucket="race-photos", account=Account(region=region)), separators=(",", ":")
    )

    with mock_aws():
        client = boto3.client("iam", aws_access_key_id="test", aws_secret_access_key="test")  # noqa: S106
        told = client.create_policy(PolicyName="spotter", PolicyDocument=written)

    assert told["Policy"]["PolicyName"] == "spotter"
    assert len(written) <= 6_144


def test_the_terminal_prints_it() -> None:
    told = CliRunner().invoke(cli, ["iam", "--faces", "--detectors", "text,faces", "--region", "eu-west-1"])

    assert json.loads(told.stdout) == policy(
        ["detect_text", "detect_faces"], faces=True, account=Account(region="eu-west-1")
    )


def test_the_terminal_knows_its_detectors() -> None:
    told = CliRunner().invoke(cli, ["iam", "--detectors", "txet"])

    assert told.exit_code == 1
    assert "There is no detector txet; there are celebrities," in told.stderr
