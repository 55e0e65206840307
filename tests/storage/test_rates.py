"""Photos beyond an hour's number wait in line."""

import pytest

from storage import Storage
from tests.storage.at_once import at_once


def take(storage: Storage, name: str = "U1", workspace: str = "T1") -> float:
    with storage.begin(workspace) as work:
        return work.rates.take(name, per_hour=6)


def test_an_hour_s_photos_come_at_once_and_the_others_one_by_one(storage: Storage) -> None:
    waits = sorted(at_once(8, lambda _: take(storage)))

    assert waits[:6] == [0.0] * 6
    assert waits[6:] == [pytest.approx(600.0, abs=5.0), pytest.approx(1200.0, abs=5.0)]


def test_each_name_and_each_workspace_has_a_line_of_its_own(storage: Storage) -> None:
    for _ in range(7):
        take(storage)

    assert take(storage, "C1") == take(storage, workspace="T2") == 0.0
