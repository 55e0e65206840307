"""Tokens lie encrypted, keys can be changed, and the proof of an installation is good for once."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

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


GRID = replace(HARBOUR, workspace="E1", name="Marathon & Sons", bot_token="xoxb-9-secret", is_organization=True)  # noqa: S106  # as above


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


def test_the_token_of_an_organization_opens_its_workspaces_once_they_were_met(
    kept: Callable[..., Installations],
) -> None:
    installations = kept(OLD)
    installations.join("T1", "E1", 5.0)
    assert installations.every() == ()

    installations.keep(GRID)
    installations.join("T1", "E1", 5.0)
    installations.join("T1", "E2", 6.0)

    assert installations.of("T1") == GRID
    assert installations.of("T2") is installations.of("E1") is installations.of_organization("T1") is None
    assert installations.every() == ("T1",)
    assert installations.all() == (GRID,)


def test_news_from_before_a_departure_let_nobody_in_again(storage: Storage, kept: Callable[..., Installations]) -> None:
    installations = kept(OLD)
    installations.keep(GRID)
    storage.departures.note("T1", later := time.time() + 10)
    storage.departures.note("E1", later + 10)

    for team, at in (("T1", later - 1), ("T1", later + 9), ("T2", later + 10)):
        installations.join(team, "E1", at)
    assert installations.every() == ()

    installations.join("T1", "E1", later + 11)
    assert installations.every() == ("T1",)
    assert storage.departures.every() == {"E1": later + 10}


def test_what_an_organization_takes_away_concerns_the_workspaces_that_have_nothing_of_their_own(
    storage: Storage, kept: Callable[..., Installations]
) -> None:
    installations = kept(OLD)
    installations.keep(GRID)
    for team in ("T1", "T2", "T3"):
        installations.join(team, "E1", 5.0)
    installations.keep(replace(HARBOUR, workspace="T3"))

    assert sorted(storage.departures.borrowers("E1")) == ["T1", "T2"]
    assert [storage.departures.installer(one) for one in ("T1", "T3", "T4", "E1")] == ["E1", "T3", "T4", "E1"]


def test_keys_are_changed_for_organizations_too(kept: Callable[..., Installations]) -> None:
    kept(OLD).keep(HARBOUR)
    kept(OLD).keep(GRID)

    assert kept(NEW, OLD).renew() == 2
    assert kept(NEW).of_organization("E1") == GRID


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
