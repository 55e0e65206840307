"""The eyes: one question to one image, whoever answers."""

from collections.abc import Mapping
from typing import Any, Protocol

from bot.detectors import Answer


class Vision(Protocol):
    """One call wide, so that a new detector never changes it.

    Attributes:
        name: `Amazon Rekognition` or `embedded engine`.
        model: What answers, for the key of stored answers: an engine with other weights answers otherwise.
        region: Where quotas are counted, such as `eu-west-1`; `local` for the embedded engine.
        paid: Whether a call costs money.
    """

    name: str
    model: str
    region: str
    paid: bool

    def look(self, operation: str, image: bytes, options: Mapping[str, Any]) -> Answer:
        """Put one question to one image.

        Args:
            operation: By boto3's name, such as `detect_labels`.
            image: A JPEG that the gate made: `Photo.data`, or `Photo.large` where the engine has a place for it.
            options: The call's other parameters, such as `{"MaxLabels": 10}`.

        Raises:
            VisionBusy: Over the engine's rate, or no answer; look again later.
            VisionCannot: The engine or its region has no such operation; nothing was asked or paid.
            NotStored: A large photo could not be put where the engine would read it; nothing was asked or paid.
            VisionDenied: Credentials or a permission are missing.
            VisionError: The engine refused; looking again is no use.
        """
        ...

    def can(self, operation: str) -> bool:
        """Tell whether `operation` is offered here at all; costs nothing."""
        ...
