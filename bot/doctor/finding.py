"""What the doctor found: one thing, how it is, and how to mend it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from bot.errors import SpotterError

State = Literal["ok", "look", "warn", "bad"]
"""`look` is what nobody can check from here, `warn` what works badly, `bad` what must be mended first."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        state: How it is.
        what: Which thing, in a word or two.
        told: What was found, as a sentence.
        mend: What to do about it, as a sentence; empty where there is nothing to do.
    """

    state: State
    what: str
    told: str
    mend: str = ""

    def __str__(self) -> str:
        """As a line for a terminal."""
        return f"{self.state:<5} {self.what}: {self.told} {self.mend}".rstrip()


Check = Callable[[], Iterable[Finding]]


def tried(what: str, check: Check, *, state: State = "bad", mend: str = "") -> list[Finding]:
    """Make a check; an error of ours is what was found.

    Args:
        what: What the finding is called then.
        check: The check.
        state: How bad that is.
        mend: What helps, where the error does not say it.
    """
    try:
        return [*check()]
    except SpotterError as error:
        return [Finding(state, what, error.say, mend)]
