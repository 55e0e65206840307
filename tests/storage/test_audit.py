"""The audit log on both databases: whole under many writers, and whole after its oldest acts are gone."""

from typing import Any

import pytest
from sqlalchemy import delete, update

from bot.core.consent import utc_now
from storage import Storage
from storage.models import AuditHeadRow, AuditRow
from tests.storage.at_once import at_once


def note(storage: Storage, acts: int) -> None:
    for number in range(acts):
        with storage.begin("T1") as work:
            work.audit.note("U1", "settings", f"C{number}", {"on": False})


def broken(storage: Storage) -> int | None:
    with storage.begin("T1") as work:
        return work.audit.first_broken()


def numbers(storage: Storage) -> list[int]:
    with storage.begin("T1") as work:
        return [act.number for act in work.audit.every()]


def tamper(storage: Storage, statement: Any) -> None:
    with storage.engine.begin() as connection:
        connection.execute(statement)


def test_many_who_write_at_once_make_one_whole_chain(storage: Storage) -> None:
    at_once(8, lambda _: note(storage, 3))

    assert numbers(storage) == list(range(1, 25))
    assert broken(storage) is None


@pytest.mark.parametrize(
    ("statement", "number"),
    [
        (update(AuditRow).where(AuditRow.number == 2).values(actor="U9"), 2),
        (update(AuditRow).where(AuditRow.number == 3).values(detail={"on": True}), 3),
        (delete(AuditRow).where(AuditRow.number == 1), 1),
        (delete(AuditRow).where(AuditRow.number == 4), 4),
        (update(AuditHeadRow).values(dropped=1, dropped_hash="x"), 2),
    ],
    ids=["who", "what", "the first", "the last", "the beginning"],
)
def test_what_was_tampered_with_is_found(storage: Storage, statement: Any, number: int) -> None:
    note(storage, 4)
    assert broken(storage) is None

    tamper(storage, statement)

    assert broken(storage) == number


def test_the_oldest_acts_go_and_the_rest_can_still_be_verified(storage: Storage) -> None:
    note(storage, 3)
    middle = utc_now()
    note(storage, 2)

    with storage.begin("T1") as work:
        assert work.audit.drop(middle) == 3
        assert work.audit.drop(middle) == 0

    assert numbers(storage) == [4, 5, 6]
    assert broken(storage) is None
    with storage.begin("T1") as work:
        [newest] = work.audit.newest(most=1)
    assert (newest.actor, newest.act, newest.detail["to"]) == ("spotter", "audit_drop", 3)
    tamper(storage, delete(AuditRow).where(AuditRow.number == 4))
    assert broken(storage) == 4


def test_a_log_of_old_acts_alone_goes_and_goes_on(storage: Storage) -> None:
    note(storage, 2)
    with storage.begin("T1") as work:
        assert work.audit.drop(utc_now()) == 2
    note(storage, 1)

    assert numbers(storage) == [3, 4]
    assert broken(storage) is None
    assert storage.audits.workspaces() == ("T1",)


def test_where_nothing_was_done_there_is_nothing_to_break(storage: Storage) -> None:
    with storage.begin("T1") as work:
        assert work.audit.drop(utc_now()) == 0
    assert broken(storage) is None
    assert numbers(storage) == []
