"""Calls take their turn, heed what others met, and pay; no answer is invented here, only its absence."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from bot.asking import Asking
from bot.core.money import Budget
from bot.errors import BudgetSpent, VisionBusy, VisionDown, VisionError
from storage import Storage, Work
from storage.insisting import insist
from storage.models import CircuitRow, PaceRow, SpendRow
from tests.storage.at_once import at_once
from tests.test_looking import Eyes

AWAY = OperationalError("select 1", {}, Exception("the database is away"))
CALL = 1_000
OPERATION = "detect_text"


class Calls:
    """Counts calls, and fails as it is told to."""

    def __init__(self) -> None:
        self.made = 0
        self.error: Exception | None = None

    def __call__(self) -> str:
        """Make one."""
        self.made += 1
        if self.error:
            raise self.error
        return "an answer"


def ask(storage: Storage, calls: Calls, cap: int = 1_000 * CALL) -> str:
    answer, _ = Asking(Eyes(), storage, budget=Budget(cap)).paid("T1", OPERATION, {}, calls)
    return answer


def fail(storage: Storage, calls: Calls, error: Exception, times: int = 1) -> None:
    calls.error = error
    for _ in range(times):
        with pytest.raises(type(error)):
            ask(storage, calls)
    calls.error = None


def later(storage: Storage, seconds: float) -> None:
    with storage.engine.begin() as connection:
        connection.execute(
            update(CircuitRow).values(since=CircuitRow.since - seconds, again=CircuitRow.again - seconds)
        )


def share(storage: Storage) -> float:
    with storage.engine.connect() as connection:
        return connection.scalars(select(PaceRow.share)).one()


def reserved(storage: Storage) -> int:
    with storage.engine.connect() as connection:
        return sum(connection.scalars(select(SpendRow.reserved)))


def test_a_throttle_slows_and_a_failure_does_not(storage: Storage) -> None:
    calls = Calls()
    fail(storage, calls, VisionBusy(failed=True))
    assert share(storage) == 1.0

    fail(storage, calls, VisionBusy())
    assert share(storage) == pytest.approx(0.7)


def test_of_a_service_that_is_down_one_call_of_all_asks_whether_it_is_back(storage: Storage) -> None:
    calls = Calls()
    fail(storage, calls, VisionBusy(failed=True), times=5)
    with pytest.raises(VisionDown):
        ask(storage, calls)
    assert calls.made == 5
    assert reserved(storage) == 0

    later(storage, 15.0)
    answers = at_once(8, lambda _: _quietly(storage, calls))
    assert "an answer" in answers
    assert ask(storage, calls) == "an answer"


def _quietly(storage: Storage, calls: Calls) -> str:
    try:
        return ask(storage, calls)
    except VisionDown:
        return ""


def test_a_refusal_is_an_answer(storage: Storage) -> None:
    calls = Calls()
    fail(storage, calls, VisionBusy(failed=True), times=5)
    later(storage, 15.0)
    fail(storage, calls, VisionError("This photo is no good."))

    assert ask(storage, calls) == "an answer"


def test_a_caller_without_money_cannot_tell_whether_the_service_is_back(storage: Storage) -> None:
    calls = Calls()
    fail(storage, calls, VisionBusy(failed=True), times=5)
    later(storage, 15.0)
    with pytest.raises(BudgetSpent):
        ask(storage, calls, cap=0)

    with pytest.raises(VisionDown):
        ask(storage, calls)


def test_a_raised_quota_is_used(storage: Storage) -> None:
    asking = Asking(Eyes(), storage, budget=Budget(1_000 * CALL), quotas={OPERATION: 0.5})
    asking.paid("T1", OPERATION, {}, Calls())

    assert 2.0 < storage.pace.take(f"us-east-1:{OPERATION}", 40.0) <= 2.5


def test_what_was_paid_is_kept_although_the_database_is_away_for_a_moment(storage: Storage) -> None:
    calls, tries = Calls(), iter([AWAY, AWAY, None])

    def keep(work: Work, answer: str) -> None:
        work.notices.first(answer)
        if error := next(tries):
            raise error

    asking = Asking(Eyes(), storage, budget=Budget(CALL))

    assert asking.paid("T1", OPERATION, {}, calls, keep=keep) == ("an answer", CALL)
    assert calls.made == 1
    assert reserved(storage) == 0
    with storage.begin("T1") as work:
        assert not work.notices.first("an answer")


def test_a_database_that_stays_away_is_an_error_in_the_end() -> None:
    tries = []

    def fail() -> None:
        tries.append(1)
        raise AWAY

    with pytest.raises(OperationalError):
        insist(fail, seconds=0.15)

    assert len(tries) == 2


def test_a_free_engine_waits_for_nobody_and_counts_nothing(storage: Storage) -> None:
    asking = Asking(Eyes(paid=False), storage, budget=Budget(0))

    assert asking.paid("T1", OPERATION, {}, Calls()) == ("an answer", 0)
    with storage.engine.connect() as connection:
        assert connection.scalars(select(PaceRow.name)).all() == []
