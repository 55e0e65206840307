"""What the engine answers in place of a finding, in the words of the service."""

from typing import Any, Final

MESSAGES: Final = {
    "ConflictException": "A User with the same Id already exists within the collection.",
    "IdempotentParameterMismatchException": (
        "A ClientRequestToken input parameter was reused with an operation, but at least one of the other input"
        " parameters is different from the previous call to the operation."
    ),
    "ImageTooLargeException": "Image size is too large.",
    "InvalidImageFormatException": "Request has invalid image format",
    "InvalidParameterException": "Request has invalid parameters",
    "InvalidPaginationTokenException": "Pagination token in the request is not valid.",
    "InvalidS3ObjectException": (
        "Unable to get object metadata from S3. Check object key, region and/or access permissions."
    ),
    "ServiceQuotaExceededException": "The size of the collection exceeds the allowed limit.",
}
"""Amazon's own sentences (developer guide, error handling; the service model)."""


class Refused(Exception):
    """A request that the service would refuse, too.

    Args:
        code: One of the exceptions of the service model.
        message: Where it should say more than Amazon does.
    """

    status: Final = 400

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(message or MESSAGES[code])
        self.code = code

    @property
    def body(self) -> dict[str, Any]:
        """The error as Rekognition sends it."""
        return {"__type": self.code, "Code": self.code, "Message": str(self)}
