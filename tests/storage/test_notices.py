"""What is told once is told once."""

from storage import Storage
from tests.storage.at_once import at_once


def first(storage: Storage, key: str, workspace: str = "T1") -> bool:
    with storage.begin(workspace) as work:
        return work.notices.first(key)


def test_a_notice_is_new_once(storage: Storage) -> None:
    assert [first(storage, "scope"), first(storage, "scope")] == [True, False]


def test_every_key_and_every_workspace_has_a_first_time(storage: Storage) -> None:
    assert first(storage, "scope")
    assert first(storage, "cannot")
    assert first(storage, "scope", workspace="T2")


def test_one_of_many_threads_is_the_first(storage: Storage) -> None:
    assert sum(at_once(8, lambda _: first(storage, "scope"))) == 1


def test_the_first_time_stays_the_first_time(storage: Storage) -> None:
    with storage.begin("T1") as work:
        started = work.notices.since("first start")
    with storage.begin("T1") as work:
        assert work.notices.since("first start") == started
