"""A workspace with the bot in it, for each kind of database once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from bot.app import Bot
from bot.demo.server import LocalSlack
from tests.conftest import DATABASES
from tests.trip.running import running, settings_for


@dataclass(frozen=True)
class Trip:
    """A workspace and the bot that listens to it."""

    slack: LocalSlack
    bot: Bot


@pytest.fixture(scope="module", params=DATABASES)
def trip(
    request: pytest.FixtureRequest, new_database: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Trip]:
    """The bot at work; a module's tests share it, so each uses photos or threads of its own."""
    with LocalSlack() as slack:
        settings = settings_for(slack, new_database(request.param), tmp_path_factory.mktemp("home"))
        with running(slack, settings) as bot:
            yield Trip(slack, bot)
