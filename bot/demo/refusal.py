"""Slack's no."""

from typing import Any


class Refused(Exception):
    """Slack does not do it.

    Attributes:
        error: Slack's word for why, as `not_in_channel`.
        details: What the answer says besides, as `needed` and `provided`.
    """

    def __init__(self, error: str, **details: Any) -> None:
        super().__init__(error)
        self.error = error
        self.details = details


def invalid_arguments(message: str) -> Refused:
    """Refuse arguments that are missing or of the wrong kind."""
    return Refused("invalid_arguments", response_metadata={"messages": [f"[ERROR] {message}"]})
