"""The AWS policy for what is switched on: these calls, on what is ours, and nothing else (facts: trust §5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from bot.core.gallery import PREFIX

COLLECTIONS: Final = (
    "associate_faces",
    "delete_collection",
    "delete_faces",
    "delete_user",
    "describe_collection",
    "disassociate_faces",
    "create_user",
    "index_faces",
    "list_faces",
    "list_users",
    "search_users_by_image",
)
"""What is asked of a workspace's own collection, by boto3's names."""
FACES: Final = ("compare_faces", "detect_faces")
"""What face matching asks besides; it stores nothing."""
LARGE_PHOTOS: Final = ("delete_object", "get_object", "put_object")
"""What is done in the bucket. Rekognition reads it with the caller's permission, hence `get_object`."""
LARGE_PHOTOS_PREFIX: Final = "spotter/"
NEVER: Final = ("CreateProject*", "CreateStreamProcessor", "PutProjectPolicy", "Start*")
"""What costs by the hour, or watches films: refused even where another policy allows it."""
CUSTOM_LABELS: Final = "detect_custom_labels"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Where the policy holds.

    Attributes:
        region: Such as `eu-west-1`; empty for any.
        number: The account's twelve digits; empty for whichever the policy is put into.
    """

    region: str = ""
    number: str = ""

    @property
    def partition(self) -> str:
        """The part of AWS that it belongs to."""
        return "aws-us-gov" if self.region.startswith("us-gov-") else "aws"

    def arn(self, what: str) -> str:
        """Name a resource of Rekognition's there."""
        return f"arn:{self.partition}:rekognition:{self.region or '*'}:{self.number or '*'}:{what}"


def policy(
    operations: Iterable[str], *, faces: bool = False, bucket: str = "", account: Account | None = None
) -> dict[str, Any]:
    """Write an identity-based policy (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies.html).

    Args:
        operations: What the detectors ask, by boto3's names.
        faces: Whether people may be enrolled and found.
        bucket: For photos over 5 MB; empty for none.
        account: Where it holds; anywhere unless told otherwise.
    """
    where = account or Account()
    asked = {*operations, *(FACES if faces else ())}
    stateless = asked - {CUSTOM_LABELS}
    statements = [
        *([_allow("LookAtPhotos", stateless, "*", where)] if stateless else []),
        *([_allow("LookWithOwnModels", [CUSTOM_LABELS], where.arn("project/*"))] if CUSTOM_LABELS in asked else []),
        *(_collections(where) if faces else []),
        *([_bucket(bucket, where)] if bucket else []),
        {"Sid": "Never", "Effect": "Deny", "Action": [f"rekognition:{one}" for one in NEVER], "Resource": "*"},
    ]
    return {"Version": "2012-10-17", "Statement": statements}


def action(operation: str) -> str:
    """Name what allows an operation: `detect_text` is `DetectText`."""
    return operation.title().replace("_", "")


def _collections(where: Account) -> list[dict[str, Any]]:
    """A collection that is not there yet has no name to allow: its making is allowed for any."""
    return [
        _allow("KeepFacesOfThoseWhoAgreed", COLLECTIONS, where.arn(f"collection/{PREFIX}*")),
        _allow("MakeCollections", ["create_collection"], "*", where),
    ]


def _bucket(bucket: str, where: Account) -> dict[str, Any]:
    return {
        "Sid": "LargePhotos",
        "Effect": "Allow",
        "Action": [f"s3:{action(one)}" for one in LARGE_PHOTOS],
        "Resource": f"arn:{where.partition}:s3:::{bucket}/{LARGE_PHOTOS_PREFIX}*",
    }


def _allow(sid: str, operations: Iterable[str], resource: str, within: Account | None = None) -> dict[str, Any]:
    """A statement; `within` keeps it to a region where the resource's name does not."""
    held = {"Condition": {"StringEquals": {"aws:RequestedRegion": within.region}}} if within and within.region else {}
    actions = sorted(f"rekognition:{action(one)}" for one in operations)
    return {"Sid": sid, "Effect": "Allow", "Action": actions, "Resource": resource, **held}
