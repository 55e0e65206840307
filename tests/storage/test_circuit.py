"""A service that fails time after time is left alone, and one caller asks whether it is back."""

import pytest
from sqlalchemy import update

from bot.errors import VisionDown
from storage import Storage
from storage.models import CircuitRow
from tests.storage.at_once import at_once

NAME = "eu-west-1:detect_text"


def fail(storage: Storage, times: int) -> None:
    for _ in range(times):
        storage.circuit.fail(NAME)


def passes(storage: Storage) -> bool:
    try:
        storage.circuit.enter(NAME)
    except VisionDown:
        return False
    return True


def later(storage: Storage, seconds: float) -> None:
    """Let time pass."""
    with storage.engine.begin() as connection:
        connection.execute(
            update(CircuitRow).values(since=CircuitRow.since - seconds, again=CircuitRow.again - seconds)
        )


def test_calls_pass_until_five_in_a_row_have_failed(storage: Storage) -> None:
    assert storage.circuit.enter(NAME) is False
    fail(storage, 4)
    assert storage.circuit.enter(NAME) is True
    fail(storage, 1)

    with pytest.raises(VisionDown) as refused:
        storage.circuit.enter(NAME)

    assert refused.value.after == pytest.approx(15.0, abs=2.0)
    assert "down" in refused.value.say
    assert storage.circuit.enter("eu-west-1:detect_faces") is False


def test_an_answer_in_between_begins_the_count_anew(storage: Storage) -> None:
    fail(storage, 4)
    storage.circuit.mend(NAME)
    fail(storage, 4)

    assert passes(storage)


def test_failures_far_apart_are_no_outage(storage: Storage) -> None:
    fail(storage, 4)
    later(storage, 61.0)
    fail(storage, 4)

    assert passes(storage)


def test_of_all_callers_one_asks_whether_it_is_back(storage: Storage) -> None:
    fail(storage, 5)
    later(storage, 15.0)

    assert sum(at_once(8, lambda _: passes(storage))) == 1
    assert not passes(storage)


def test_where_the_one_gets_no_answer_another_asks_later(storage: Storage) -> None:
    fail(storage, 5)
    later(storage, 15.0)
    assert passes(storage)
    fail(storage, 1)

    assert not passes(storage)
    later(storage, 15.0)
    assert passes(storage)


def test_where_the_clock_was_set_back_one_caller_asks_at_once(storage: Storage) -> None:
    fail(storage, 5)
    later(storage, -3600.0)

    assert sum(at_once(8, lambda _: passes(storage))) == 1


def test_failures_of_a_time_that_is_to_come_are_no_outage(storage: Storage) -> None:
    fail(storage, 4)
    later(storage, -3600.0)
    fail(storage, 4)

    assert passes(storage)


def test_where_it_is_back_everybody_passes(storage: Storage) -> None:
    fail(storage, 5)
    storage.circuit.mend(NAME)

    assert all(at_once(8, lambda _: passes(storage)))
