"""One person asks a lot: they wait, the others do not."""

from typing import cast

import pytest

from bot.errors import AskError
from bot.slack import Message
from bot.spotter import Spotter
from handlers.flooding import FloodGate
from handlers.kinds import Ask

NOBODY = cast("Spotter", None)


class Clock:
    """A clock that is set by hand."""

    now = 1000.0

    def __call__(self) -> float:
        """Tell the time."""
        return self.now


def asked(gate: FloodGate, user: str = "U1", workspace: str = "T1") -> bool:
    """Ask once; whether there was an answer."""
    answer = gate.guard(lambda _ask, _bot: Message("here"))
    try:
        return answer(Ask(workspace=workspace, user=user), NOBODY) == Message("here")
    except AskError as error:
        assert error.say == "That is a lot at once. Please wait a minute, then ask again."  # noqa: PT017  # counted, not expected
        return False


def test_thirty_asks_at_once_are_answered_and_no_more() -> None:
    gate = FloodGate(30, Clock())

    assert [asked(gate) for _ in range(40)] == [True] * 30 + [False] * 10


def test_the_others_do_not_wait() -> None:
    gate = FloodGate(1, Clock())
    asked(gate)

    assert not asked(gate)
    assert asked(gate, user="U2")
    assert asked(gate, workspace="T2")


def test_after_a_while_one_may_ask_again() -> None:
    gate = FloodGate(30, clock := Clock())
    for _ in range(30):
        asked(gate)

    clock.now += 2.0
    assert [asked(gate), asked(gate)] == [True, False]
    clock.now += 3600.0
    assert [asked(gate) for _ in range(31)] == [True] * 30 + [False]


@pytest.mark.parametrize("waited", [0.0, 60.0])
def test_a_crowd_is_remembered_only_while_it_matters(waited: float) -> None:
    gate = FloodGate(1, clock := Clock())
    for number in range(10_000):
        asked(gate, user=f"U{number}")
    clock.now += waited

    assert asked(gate, user="U-new")
    assert gate.remembered == (10_001 if not waited else 1)
