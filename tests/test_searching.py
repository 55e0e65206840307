"""The search of the suite's log finds what it is for, and nothing else."""

import logging

import pytest

from storage.sealing import Seal, new_key
from tests.searching import Searching

KEY = new_key()


def searched(told: str, error: Exception | None = None) -> list[str]:
    """What is found in one record."""
    searching = Searching()
    kept = (type(error), error, None) if error else None
    searching.handle(logging.LogRecord("bot", logging.DEBUG, __file__, 1, "sent %s", (told,), kept))
    return searching.found


@pytest.mark.parametrize(
    "secret",
    ["xoxb-local-spotter", "xapp-local-spotter", "local-signing-secret", KEY, Seal([KEY]).close("a"), "Bearer abc"],
    ids=["bot token", "app token", "signing secret", "key", "sealed token", "header"],
)
def test_a_secret_is_found_in_a_message_and_in_its_traceback(secret: str) -> None:
    assert len(searched(f"with {secret} today")) == len(searched("it", OSError(f"to {secret}"))) == 1


@pytest.mark.parametrize("told", ["F0123456789", "d" * 64, "T0SPOTTER", "asked detect_text in 12.3 ms"])
def test_what_is_no_secret_is_left_alone(told: str) -> None:
    assert searched(told) == []
