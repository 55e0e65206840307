"""A ledger is summed up, and the cap's levels are told exactly."""

import pytest

from bot.core.money import Budget, Limits
from bot.core.usage import Entry, by_day, by_operation, level

DOLLAR = 1_000_000
LEDGER = (
    Entry("2026-11-19", "detect_text", 4, 4_000),
    Entry("2026-11-20", "detect_faces", 0, 0),
    Entry("2026-11-20", "detect_labels", 5, 5_000),
    Entry("2026-11-20", "detect_text", 2, 2_000),
)


def test_a_ledger_by_day_and_by_operation() -> None:
    assert by_day(LEDGER) == (("2026-11-19", 4_000), ("2026-11-20", 7_000))
    assert by_operation(LEDGER) == (("detect_text", 6, 6_000), ("detect_labels", 5, 5_000))


@pytest.mark.parametrize(
    ("spent", "reached"),
    [(0, 0), (499_999, 0), (500_000, 50), (799_999, 50), (800_000, 80), (999_000, 80), (999_001, 100), (DOLLAR, 100)],
)
def test_levels_are_reached_exactly_and_the_last_with_the_last_call(spent: int, reached: int) -> None:
    assert level(spent, DOLLAR) == reached


def test_without_a_budget_everything_is_used() -> None:
    assert level(0, 0) == 100


def test_shares_of_a_budget_are_in_percent() -> None:
    limits = Budget(25 * DOLLAR, daily_share=20).limits(channel_share=10)

    assert (limits.month, limits.day, limits.channel) == (25 * DOLLAR, 5 * DOLLAR, 2_500_000)


def test_what_no_channel_asks_for_has_the_month_s_cap_alone() -> None:
    assert Budget(DOLLAR, daily_share=20).limits() == Limits(DOLLAR, DOLLAR, DOLLAR)
