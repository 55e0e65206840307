"""What can go wrong between us and AWS, put once into our own errors."""

from typing import Any, Final

from botocore import exceptions as aws

from bot.errors import VisionBusy, VisionCannot, VisionDenied, VisionError, VisionMissing

BUSY: Final = {
    "ConflictException",
    "InternalServerError",
    "LimitExceededException",
    "ProvisionedThroughputExceededException",
    "RequestTimeout",
    "ServiceUnavailable",
    "ThrottlingException",
    "TooManyRequestsException",
}
FAILED: Final = {"InternalServerError", "RequestTimeout", "ServiceUnavailable"}
"""Of those, what the service itself is to blame for; the others ask for fewer calls."""
REFUSED_CREDENTIALS: Final = {
    "ExpiredToken",
    "ExpiredTokenException",
    "IncompleteSignature",
    "InvalidClientTokenId",
    "InvalidSignatureException",
    "MissingAuthenticationToken",
    "MissingAuthenticationTokenException",
    "OptInRequired",
    "RequestExpired",
    "SignatureDoesNotMatch",
    "SubscriptionRequiredException",
    "UnrecognizedClientException",
}
SENTENCES: Final = {
    "ImageTooLargeException": "The photo service refused this photo: it is too large.",
    "InvalidImageFormatException": "The photo service refused this photo: it reads JPEG and PNG only.",
    "InvalidParameterException": "The photo service could not use this photo or the way I asked.",
    "ServiceQuotaExceededException": "The collection holds as many faces as it can; an admin can take some away.",
    "ResourceNotReadyException": "The model is not running; an admin can start it in AWS.",
    "InvalidS3ObjectException": "The photo service cannot read the photo from S3; an admin must check the bucket.",
}
_MISSING: Final = {"DetectCustomLabels": "There is no such model; an admin can correct it in the channel's settings."}
_NOBODY: Final = "Nothing is kept here for this person, or not any more."
MISSING_CREDENTIALS: Final = (
    aws.CredentialRetrievalError,
    aws.LoginError,
    aws.NoAuthTokenError,
    aws.NoCredentialsError,
    aws.PartialCredentialsError,
    aws.SSOError,
    aws.TokenRetrievalError,
)
UNREACHABLE: Final = (aws.ConnectionError, aws.HTTPClientError)
SENT: Final = (aws.ReadTimeoutError, aws.ConnectionClosedError, aws.ResponseStreamingError)
"""Without an answer, and perhaps counted and billed all the same."""


def from_aws(error: aws.ClientError | aws.BotoCoreError) -> VisionError:
    """Translate whatever botocore raised; the caller raises the result from it."""
    return _answered(error) if isinstance(error, aws.ClientError) else _unanswered(error)


def _answered(error: aws.ClientError) -> VisionError:
    code = error.response.get("Error", {}).get("Code", "")
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    if code in BUSY or status >= 500:  # noqa: PLR2004 - HTTP's own number
        return VisionBusy(after=_seconds(error.response), failed=code in FAILED or code not in BUSY)
    if code == "AccessDeniedException":
        return VisionDenied(
            f"Amazon Rekognition does not let me in; an AWS admin must allow rekognition:{error.operation_name}."
        )
    if code in REFUSED_CREDENTIALS:
        return VisionDenied(
            "AWS does not accept my credentials: wrong, expired or not signed up; an admin must renew them."
        )
    if code == "ResourceNotFoundException":
        return VisionMissing(_MISSING.get(error.operation_name, _NOBODY))
    if code == "UnknownOperationException":
        return VisionCannot(f"{error.operation_name} is not offered in this AWS region.")
    return VisionError(SENTENCES.get(code, f"The photo service refused this photo ({code or 'no reason given'})."))


def _seconds(response: Any) -> float:
    """Read how long AWS asks us to wait; the header counts milliseconds."""
    header = response.get("ResponseMetadata", {}).get("HTTPHeaders", {}).get("x-amz-retry-after", "")
    return int(header) / 1000 if header.isdecimal() else 0.0


def _unanswered(error: aws.BotoCoreError) -> VisionError:
    if isinstance(error, MISSING_CREDENTIALS):
        return VisionDenied("I have no usable AWS credentials; an admin must set them.")
    if isinstance(error, UNREACHABLE):
        say = "I cannot reach Amazon Rekognition right now; I will try again."
        return VisionBusy(say, unanswered=isinstance(error, SENT), failed=True)
    return VisionError("The photo service could not be asked; the log says more.")
