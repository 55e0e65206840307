"""Money is set aside before a call, and counted after it."""

import pytest

from bot.errors import BudgetSpent
from storage import Storage
from storage.spend import Spend
from tests.storage.at_once import at_once

MONTH = "2026-11"
CALL = 1_000


def reserve(storage: Storage, cap: int, amount: int = CALL, workspace: str = "T1") -> bool:
    try:
        with storage.begin(workspace) as work:
            work.spends.reserve(MONTH, amount, cap)
    except BudgetSpent:
        return False
    return True


def settle(storage: Storage, reserved: int, spent: int) -> None:
    with storage.begin("T1") as work:
        work.spends.settle(MONTH, reserved, spent)


def spend(storage: Storage, month: str = MONTH, workspace: str = "T1") -> Spend:
    with storage.begin(workspace) as work:
        return work.spends.of(month)


def test_sixteen_threads_never_pass_the_cap(storage: Storage) -> None:
    def ask(_: int) -> int:
        return sum(reserve(storage, cap=50 * CALL) for _ in range(6))

    assert sum(at_once(16, ask)) == 50
    assert spend(storage) == Spend(reserved=50 * CALL, spent=0)


def test_the_cap_may_be_reached_and_not_passed(storage: Storage) -> None:
    assert reserve(storage, cap=2_500)
    assert reserve(storage, cap=2_500)
    assert not reserve(storage, cap=2_500)
    assert reserve(storage, cap=2_500, amount=500)
    assert spend(storage).total == 2_500


def test_a_call_that_was_answered_is_spent(storage: Storage) -> None:
    reserve(storage, cap=CALL)
    settle(storage, CALL, CALL)

    assert spend(storage) == Spend(reserved=0, spent=CALL)
    assert not reserve(storage, cap=CALL)


def test_a_call_that_was_refused_gives_its_money_back(storage: Storage) -> None:
    reserve(storage, cap=CALL)
    settle(storage, CALL, 0)

    assert spend(storage) == Spend(0, 0)
    assert reserve(storage, cap=CALL)


def test_each_month_and_each_workspace_has_a_cap_of_its_own(storage: Storage) -> None:
    reserve(storage, cap=CALL)

    assert spend(storage, "2026-12") == Spend(0, 0)
    assert reserve(storage, cap=CALL, workspace="T2")
    assert spend(storage, workspace="T2") == Spend(CALL, 0)


def test_a_cap_above_two_thousand_dollars_fits(storage: Storage) -> None:
    """A 32-bit column would end there."""
    assert reserve(storage, cap=10**12, amount=5 * 10**9)
    assert spend(storage).total == 5 * 10**9


def test_a_cap_of_nothing_allows_nothing(storage: Storage) -> None:
    with storage.begin("T1") as work, pytest.raises(BudgetSpent):
        work.spends.reserve(MONTH, CALL, 0)
