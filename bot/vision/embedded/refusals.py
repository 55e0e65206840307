"""What the engine answers in place of a finding, in the words of the service."""

from typing import Any, Final

MESSAGES: Final = {
    "ImageTooLargeException": "Image size is too large.",
    "InvalidImageFormatException": "Request has invalid image format",
    "InvalidParameterException": "Request has invalid parameters",
    "InvalidS3ObjectException": (
        "Unable to get object metadata from S3. Check object key, region and/or access permissions."
    ),
}
"""Amazon's own sentences (developer guide, error handling)."""


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
