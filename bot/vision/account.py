"""What an AWS account lets us do: asked for the doctor, in ways that change nothing and look at no photo."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final
from uuid import uuid4

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from bot.core.iam import LARGE_PHOTOS_PREFIX
from bot.errors import VisionBusy, VisionCannot, VisionDenied, VisionError
from bot.vision.failures import from_aws

_NO_PICTURE: Final = {"Bytes": b"-"}
"""Amazon bills images that were analysed; this one is refused as none, after the permission was looked at."""
_NOWHERE: Final = "spotter.doctor-asks-for-no-collection"
_NO_FACE: Final = "00000000-0000-0000-0000-000000000000"
_NO_MODEL: Final = "arn:aws:rekognition:{}:{}:project/spotter-doctor/version/spotter-doctor/1"
_FILLED: Final[dict[str, Any]] = {
    "CollectionId": _NOWHERE,
    "FaceIds": [_NO_FACE],
    "Image": _NO_PICTURE,
    "SourceImage": _NO_PICTURE,
    "TargetImage": _NO_PICTURE,
    "UserId": "spotter-doctor",
}
"""Values for the required members of every operation: well formed, and of nothing that there is."""
_NO_NAME: Final = "!"
"""No collection may be called so; else the call that makes one would."""
_DENIED: Final = frozenset({"AccessDenied", "AccessDeniedException"})
_NO_ANSWER: Final = (VisionBusy, VisionCannot, VisionDenied)
_QUOTA: Final = re.compile(r"operation[s]? (\w+)")
_PATIENCE: Final = Config(
    retries={"mode": "standard", "total_max_attempts": 2}, connect_timeout=5, read_timeout=15, max_pool_connections=2
)

Clients = Callable[[str], Any]
"""Makes a boto3 client by the name of its service."""


def clients(region: str) -> Clients:
    """Real ones in a region; nothing is sent yet."""
    return lambda service: boto3.client(service, region_name=region, config=_PATIENCE)  # type: ignore[call-overload]  # its stubs know literals alone


class Account:
    """An AWS account, as its credentials see it.

    Args:
        clients: Makes clients, all of one region.
    """

    def __init__(self, clients: Clients) -> None:
        self._clients = clients
        self._rekognition: Any = clients("rekognition")

    def identity(self) -> tuple[str, str]:
        """Ask who we are, which everybody may: the account's number, and the user's or role's ARN.

        Raises:
            VisionError: AWS does not know these credentials, or does not answer.
        """
        with _translated():
            told = self._clients("sts").get_caller_identity()
        return told["Account"], told["Arn"]

    def allows(self, operation: str, number: str = "") -> bool:
        """Whether an operation of Rekognition is allowed: it is asked for something that is not there.

        AWS looks at the permission before it looks for what is asked for.

        Args:
            operation: By boto3's name.
            number: The account's; some operations want its models named.

        Raises:
            VisionError: AWS does not know these credentials, or does not answer.
        """
        try:
            self._ask(operation, number)
        except (ClientError, BotoCoreError) as error:
            if _code(error) in _DENIED:
                return False
            translated = from_aws(error)
            if isinstance(translated, _NO_ANSWER) or isinstance(error, BotoCoreError):
                raise translated from error
        return True

    def quotas(self) -> dict[str, float]:
        """Ask for the calls a second of each operation, by Amazon's names; needs servicequotas:ListServiceQuotas.

        Raises:
            VisionError: We may not ask.
        """
        with _translated():
            pages = self._clients("service-quotas").get_paginator("list_service_quotas")
            told = [one for page in pages.paginate(ServiceCode="rekognition") for one in page["Quotas"]]
        named = ((_QUOTA.search(one["QuotaName"]), one["Value"]) for one in told)
        return {name[1]: value for name, value in named if name}

    def opted_out(self) -> bool:
        """Ask whether Amazon may keep our photos to better its service; organizations:DescribeEffectivePolicy.

        https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_ai-opt-out.html

        Raises:
            VisionError: We may not ask, or the account is in no organization.
        """
        with _translated():
            organizations = self._clients("organizations")
            told = organizations.describe_effective_policy(PolicyType="AISERVICES_OPT_OUT_POLICY")
        services = json.loads(told["EffectivePolicy"]["PolicyContent"])["services"]
        said = {**services.get("default", {}), **services.get("rekognition", {})}
        return bool(said.get("opt_out_policy") == "optOut")

    def bucket_region(self, bucket: str) -> str:
        """Ask where a bucket is; S3 tells also whoever may not look into it. Empty where it does not.

        Raises:
            VisionError: S3 does not answer.
        """
        told: Any
        try:
            told = self._clients("s3").head_bucket(Bucket=bucket)
        except ClientError as error:
            told = error.response
        except BotoCoreError as error:
            raise from_aws(error) from error
        return str(told["ResponseMetadata"]["HTTPHeaders"].get("x-amz-bucket-region", ""))

    def missing_in(self, bucket: str) -> tuple[str, ...]:
        """Put a byte into a bucket, read it and delete it; the permissions that are missing.

        Raises:
            VisionError: S3 refuses for another reason, such as a bucket that is not there.
        """
        client, place = self._clients("s3"), {"Bucket": bucket, "Key": f"{LARGE_PHOTOS_PREFIX}doctor-{uuid4().hex}"}
        tries = {
            "s3:PutObject": lambda: client.put_object(**place, Body=b"-"),
            "s3:GetObject": lambda: client.get_object(**place),
            "s3:DeleteObject": lambda: client.delete_object(**place),
        }
        return tuple(permission for permission, ask in tries.items() if _denied(ask))

    def _ask(self, operation: str, number: str) -> None:
        client = self._rekognition
        shape = client.meta.service_model.operation_model(client.meta.method_to_api_mapping[operation]).input_shape
        model = _NO_MODEL.format(client.meta.region_name, number)
        filled = {**_FILLED, "ProjectVersionArn": model}
        if operation == "create_collection":
            filled["CollectionId"] = _NO_NAME
        getattr(client, operation)(**{name: filled[name] for name in shape.required_members})


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (ClientError, BotoCoreError) as error:
        raise from_aws(error) from error


def _denied(ask: Callable[[], object]) -> bool:
    try:
        ask()
    except ClientError as error:
        if _code(error) not in {*_DENIED, "NoSuchKey"}:
            raise VisionError(f"S3 refused ({_code(error)}).") from error
        return _code(error) in _DENIED
    except BotoCoreError as error:
        raise VisionError("S3 cannot be reached.") from error
    return False


def _code(error: ClientError | BotoCoreError) -> str:
    return str(error.response.get("Error", {}).get("Code", "")) if isinstance(error, ClientError) else ""
