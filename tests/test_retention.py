"""Once a day, what is older than its term is deleted; run again, nothing more is."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.channel import ChannelSettings
from bot.core.consent import Consent, utc_now
from bot.core.share import Looked, Share
from bot.errors import SetupError
from bot.retention import Retention, Terms
from bot.routine import terms
from bot.settings import read_settings
from storage import Storage

TERMS = Terms(
    photos=timedelta(days=90), consents=timedelta(days=1096), audit=timedelta(days=400), records=timedelta(days=1096)
)
CONSENT = Consent(person="p-1", act="given", find_me=True, show_name=True, by="U1", text="words", at=utc_now())


@pytest.fixture
def storage(new_database: Callable[[str], str]) -> Iterator[Storage]:
    with closing(Storage(new_database("sqlite"))) as storage:
        yield storage


def retain(storage: Storage, days: int) -> None:
    """Do what is done so many days from now."""
    Retention(storage, TERMS, lambda: utc_now() + timedelta(days=days)).retain("job", {"workspace": "T1"})


def test_the_defaults_are_the_terms_that_the_privacy_notes_promise() -> None:
    assert terms(read_settings(_env_file=None)) == TERMS


@pytest.mark.parametrize("name", ["photos", "audit", "consents", "records"])
@pytest.mark.parametrize("days", ["0", "3651"])
def test_no_term_is_nothing_or_for_ever(monkeypatch: pytest.MonkeyPatch, name: str, days: str) -> None:
    monkeypatch.setenv(f"SPOTTER_KEEP_{name.upper()}_DAYS", days)

    with pytest.raises(SetupError, match=name.upper()):
        read_settings(_env_file=None)


def test_photos_and_start_lists_go_after_ninety_days_in_as_many_steps_as_it_takes(storage: Storage) -> None:
    with storage.begin("T1") as work:
        for number in range(450):
            work.shares.begin(Share(channel="C1", ts=f"{number}.5", file=f"F{number}"))
        work.shares.finish(Share(channel="C1", ts="7.5", file="F7"), Looked(digest="d7"))
        work.start_lists.replace("C1", [("1", "Ada", {})])
        work.channels.settle("C1", replace(ChannelSettings(), start_list="one"))

    retain(storage, 89)
    with storage.begin("T1") as work:
        assert len(work.shares.places({"C1"}, since=utc_now() - timedelta(days=1))) == 450
        assert work.start_lists.size("C1") == 1

    retain(storage, 91)
    retain(storage, 91)
    with storage.begin("T1") as work:
        assert work.shares.places({"C1"}, since=utc_now() - timedelta(days=1)) == ()
        assert (work.start_lists.size("C1"), work.channels.settings("C1").start_list) == (0, "")
        assert [(act.act, dict(act.detail)) for act in work.audit.every()] == [
            ("settings", {"start_list": ""}),
            ("retain", {"photos": 450}),
        ]


def test_the_ledger_forgets_three_years_after_the_end(storage: Storage) -> None:
    with storage.begin("T1") as work:
        work.consents.sign(CONSENT)
        work.consents.sign(replace(CONSENT, act="withdrawn"))
        work.consents.sign(replace(CONSENT, person="p-2"))

    retain(storage, 3 * 365)
    with storage.begin("T1") as work:
        assert len(work.consents.of("p-1")) == 2

    retain(storage, 3 * 366)
    with storage.begin("T1") as work:
        assert work.consents.of("p-1") == ()
        assert len(work.consents.of("p-2")) == 1


def test_the_audit_log_is_whole_after_its_oldest_acts_went(storage: Storage) -> None:
    with storage.begin("T1") as work:
        work.audit.note("U1", "settings", "C1")

    retain(storage, 399)
    with storage.begin("T1") as work:
        assert [act.act for act in work.audit.every()] == ["settings"]

    retain(storage, 401)
    with storage.begin("T1") as work:
        assert [act.act for act in work.audit.every()] == ["audit_drop"]
        assert work.audit.first_broken() is None
