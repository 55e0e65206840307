"""Which numbers people want to hear of."""

import pytest

from bot.errors import AskError
from storage import Storage
from storage.watches import MOST_WATCHES


def test_who_watches_a_number_is_known(storage: Storage) -> None:
    with storage.begin("T1") as work:
        assert work.watches.add("U1", "1234")
        assert work.watches.add("U2", "1234")
        assert work.watches.add("U1", "77")

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
        assert work.watches.watchers(("1234",)) == {}


def test_watches_stay_in_their_workspace(storage: Storage) -> None:
    with storage.begin("T1") as work:
        work.watches.add("U1", "1234")

    with storage.begin("T2") as work:
        assert work.watches.watchers(("1234",)) == {}
        assert work.watches.of("U1") == ()
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
