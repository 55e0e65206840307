"""A job that was given up for good, kept until an admin has it done after all."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """A job that came to nothing.

    Attributes:
        job: Its name.
        kind: What kind of job it is.
        payload: What it was told: ids and other keys, as JSON has them.
        error: Why it was given up, in a sentence.
        at: When, in seconds since 1970; 0 until it is stored.
    """

    job: str
    kind: str
    payload: Mapping[str, Any]
    error: str
    at: float = 0.0

    @property
    def workspace(self) -> str:
        """Whose job it is; empty where it is no workspace's, such as a sweep."""
        return str(self.payload.get("workspace", ""))
