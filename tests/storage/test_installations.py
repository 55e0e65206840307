"""Tokens lie encrypted, keys can be changed, and the proof of an installation is good for once."""

from collections.abc import Callable, Sequence

import pytest
from sqlalchemy import select, update

from bot.errors import SetupError
from storage import Storage
from storage.installations import Installations, Installed
from storage.models import InstallationRow, InstallStateRow
from storage.sealing import Seal, new_key
from tests.storage.at_once import at_once

OLD, NEW = new_key(), new_key()
HARBOUR = Installed(
    workspace="T1",
    name="Harbour Runners",
    bot_token="xoxb-1-secret",  # noqa: S106  # opens nothing
    bot_user="U0",
    scopes=("commands", "chat:write"),
    installed_by="U1",
)


@pytest.fixture
def kept(storage: Storage) -> Callable[..., Installations]:
    """The installations, with keys of one's choice."""
    return lambda *keys: Installations(storage.tenancy, Seal(keys))


def columns(storage: Storage) -> Sequence[str]:
    """The tokens as they lie in the database."""
    with storage.engine.connect() as connection:
        return connection.scalars(select(InstallationRow.bot_token)).all()


def test_a_token_lies_encrypted_and_comes_back(storage: Storage, kept: Callable[..., Installations]) -> None:
    kept(OLD).keep(HARBOUR)

    assert kept(OLD).of("T1") == HARBOUR
    [lies] = columns(storage)
    assert "xox" not in lies
    assert "secret" not in repr(HARBOUR)


def test_a_new_installation_takes_the_place_of_the_old_one(kept: Callable[..., Installations]) -> None:
    kept(OLD).keep(HARBOUR)
    kept(NEW, OLD).keep(HARBOUR)

    assert kept(NEW).every() == ("T1",)
    assert kept(NEW).of("T1") == HARBOUR
    assert kept(NEW).of("T2") is None


def test_keys_are_changed_in_three_steps(kept: Callable[..., Installations]) -> None:
    kept(OLD).keep(HARBOUR)

    with pytest.raises(SetupError, match="lacks the key"):
        kept(NEW).of("T1")
    assert kept(NEW, OLD).renew() == 1
    assert kept(NEW).of("T1") == HARBOUR


def test_where_a_key_is_missing_no_token_is_changed(storage: Storage, kept: Callable[..., Installations]) -> None:
    kept(OLD).keep(HARBOUR)
    before = columns(storage)

    with pytest.raises(SetupError, match="lacks the key"):
        kept(NEW).renew()

    assert columns(storage) == before


@pytest.mark.parametrize("keys", [(), ("short",), (NEW, "é")], ids=["none", "short", "one of two"])
def test_what_is_no_key_is_said_without_showing_it(keys: tuple[str, ...]) -> None:
    with pytest.raises(SetupError, match="spotter keys new") as refused:
        Seal(keys)

    assert not [key for key in keys if key in refused.value.say]


def test_of_many_who_come_back_with_one_proof_one_is_let_in(kept: Callable[..., Installations]) -> None:
    installations = kept(OLD)
    state = installations.issue_state()

    assert sorted(at_once(5, lambda _: installations.consume_state(state))) == [False] * 4 + [True]
    assert not installations.consume_state("never issued")


def test_an_old_proof_is_worth_nothing_and_is_forgotten(storage: Storage, kept: Callable[..., Installations]) -> None:
    first, second = kept(OLD).issue_state(), kept(OLD).issue_state()
    with storage.engine.begin() as connection:
        connection.execute(update(InstallStateRow).values(until=1.0))

    assert not kept(OLD).consume_state(first)
    kept(OLD).issue_state()
    with storage.engine.connect() as connection:
        assert second not in connection.scalars(select(InstallStateRow.state)).all()
