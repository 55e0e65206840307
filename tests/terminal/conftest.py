"""Each command is typed in an empty folder of its own, where no account is known."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.paid import Paid, rekognition

_NOTHING = {
    "AWS_CONFIG_FILE": "nowhere",
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_SHARED_CREDENTIALS_FILE": "nowhere",
    "SPOTTER_VISION": "embedded",
}
"""An environment that knows no account."""


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Each test stands in a folder of its own, and what it does to the log is undone."""
    ours = ("AWS_", "SLACK_", "SPOTTER_", "DATABASE_URL", "PORT")
    for name in [name for name in os.environ if name.startswith(ours)]:
        monkeypatch.delenv(name)
    for name, value in {**_NOTHING, "SPOTTER_HOME": str(tmp_path / "home")}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level


@pytest.fixture
def paid() -> Iterator[Paid]:
    """An Amazon Rekognition that reads colours."""
    with rekognition() as paid:
        yield paid
