"""Calls of one name are spaced out, over threads and processes, on the database's clock."""

from typing import Any

import pytest
from sqlalchemy import select, update

from storage import Storage
from storage.engine import clock
from storage.models import PaceRow
from tests.storage.at_once import at_once


def test_the_first_call_may_start_at_once(storage: Storage) -> None:
    assert storage.pace.take("detect_text", 0.01) == 0.0


def test_places_are_one_step_apart(storage: Storage) -> None:
    before = _now(storage)
    for _ in range(8):
        storage.pace.take("detect_text", 0.1)
    after = _now(storage)

    assert before + 80.0 - 0.01 <= _due(storage) <= after + 80.0 + 0.01


def test_eight_threads_share_one_row_of_places(storage: Storage) -> None:
    delays = sorted(at_once(8, lambda _: storage.pace.take("detect_text", 0.01)))

    assert [round(delay / 100) for delay in delays] == [0, 1, 2, 3, 4, 5, 6, 7]


def test_two_processes_share_one_row_of_places(storage: Storage) -> None:
    other = Storage(storage.url)
    storage.pace.take("detect_text", 0.01)

    assert other.pace.take("detect_text", 0.01) == pytest.approx(100.0, abs=5.0)
    other.close()


def test_a_place_that_nobody_took_is_not_made_up_for(storage: Storage) -> None:
    """After a pause the next two calls are a step apart all the same."""
    storage.pace.take("detect_text", 1e6)

    assert storage.pace.take("detect_text", 0.01) == pytest.approx(0.0, abs=1.0)
    assert storage.pace.take("detect_text", 0.01) == pytest.approx(100.0, abs=5.0)


def test_each_name_has_a_pace_of_its_own(storage: Storage) -> None:
    storage.pace.take("detect_text", 0.01)

    assert storage.pace.take("detect_faces", 0.01) == 0.0


def test_a_hold_lets_nobody_start_for_a_while(storage: Storage) -> None:
    storage.pace.take("detect_text", 100.0)
    storage.pace.hold("detect_text", 30.0)

    assert storage.pace.take("detect_text", 100.0) == pytest.approx(30.0, abs=1.0)


def test_a_hold_holds_a_name_that_was_never_paced(storage: Storage) -> None:
    storage.pace.hold("detect_text", 30.0)

    assert storage.pace.take("detect_text", 100.0) == pytest.approx(30.0, abs=1.0)


def test_a_short_hold_does_not_shorten_a_long_one(storage: Storage) -> None:
    storage.pace.take("detect_text", 100.0)
    storage.pace.hold("detect_text", 30.0)
    storage.pace.hold("detect_text", 1.0)

    assert storage.pace.take("detect_text", 100.0) == pytest.approx(30.0, abs=1.0)


def test_to_ask_for_the_next_place_does_not_take_it(storage: Storage) -> None:
    assert storage.pace.left("detect_text") == 0.0
    storage.pace.take("detect_text", 0.01)

    assert storage.pace.left("detect_text") == pytest.approx(100.0, abs=5.0)
    assert storage.pace.take("detect_text", 0.01) == pytest.approx(100.0, abs=5.0)


def test_who_is_refused_slows_everybody_once_for_all_that_were_under_way(storage: Storage) -> None:
    storage.pace.take("detect_text", 1e6)
    for _ in range(5):
        storage.pace.slow("detect_text")
    storage.pace.take("detect_text", 0.01)

    assert storage.pace.take("detect_text", 0.01) == pytest.approx(100.0 / 0.7, abs=5.0)
    assert storage.pace.take("detect_faces", 0.01) == 0.0


def test_nobody_is_slowed_below_a_tenth(storage: Storage) -> None:
    for _ in range(10):
        storage.pace.slow("detect_text")
        _pass(storage, 1.01, share=0.05)  # SQLite's clock ticks in milliseconds

    storage.pace.slow("detect_text")
    storage.pace.take("detect_text", 0.01)
    assert 700.0 < storage.pace.take("detect_text", 0.01) <= 1000.0  # it recovers while the test runs


def test_the_pace_recovers_by_itself(storage: Storage) -> None:
    storage.pace.slow("detect_text")
    _pass(storage, 60.0)

    storage.pace.take("detect_text", 0.01)
    assert storage.pace.take("detect_text", 0.01) == pytest.approx(100.0, abs=5.0)


def test_where_the_clock_was_set_back_nobody_waits_until_it_is_as_late_again(storage: Storage) -> None:
    storage.pace.take("detect_text", 0.01)
    storage.pace.slow("detect_text")
    _pass(storage, -3600.0, due=PaceRow.due + 3600.0)

    assert storage.pace.left("detect_text") == 0.0
    assert storage.pace.take("detect_text", 0.01) == pytest.approx(0.0, abs=5.0)
    assert storage.pace.take("detect_text", 0.01) == pytest.approx(100.0, abs=5.0)


def test_where_the_clock_was_set_back_who_is_refused_slows_everybody_again(storage: Storage) -> None:
    storage.pace.slow("detect_text")
    _pass(storage, -3600.0)

    storage.pace.slow("detect_text")

    storage.pace.take("detect_text", 0.01)
    assert storage.pace.take("detect_text", 0.01) == pytest.approx(100.0 / 0.7, abs=5.0)


def _pass(storage: Storage, seconds: float, **values: Any) -> None:
    """Let time pass for whoever was slowed."""
    with storage.engine.begin() as connection:
        connection.execute(update(PaceRow).values(slowed=PaceRow.slowed - seconds, **values))


def _due(storage: Storage) -> float:
    with storage.engine.connect() as connection:
        return connection.scalars(select(PaceRow.due)).one()


def _now(storage: Storage) -> float:
    with storage.engine.connect() as connection:
        return connection.scalars(select(clock(storage.engine))).one()
