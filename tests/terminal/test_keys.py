"""`spotter keys`: a key is made, and tokens are encrypted anew with it."""

from collections.abc import Callable
from contextlib import closing

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from storage import Storage
from storage.installations import Installations
from storage.sealing import Seal, new_key
from tests.storage.test_installations import HARBOUR


@pytest.fixture
def database(new_database: Callable[[str], str]) -> str:
    """The URL of a database."""
    return new_database("sqlite")


@pytest.fixture
def spotter(database: str) -> Callable[..., Result]:
    """Runs the program with keys of one's choice."""

    def run(*arguments: str, keys: str = "") -> Result:
        environment = {"DATABASE_URL": database, "SPOTTER_KEYS": keys}
        return CliRunner().invoke(cli, ["keys", *arguments], env=environment)

    return run


def test_a_new_key_opens_what_it_closed(spotter: Callable[..., Result]) -> None:
    key = spotter("new").stdout.strip()

    assert Seal([key]).open(Seal([key]).close("xoxb-1")) == "xoxb-1"


def test_after_a_rotation_the_old_key_may_go(database: str, spotter: Callable[..., Result]) -> None:
    old, new = new_key(), new_key()
    with closing(Storage(database)) as storage:
        Installations(storage.tenancy, Seal([old])).keep(HARBOUR)

        answer = spotter("rotate", keys=f"{new}, {old}")

        assert answer.stdout == "Tokens that are encrypted with the first key now: 1.\n"
        assert Installations(storage.tenancy, Seal([new])).of("T1") == HARBOUR


def test_without_keys_it_says_how_to_make_one(spotter: Callable[..., Result]) -> None:
    answer = spotter("rotate")

    assert (answer.exit_code, "spotter keys new" in answer.stderr) == (1, True)
