"""How long what fails is tried again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.patience import Attempt, Patience

DAY = 86_400.0
FIRST = Attempt(job="look:1", life="look:1")


def _waits(patience: Patience, *, bug: bool) -> list[float]:
    """Every wait of a job that always fails in the same way."""
    attempt, waits = FIRST, []
    while (wait := patience.wait(attempt, bug=bug)) is not None:
        waits.append(wait)
        attempt = attempt.next(wait, bug=bug)
    return waits


def test_a_bug_is_tried_eight_times_in_half_a_minute() -> None:
    waits = _waits(Patience(), bug=True)

    assert waits == [1.5**number for number in range(7)]
    assert 30.0 <= sum(waits) <= 35.0


def test_an_outage_is_tried_for_a_day_in_a_few_hundred_tries() -> None:
    waits = _waits(Patience(), bug=False)

    assert DAY <= sum(waits) <= DAY + 600.0
    assert len(waits) < 250


def test_what_comes_back_after_ten_minutes_is_found_within_a_minute_of_it() -> None:
    waits = _waits(Patience(), bug=False)
    slept = [sum(waits[:number]) for number in range(len(waits))]

    assert all(wait <= 60.0 for wait, before in zip(waits, slept, strict=True) if before <= 600.0)
    assert max(waits) == 600.0


@given(number=st.integers(0, 10_000), waited=st.floats(0.0, DAY - 1.0), bugs=st.integers(0, 6), bug=st.booleans())
def test_every_wait_is_at_least_a_second_and_at_most_ten_minutes(
    number: int,
    waited: float,
    bugs: int,
    bug: bool,  # noqa: FBT001  # drawn by Hypothesis
) -> None:
    attempt = Attempt(job="a", life="a", number=number, bugs=bugs, waited=waited)

    wait = Patience().wait(attempt, bug=bug)

    assert wait is not None
    assert 1.0 <= wait <= 600.0


def test_bugs_are_counted_between_outages() -> None:
    attempt = FIRST
    for _ in range(20):
        attempt = attempt.next(1.0)
    for _ in range(7):
        assert Patience().wait(attempt, bug=True) is not None
        attempt = attempt.next(1.0, bug=True)

    assert Patience().wait(attempt, bug=True) is None
    assert Patience().wait(attempt, bug=False) is not None


def test_each_try_has_a_name_of_its_own_and_the_first_that_of_the_job() -> None:
    second = FIRST.next(1.0)

    assert (FIRST.name, second.name, second.next(1.0).name) == ("look:1", "look:1#1", "look:1#2")
    assert second.job == "look:1"


def test_to_say_the_last_word_there_is_all_patience_again() -> None:
    tired = FIRST.next(DAY, bug=True)

    last = tired.giving_up("I gave up.")

    assert Patience().wait(tired, bug=False) is None
    assert Patience().wait(last, bug=False) is not None
    assert last.name == tired.name
    assert last.next(1.0).name != last.name


@pytest.mark.parametrize("tries", [1, 3])
def test_the_number_of_tries_is_settable(tries: int) -> None:
    assert len(_waits(Patience(tries=tries), bug=True)) == tries - 1
