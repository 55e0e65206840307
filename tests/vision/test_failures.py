"""Whether the service failed, or asked for fewer calls, is told apart: one is left alone, the other slowed."""

import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError, ReadTimeoutError

from bot.errors import VisionBusy
from bot.vision.failures import from_aws


@pytest.mark.parametrize(
    ("code", "status", "failed"),
    [
        ("ThrottlingException", 400, False),
        ("ThrottlingException", 500, False),
        ("ProvisionedThroughputExceededException", 400, False),
        ("InternalServerError", 500, True),
        ("ServiceUnavailable", 503, True),
        ("SomethingNew", 502, True),
    ],
)
def test_what_was_answered(code: str, status: int, *, failed: bool) -> None:
    answer = {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}

    error = from_aws(ClientError(answer, "DetectText"))  # type: ignore[arg-type]  # the parts that count

    assert isinstance(error, VisionBusy)
    assert (error.failed, error.unanswered) == (failed, False)


@pytest.mark.parametrize(("kind", "unanswered"), [(ConnectTimeoutError, False), (ReadTimeoutError, True)])
def test_what_was_not_answered(kind: type[ConnectTimeoutError | ReadTimeoutError], *, unanswered: bool) -> None:
    error = from_aws(kind(endpoint_url="https://rekognition.example"))

    assert isinstance(error, VisionBusy)
    assert (error.failed, error.unanswered) == (True, unanswered)
