"""One question to one picture: from the stored answer where there is one, else paid, paced and kept."""

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Final, TypeVar

from bot.core import money
from bot.core.money import Budget, Charge
from bot.core.quotas import calls_per_second
from bot.detectors import Answer
from bot.errors import VisionBusy, VisionError
from bot.metrics import ENGINE_ERRORS, PAID_CALLS, STORED_ANSWERS
from bot.vision import Vision
from storage import Storage, Work
from storage.answers import Question
from storage.insisting import insist

T = TypeVar("T")

_PACE_SHARE: Final = 0.8
"""The part of an account's quota that is used (DESIGN §3)."""


class Asking:
    """Puts single questions; threads may share it.

    Args:
        vision: Who answers.
        storage: Where answers and money are kept.
        budget: What a workspace may spend.
        quotas: The account's calls a second by operation, where they differ from everybody's.
    """

    def __init__(
        self, vision: Vision, storage: Storage, *, budget: Budget, quotas: Mapping[str, float] | None = None
    ) -> None:
        self._vision = vision
        self._storage = storage
        self._budget = budget
        self._quotas = quotas

    def question(self, digest: str, operation: str, options: Mapping[str, Any], part: Any = None) -> Question:
        """Name a question, as the key of its stored answer.

        Args:
            digest: The photo's identity.
            operation: By boto3's name, such as `detect_text`.
            options: The call's other parameters.
            part: What of the photo is looked at, as JSON has it; None for all of it.
        """
        asked = _short(options) if part is None else f"{_short(options)} {_short(part)}"
        return Question(digest, operation, asked, self._vision.model)

    def stored(self, workspace: str, questions: Iterable[Question]) -> dict[Question, Answer]:
        """The answers to those questions that were asked before."""
        with self._storage.begin(workspace) as work:
            answers = {question: work.answers.to(question) for question in questions}
        known: dict[Question, Answer] = {question: answer for question, answer in answers.items() if answer is not None}
        for question in known:
            STORED_ANSWERS.labels(question.operation).inc()
        return known

    def answer(
        self,
        workspace: str,
        question: Question,
        image: Callable[[], bytes],
        options: Mapping[str, Any],
        *,
        channel: str = "",
    ) -> tuple[Answer, int]:
        """Answer a question: what was stored costs nothing, and no picture is made for it; for the rest see `new`."""
        known = self.stored(workspace, [question])
        return (known[question], 0) if known else self.new(workspace, question, image(), options, channel=channel)

    def new(
        self,
        workspace: str,
        question: Question,
        picture: bytes,
        options: Mapping[str, Any],
        *,
        channel: str = "",
    ) -> tuple[Answer, int]:
        """Ask the engine, whatever was stored before, and keep what it says.

        Args:
            workspace: Who pays.
            question: Made of these very options.
            picture: What is looked at.
            options: The call's other parameters.
            channel: Which channel's share it counts against; empty for none.

        Returns:
            The answer, and what it cost now, in millionths of a dollar.

        Raises:
            BudgetSpent: A limit of what may be spent is reached.
            VisionBusy: Ask again later.
            VisionError: The engine refused.
        """
        operation = question.operation

        def look() -> Answer:
            return self._vision.look(operation, picture, options)

        def keep(work: Work, answer: Answer) -> None:
            if "EMOTIONS" not in options.get("Attributes", ()):  # never stored (DESIGN §6)
                work.answers.keep(question, dict(answer))

        return self.paid(workspace, operation, options, look, channel=channel, keep=keep)

    def paid(
        self,
        workspace: str,
        operation: str,
        options: Mapping[str, Any],
        call: Callable[[], T],
        *,
        channel: str = "",
        keep: Callable[[Work, T], None] = lambda _work, _answer: None,
    ) -> tuple[T, int]:
        """Make any paid call: in its turn, and within the budget.

        Args:
            workspace: Who pays.
            operation: By boto3's name: it has the price and the pace.
            options: The call's parameters, where the price depends on them.
            call: Makes it.
            channel: Which channel's share it counts against; empty for none.
            keep: Stores what it returned, in the transaction in which it is paid for.

        Returns:
            What the call returned, and what it cost, in millionths of a dollar.

        Raises:
            BudgetSpent: A limit of what may be spent is reached; nothing was called.
            VisionBusy: Call again later.
        """
        if self._vision.paid:
            charge = _charge(operation, options, channel)
            with self._turn(operation):
                return self._charged(workspace, charge, call, keep), charge.price
        answer = call()
        with self._storage.begin(workspace) as work:
            keep(work, answer)
        return answer, 0

    @contextmanager
    def _turn(self, operation: str) -> Iterator[None]:
        """Wait for a place among all calls of this operation, and learn from how the call went."""
        name = f"{self._vision.region}:{operation}"
        troubled = self._storage.circuit.enter(name)
        per_second = calls_per_second(operation, self._vision.region, self._quotas) * _PACE_SHARE
        time.sleep(self._storage.pace.take(name, per_second))
        try:
            yield
        except VisionError as error:
            ENGINE_ERRORS.labels(operation, type(error).__name__).inc()
            if isinstance(error, VisionBusy):
                self._slow_down(name, error)
            else:  # an answer all the same
                self._mend(name, troubled=troubled)
            raise
        self._mend(name, troubled=troubled)

    def _slow_down(self, name: str, error: VisionBusy) -> None:
        """What one caller met, everybody heeds."""
        if error.failed:
            self._storage.circuit.fail(name)
        else:
            self._storage.pace.slow(name)
        if error.after:
            self._storage.pace.hold(name, error.after)

    def _mend(self, name: str, *, troubled: bool) -> None:
        if troubled:
            self._storage.circuit.mend(name)

    def _charged(self, workspace: str, charge: Charge, call: Callable[[], T], keep: Callable[[Work, T], None]) -> T:
        """Set the price aside, and settle it however the call ends."""
        if charge.price:
            self._reserve(workspace, charge)
        try:
            answer = call()
        except BaseException as error:
            self._settle(workspace, charge, 0 if _free(error) else charge.price)
            raise
        PAID_CALLS.labels(charge.operation).inc()
        # made twice, it leaves what is reserved and spent together as it was
        insist(lambda: self._settle(workspace, charge, charge.price, lambda work: keep(work, answer)))
        return answer

    def _reserve(self, workspace: str, charge: Charge) -> None:
        with self._storage.begin(workspace) as work:
            share = work.channels.settings(charge.channel).budget_share if charge.channel else None
            work.spends.reserve(charge, self._budget.limits(share))

    def _settle(
        self, workspace: str, charge: Charge, spent: int, keep: Callable[[Work], None] = lambda _work: None
    ) -> None:
        with self._storage.begin(workspace) as work:
            keep(work)
            if charge.price:
                work.spends.settle(charge, spent)


def _charge(operation: str, options: Mapping[str, Any], channel: str) -> Charge:
    day, price = money.day(datetime.now(UTC)), money.price(operation, options)
    return Charge(day=day, operation=operation, price=price, channel=channel)


def _free(error: BaseException) -> bool:
    """Whether a failed call certainly cost nothing: one without an answer may have been counted."""
    return isinstance(error, VisionError) and not (isinstance(error, VisionBusy) and error.unanswered)


def _short(told: Any) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]
