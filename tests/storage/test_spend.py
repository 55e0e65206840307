"""Money is set aside before a call, and counted after it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.money import Charge, Limits
from bot.core.usage import Entry
from bot.errors import BudgetSpent
from storage import Storage
from storage.spend import CHANNEL, TODAY, Spend
from tests.emptied import emptied
from tests.storage.at_once import at_once

PRICE = 1_000
CALL = Charge(day="2026-11-20", operation="detect_text", price=PRICE)
HERE = replace(CALL, channel="C1")
DAYS = ("2026-11-20", "2026-11-21")
CHANNELS = ("C1", "C2")


@pytest.fixture(scope="module")
def sqlite(new_database: Callable[[str], str]) -> Iterator[Storage]:
    with closing(Storage(new_database("sqlite"))) as storage:
        yield storage


def reserve(storage: Storage, cap: int, charge: Charge = CALL, workspace: str = "T1", **share: Any) -> str:
    """Set a price aside; what is said where that cannot be."""
    limits = Limits(cap, share.get("day", cap), share.get("channel", cap))
    try:
        with storage.begin(workspace) as work:
            work.spends.reserve(charge, limits)
    except BudgetSpent as error:
        return error.say
    return ""


def settle(storage: Storage, spent: int, charge: Charge = CALL) -> None:
    with storage.begin("T1") as work:
        work.spends.settle(charge, spent)


def spend(storage: Storage, month: str = "2026-11", workspace: str = "T1") -> Spend:
    with storage.begin(workspace) as work:
        return work.spends.of(month)


PLAN = st.lists(
    st.tuples(st.sampled_from(DAYS), st.sampled_from(CHANNELS), st.integers(1, 5), st.booleans()),
    min_size=8,
    max_size=16,
)


@given(plan=PLAN, cap=st.integers(0, 30), day=st.integers(0, 30), channel=st.integers(0, 30))
@settings(max_examples=6, deadline=None)
def test_whatever_is_called_by_eight_threads_no_limit_is_passed_and_every_cent_is_counted(
    sqlite: Storage, plan: list[tuple[str, str, int, bool]], cap: int, day: int, channel: int
) -> None:
    emptied(sqlite)

    def call(one: tuple[str, str, int, bool]) -> tuple[str, str, int]:
        charge = Charge(day=one[0], operation="detect_text", price=one[2], channel=one[1])
        if reserve(sqlite, cap, charge, day=day, channel=channel):
            return one[0], one[1], 0
        spent = one[2] if one[3] else 0
        settle(sqlite, spent, charge)
        return one[0], one[1], spent

    with ThreadPoolExecutor(8) as pool:
        paid = list(pool.map(call, plan))

    assert spend(sqlite) == Spend(reserved=0, spent=sum(spent for *_, spent in paid))
    assert spend(sqlite).spent <= cap
    for which, limit in ((0, day), (1, channel)):
        assert all(
            sum(one[2] for one in paid if one[which] == name) <= max(limit, 0) or limit >= cap
            for name in {one[which] for one in paid}
        )
    assert all(paid_of(paid, day=name) <= day for name in DAYS)
    assert all(paid_of(paid, channel=name) <= channel for name in CHANNELS)


def paid_of(paid: list[tuple[str, str, int]], day: str = "", channel: str = "") -> int:
    """What was paid on one day or for one channel."""
    return sum(spent for on, where, spent in paid if day in ("", on) and channel in ("", where))


@pytest.mark.parametrize("limit", [{}, {"day": 40 * PRICE}, {"channel": 40 * PRICE}])
def test_sixteen_threads_reach_the_limit_exactly(storage: Storage, limit: dict[str, Any]) -> None:
    asked = at_once(16, lambda _: sum(reserve(storage, 50 * PRICE, HERE, **limit) == "" for _ in range(6)))

    assert sum(asked) * PRICE == min([50 * PRICE, *limit.values()])
    assert spend(storage) == Spend(reserved=sum(asked) * PRICE, spent=0)


def test_the_cap_may_be_reached_and_not_passed(storage: Storage) -> None:
    assert reserve(storage, cap=2_500) == ""
    assert reserve(storage, cap=2_500) == ""
    assert reserve(storage, cap=2_500) == BudgetSpent().say
    assert reserve(storage, 2_500, replace(CALL, price=500)) == ""
    assert spend(storage).total == 2_500


def test_a_call_that_was_answered_is_spent(storage: Storage) -> None:
    reserve(storage, cap=PRICE)
    settle(storage, PRICE)

    assert spend(storage) == Spend(reserved=0, spent=PRICE)
    assert reserve(storage, cap=PRICE)


def test_a_call_that_was_refused_gives_its_money_back(storage: Storage) -> None:
    reserve(storage, cap=PRICE)
    settle(storage, 0)

    assert spend(storage) == Spend(0, 0)
    assert reserve(storage, cap=PRICE) == ""


def test_each_month_and_each_workspace_has_a_cap_of_its_own(storage: Storage) -> None:
    reserve(storage, cap=PRICE)

    assert spend(storage, "2026-12") == Spend(0, 0)
    assert reserve(storage, PRICE, replace(CALL, day="2026-12-01")) == ""
    assert reserve(storage, cap=PRICE, workspace="T2") == ""
    assert spend(storage, workspace="T2") == Spend(PRICE, 0)


def test_a_day_s_share_leaves_the_rest_for_other_days(storage: Storage) -> None:
    assert reserve(storage, 10 * PRICE, day=PRICE) == ""
    assert reserve(storage, 10 * PRICE, day=PRICE) == TODAY
    assert reserve(storage, 10 * PRICE, replace(CALL, day="2026-11-21"), day=PRICE) == ""


def test_a_channel_s_share_leaves_the_rest_for_other_channels(storage: Storage) -> None:
    assert reserve(storage, 10 * PRICE, HERE, channel=PRICE) == ""
    assert reserve(storage, 10 * PRICE, HERE, channel=PRICE) == CHANNEL
    assert reserve(storage, 10 * PRICE, replace(HERE, channel="C2"), channel=PRICE) == ""
    assert spend(storage).total == 2 * PRICE


def test_what_a_crash_left_reserved_is_given_back_when_it_is_needed_two_days_on(storage: Storage) -> None:
    reserve(storage, cap=PRICE)
    tomorrow, after = (replace(CALL, day=f"2026-11-{day}") for day in (21, 22))

    assert reserve(storage, PRICE, tomorrow) == BudgetSpent().say
    assert reserve(storage, PRICE, after) == ""
    assert spend(storage) == Spend(reserved=PRICE, spent=0)


def test_what_was_under_way_at_a_crash_is_given_back_once(storage: Storage) -> None:
    reserve(storage, cap=PRICE)
    after = replace(CALL, day="2026-11-22")

    assert sum(at_once(8, lambda _: reserve(storage, PRICE, after) == "")) == 1
    assert spend(storage) == Spend(reserved=PRICE, spent=0)


def test_the_ledger_tells_paid_calls_by_day_and_operation(storage: Storage) -> None:
    for charge, spent in ((CALL, PRICE), (HERE, PRICE), (replace(CALL, operation="detect_faces"), 0)):
        reserve(storage, 10 * PRICE, charge)
        settle(storage, spent, charge)

    with storage.begin("T1") as work:
        assert work.spends.entries("2026-11") == (
            Entry("2026-11-20", "detect_faces", 0, 0),
            Entry("2026-11-20", "detect_text", 2, 2 * PRICE),
        )
        assert work.spends.entries("2026-12") == ()


def test_a_cap_above_two_thousand_dollars_fits(storage: Storage) -> None:
    """A 32-bit column would end there."""
    assert reserve(storage, 10**12, replace(CALL, price=5 * 10**9)) == ""
    assert spend(storage).total == 5 * 10**9


def test_a_cap_of_nothing_allows_nothing(storage: Storage) -> None:
    assert reserve(storage, cap=0) == BudgetSpent().say
