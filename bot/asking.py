"""One question to one picture: from the stored answer where there is one, else paid, paced and kept."""

import hashlib
import json
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final, TypeVar

from bot.core import money
from bot.core.quotas import calls_per_second
from bot.detectors import Answer
from bot.errors import VisionBusy, VisionError
from bot.vision import Vision
from storage import Storage
from storage.answers import Question

T = TypeVar("T")

_PACE_SHARE: Final = 0.8
"""The part of an account's quota that is used (DESIGN §3)."""
_BREATHER_SECONDS: Final = 1.0
"""How long nobody asks after the engine said that it is busy, and not for how long."""


class Asking:
    """Puts single questions; threads may share it.

    Args:
        vision: Who answers.
        storage: Where answers and money are kept.
        cap: What a workspace may spend in a month, in millionths of a dollar.
    """

    def __init__(self, vision: Vision, storage: Storage, *, cap: int) -> None:
        self._vision = vision
        self._storage = storage
        self._cap = cap

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

    def answer(
        self, workspace: str, question: Question, image: Callable[[], bytes], options: Mapping[str, Any]
    ) -> tuple[Answer, int]:
        """Answer a question.

        Args:
            workspace: Who pays.
            question: Made of these very options.
            image: Makes the picture; only called where no answer is stored.
            options: The call's other parameters.

        Returns:
            The answer, and what it cost now, in millionths of a dollar.

        Raises:
            BudgetSpent: The month's cap is reached.
            VisionBusy: Ask again later.
            VisionError: The engine refused.
        """
        with self._storage.begin(workspace) as work:
            known = work.answers.to(question)
        return (known, 0) if known is not None else self._new(workspace, question, image(), options)

    def paid(self, workspace: str, operation: str, options: Mapping[str, Any], call: Callable[[], T]) -> tuple[T, int]:
        """Make any paid call: in its turn, and within the budget.

        Args:
            workspace: Who pays.
            operation: By boto3's name: it has the price and the pace.
            options: The call's parameters, where the price depends on them.
            call: Makes it.

        Returns:
            What the call returned, and what it cost, in millionths of a dollar.

        Raises:
            BudgetSpent: The month's cap is reached; nothing was called.
            VisionBusy: Call again later.
        """
        month = money.month(datetime.now(UTC))
        self._wait_for_place(operation)
        price = money.price(operation, options) if self._vision.paid else 0
        self._reserve(workspace, month, price)
        try:
            answer = call()
        except BaseException as error:
            self._settle(workspace, month, price, 0 if _free(error) else price)
            if isinstance(error, VisionBusy):
                self._slow_down(operation, error)
            raise
        self._settle(workspace, month, price, price)
        return answer, price

    def _new(self, workspace: str, question: Question, data: bytes, options: Mapping[str, Any]) -> tuple[Answer, int]:
        operation = question.operation
        answer, price = self.paid(workspace, operation, options, lambda: self._vision.look(operation, data, options))
        if "EMOTIONS" not in options.get("Attributes", ()):  # never stored (DESIGN §6)
            with self._storage.begin(workspace) as work:
                work.answers.keep(question, dict(answer))
        return answer, price

    def _reserve(self, workspace: str, month: str, price: int) -> None:
        if price:
            with self._storage.begin(workspace) as work:
                work.spends.reserve(month, price, self._cap)

    def _settle(self, workspace: str, month: str, reserved: int, spent: int) -> None:
        if reserved:
            with self._storage.begin(workspace) as work:
                work.spends.settle(month, reserved, spent)

    def _wait_for_place(self, operation: str) -> None:
        if not self._vision.paid:
            return
        per_second = calls_per_second(operation, self._vision.region) * _PACE_SHARE
        time.sleep(self._storage.pace.take(self._pace(operation), per_second))

    def _slow_down(self, operation: str, error: VisionBusy) -> None:
        """A throttle slows everybody."""
        if self._vision.paid:
            self._storage.pace.hold(self._pace(operation), error.after or _BREATHER_SECONDS)

    def _pace(self, operation: str) -> str:
        return f"{self._vision.region}:{operation}"


def _free(error: BaseException) -> bool:
    """Whether a failed call certainly cost nothing: one without an answer may have been counted."""
    return isinstance(error, VisionError) and not (isinstance(error, VisionBusy) and error.unanswered)


def _short(told: Any) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]
