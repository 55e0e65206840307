"""Who runs with which number, channel by channel."""

import pytest

from storage import Storage
from storage.start_lists import Runner

ROWS = [("04", "Zoë Müller", {"club": "LC Bern"}), ("4", "Max O'Neil", {}), ("A12", "50%_Anna", {})]
SEES = frozenset({"C1", "C2"})


def keep(storage: Storage, channel: str = "C1", workspace: str = "T1") -> None:
    with storage.begin(workspace) as work:
        assert work.start_lists.replace(channel, ROWS) == len(ROWS)


def called(storage: Storage, name: str, channels: frozenset[str] = SEES, workspace: str = "T1") -> list[str]:
    with storage.begin(workspace) as work:
        return [runner.number for runner in work.start_lists.called(name, channels)]


def test_a_list_is_given_back_as_it_was_kept(storage: Storage) -> None:
    keep(storage)

    with storage.begin("T1") as work:
        assert sorted(work.start_lists.rows("C1")) == sorted(ROWS)
        assert work.start_lists.size("C1") == 3
        assert work.start_lists.named_among("C1", {"04", "5"}) == {"04": "Zoë Müller"}


def test_a_new_list_takes_the_place_of_the_old_one(storage: Storage) -> None:
    keep(storage)

    with storage.begin("T1") as work:
        work.start_lists.replace("C1", [("5", "Eva", {}), ("5", "Eva Lang", {})])

        assert work.start_lists.rows("C1") == [("5", "Eva Lang", {})]


def test_an_empty_list_is_no_list(storage: Storage) -> None:
    keep(storage)

    with storage.begin("T1") as work:
        assert work.start_lists.replace("C1", []) == 0
        assert work.start_lists.size("C1") == 0


def test_lists_stay_in_their_channel_and_workspace(storage: Storage) -> None:
    keep(storage)

    with storage.begin("T1") as work:
        assert work.start_lists.rows("C2") == []
    with storage.begin("T2") as work:
        work.start_lists.delete("C1")
    assert called(storage, "Zoë", workspace="T2") == []
    assert called(storage, "Zoë", frozenset({"C2"})) == []
    assert called(storage, "Zoë", frozenset()) == []
    assert called(storage, "Zoë") == ["04"]


@pytest.mark.parametrize("name", ["zoe", "MÜLLER", "mueller", "müller, zoë", "zo mul"])
def test_a_name_is_found_without_case_accents_and_order(storage: Storage, name: str) -> None:
    keep(storage)

    assert called(storage, name) == ([] if name == "mueller" else ["04"])


@pytest.mark.parametrize(("name", "numbers"), [("oneil", ["4"]), ("uller", []), ("%", []), ("_", []), ("50", ["A12"])])
def test_only_beginnings_of_words_count_and_no_wildcards(storage: Storage, name: str, numbers: list[str]) -> None:
    keep(storage)

    assert called(storage, name) == numbers


def test_a_runner_is_named_with_the_channel(storage: Storage) -> None:
    keep(storage, "C2")

    with storage.begin("T1") as work:
        assert work.start_lists.called("zoe", SEES) == (Runner("C2", "04", "Zoë Müller"),)


def test_a_hundred_thousand_runners_are_kept(storage: Storage) -> None:
    rows = [(str(number), f"Runner {number}", {"club": "none"}) for number in range(100_000)]

    with storage.begin("T1") as work:
        assert work.start_lists.replace("C1", rows) == 100_000
        assert work.start_lists.size("C1") == 100_000
