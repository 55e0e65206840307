"""The audit log's chain: whatever is changed or taken out is seen, at the first place where it shows."""

from dataclasses import replace
from datetime import datetime

import pytest

from bot.core.audit import START, Act, Mark, chained, first_broken

AT = datetime(2026, 11, 20, 9, 30)  # noqa: DTZ001  # UTC, as the log has it


def chain(length: int, begin: Mark = START) -> list[Act]:
    """A whole chain that follows a mark."""
    acts: list[Act] = []
    for number in range(begin.number + 1, begin.number + 1 + length):
        act = Act(number=number, at=AT, actor="U1", act="settings", subject="C1", detail={"on": False})
        acts.append(replace(act, hash=chained(act, acts[-1].hash if acts else begin.hash)))
    return acts


def end(acts: list[Act]) -> Mark:
    """What whoever writes knows of the newest act."""
    return Mark(acts[-1].number, acts[-1].hash)


WHOLE = chain(5)


def test_a_log_that_nobody_touched_is_whole() -> None:
    assert first_broken(WHOLE, START, end(WHOLE)) is None
    assert first_broken([], START, START) is None


@pytest.mark.parametrize("number", [1, 3, 5])
@pytest.mark.parametrize(
    "change",
    [{"actor": "U2"}, {"act": "forget"}, {"subject": "C2"}, {"detail": {}}, {"at": AT.replace(hour=10)}, {"hash": "0"}],
    ids=lambda change: next(iter(change)),
)
def test_whatever_is_changed_in_an_act_is_seen(number: int, change: dict[str, object]) -> None:
    changed = [replace(act, **change) if act.number == number else act for act in WHOLE]  # type: ignore[arg-type]  # a table of values

    assert first_broken(changed, START, end(WHOLE)) == number


@pytest.mark.parametrize("number", [1, 3, 5])
def test_an_act_that_was_taken_out_is_seen_the_last_one_too(number: int) -> None:
    rest = [act for act in WHOLE if act.number != number]

    assert first_broken(rest, START, end(WHOLE)) == number


def test_an_act_that_was_changed_together_with_its_hash_is_seen_by_the_next_or_by_the_end() -> None:
    forged = replace(WHOLE[4], actor="U2")
    forged = replace(forged, hash=chained(forged, WHOLE[3].hash))

    assert first_broken([*WHOLE[:4], forged], START, end(WHOLE)) == 5


def test_an_act_more_than_the_writer_knows_is_seen() -> None:
    assert first_broken(chain(6), START, end(WHOLE)) == 6


def test_a_chain_goes_on_from_the_acts_that_were_deleted_for_their_age() -> None:
    begin = end(WHOLE[:2])

    assert first_broken(WHOLE[2:], begin, end(WHOLE)) is None
    assert first_broken(WHOLE[2:], Mark(2, "another"), end(WHOLE)) == 3
    assert first_broken(WHOLE[3:], begin, end(WHOLE)) == 3
