"""Which numbers people want to hear of, and that they hear of a photo once."""

import pytest

from bot.errors import AskError
from storage import Storage
from storage.watches import MOST_WATCHES
from tests.storage.found import bib, put


def test_who_watches_a_number_is_known(storage: Storage) -> None:
    with storage.begin("T1") as work:
        assert work.watches.add("U1", "1234")
        assert work.watches.add("U2", "1234")
        assert work.watches.add("U1", "77")

        assert work.watches.watching("1234") == {"U1", "U2"}
        assert work.watches.watchers(("1234", "77", "5")) == {"U1": ("1234", "77"), "U2": ("1234",)}
        assert work.watches.of("U1") == ("77", "1234")


def test_watching_twice_changes_nothing(storage: Storage) -> None:
    with storage.begin("T1") as work:
        work.watches.add("U1", "1234")

        assert not work.watches.add("U1", "1234")
        assert work.watches.of("U1") == ("1234",)


def test_a_watch_can_end(storage: Storage) -> None:
    with storage.begin("T1") as work:
        work.watches.add("U1", "1234")

        assert work.watches.remove("U1", "1234")
        assert not work.watches.remove("U1", "1234")
        assert work.watches.watching("1234") == frozenset()


def test_watches_stay_in_their_workspace(storage: Storage) -> None:
    with storage.begin("T1") as work:
        work.watches.add("U1", "1234")
        work.watches.first_told("U1", "1234", "d1")

    with storage.begin("T2") as work:
        assert work.watches.watching("1234") == frozenset()
        assert work.watches.of("U1") == ()
        assert work.watches.first_told("U1", "1234", "d1")
        assert not work.watches.remove("U1", "1234")


def test_one_person_watches_fifty_numbers_at_most(storage: Storage) -> None:
    with storage.begin("T1") as work:
        for number in range(MOST_WATCHES):
            work.watches.add("U1", str(number))

        with pytest.raises(AskError, match="50 numbers already"):
            work.watches.add("U1", "1234")

        assert len(work.watches.of("U1")) == MOST_WATCHES
        assert not work.watches.add("U1", "0")
        assert work.watches.add("U2", "1234")


def test_one_photo_tells_a_watcher_once(storage: Storage) -> None:
    with storage.begin("T1") as work:
        assert work.watches.first_told("U1", "1234", "d1")
        assert not work.watches.first_told("U1", "1234", "d1")
        assert work.watches.first_told("U1", "1234", "d2")
        assert work.watches.first_told("U2", "1234", "d1")


def test_who_was_told_is_forgotten_with_the_photo(storage: Storage) -> None:
    put(storage, "F1", bib("1234"), digest="d1")
    with storage.begin("T1") as work:
        work.watches.first_told("U1", "1234", "d1")
        work.shares.forget("F1")

    with storage.begin("T1") as work:
        assert work.watches.first_told("U1", "1234", "d1")
