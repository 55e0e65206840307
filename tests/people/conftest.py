"""One Slack, one memory and one engine for all tests of this folder; each test has a workspace of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.demo.server import LocalSlack
from bot.eyes import Eyes, eyes
from tests.people.office import Office
from tests.trip.running import settings_for


@pytest.fixture(scope="package")
def local_slack() -> Iterator[LocalSlack]:
    with LocalSlack() as slack:
        yield slack


@pytest.fixture(scope="package")
def seeing(
    local_slack: LocalSlack, new_database: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Eyes]:
    home: Path = tmp_path_factory.mktemp("home")
    with eyes(settings_for(local_slack, new_database("sqlite"), home)) as seeing:
        yield seeing


@pytest.fixture
def office(local_slack: LocalSlack, seeing: Eyes) -> Office:
    """A workspace in which nobody is known."""
    return Office(local_slack, seeing)
