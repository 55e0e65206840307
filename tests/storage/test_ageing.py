"""What is deleted once its time is over, on both databases, and what stays."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import inspect, select, update

from bot.core.consent import utc_now
from bot.core.geometry import Box
from bot.core.people import FaceMatch, Person
from bot.core.share import Looked, Share
from storage import Storage
from storage.models import (
    AnswerRow,
    Base,
    BibRow,
    FindingRow,
    NoticeRow,
    PastShareRow,
    PhotoTermRow,
    RateRow,
    ReplyRow,
    RunnerRow,
    ScanRow,
    ShareRow,
    SpendDayRow,
    SpendRow,
)
from storage.scans import Scan
from tests.storage.test_shares import LOOKED, SHARE, has_answer, look, rows

NOW = utc_now()
LONG_AGO = NOW - timedelta(days=100)
BEFORE = NOW - timedelta(days=90)
SIBLING = Share(channel="C1", ts=SHARE.ts, file="F8", user="U1")
LATER = Share(channel="C1", ts="20.5", file="F9", user="U2")


def age(storage: Storage, column: Any, at: object = LONG_AGO, **of: str) -> None:
    """Let rows be as old."""
    with storage.engine.begin() as connection:
        connection.execute(update(column.class_).filter_by(**of).values({column: at}))


def retire(storage: Storage, before: datetime = BEFORE) -> int:
    with storage.begin("T1") as work:
        old = work.ageing.old_photos(before)
        work.ageing.forget(old)
    return len(old)


def test_what_was_found_in_an_old_message_goes_and_where_its_answer_stands_stays(storage: Storage) -> None:
    look(storage)
    look(storage, LATER, Looked(digest="d2"))
    age(storage, ShareRow.seen_at, file=SHARE.file)

    assert retire(storage) == 1
    assert retire(storage) == 0

    assert [rows(storage, table) for table in (ShareRow, BibRow, FindingRow)] == [1, 0, 0]
    assert not has_answer(storage, LOOKED.digest)
    assert has_answer(storage, "d2")
    with storage.begin("T1") as work:
        assert [share.ts for share in work.past.of_file(SHARE.file)] == [SHARE.ts]
        assert work.past.of_file(LATER.file) == ()
        assert work.shares.posters("C1", SHARE.ts) == {"U1"}
    with storage.begin("T2") as work:
        assert work.past.of_file(SHARE.file) == ()


def test_the_photos_of_one_message_go_together(storage: Storage) -> None:
    look(storage)
    look(storage, SIBLING, Looked(digest="d8"))
    age(storage, ShareRow.seen_at, file=SHARE.file)

    assert retire(storage) == 0
    assert rows(storage, ShareRow) == 2


def test_another_workspace_keeps_what_it_has(storage: Storage) -> None:
    look(storage, workspace="T2")
    age(storage, ShareRow.seen_at)

    assert retire(storage) == 0
    assert rows(storage, ShareRow) == 1
    assert rows(storage, PhotoTermRow) > 0


def test_whom_an_old_answer_may_name_is_known_until_they_are_forgotten(storage: Storage) -> None:
    ada = Person(
        id="p-1", user="U1", name="Ada", state="enrolled", find_me=True, show_name=True, photos=1, expires_at=NOW
    )
    face = FaceMatch(box=Box(0.1, 0.1, 0.2, 0.2), certainty="probably", person=ada.id, similarity=99.5)
    with storage.begin("T1") as work:
        work.people.add(ada, "U1")
    look(storage, looked=Looked(digest="d1", faces=(face,)))
    age(storage, ShareRow.seen_at)
    retire(storage)

    with storage.begin("T1") as work:
        assert [share.ts for share in work.past.of_person(ada.id)] == [SHARE.ts]
        work.past.forget_person(ada.id)
        assert work.past.of_person(ada.id) == ()
        assert len(work.past.of_file(SHARE.file)) == 1
        work.past.forget(SHARE.file, "C2")
        assert len(work.past.of_file(SHARE.file)) == 1
        work.past.forget(SHARE.file, "C1")
        assert work.past.of_file(SHARE.file) == ()


def test_an_old_start_list_goes_with_the_last_photo_of_its_channel(storage: Storage) -> None:
    with storage.begin("T1") as work:
        for channel in ("C1", "C2", "C3"):
            work.start_lists.replace(channel, [("1", "Ada", {})])
    look(storage)
    for channel in ("C1", "C2"):
        age(storage, RunnerRow.since, channel=channel)

    with storage.begin("T1") as work:
        assert work.ageing.start_lists(BEFORE) == ("C2",)
        assert [work.start_lists.size(channel) for channel in ("C1", "C2", "C3")] == [1, 0, 1]


def test_old_answers_go_but_for_those_of_photos_that_are_known(storage: Storage) -> None:
    look(storage)
    look(storage, LATER, Looked(digest="d2"))
    with storage.begin("T1") as work:
        work.scans.ask(Scan("s1", "C1", "U1", ("https://example.org/1.jpg",)))
    age(storage, AnswerRow.asked_at)
    age(storage, ScanRow.asked_at)
    with storage.engine.begin() as connection:
        connection.execute(update(ShareRow).where(ShareRow.file == LATER.file).values(digest="another"))

    with storage.begin("T1") as work:
        work.ageing.answers(BEFORE)

    assert (has_answer(storage, "d1"), has_answer(storage, "d2")) == (True, False)
    assert rows(storage, ScanRow) == 0


@pytest.mark.parametrize(
    ("row", "stays"),
    [
        (NoticeRow(key="budget:2020-01:1:50", told_at=LONG_AGO), False),
        (NoticeRow(key="first start", told_at=LONG_AGO), True),
        (NoticeRow(key="faces:C1", told_at=NOW), True),
        (SpendRow(month="2026-01", reserved=0, spent=5), False),
        (SpendRow(month=f"{NOW:%Y-%m}", reserved=0, spent=5), True),
        (SpendDayRow(day=f"{LONG_AGO:%Y-%m-%d}", channel="C1", operation="detect_text"), False),
        (SpendDayRow(day=f"{NOW:%Y-%m-%d}", channel="C1", operation="detect_text"), True),
        (PastShareRow(channel="C1", ts="1.0", file="F1", person="", thread_ts="1.0", user="U1", since=LONG_AGO), False),
        (PastShareRow(channel="C1", ts="1.0", file="F1", person="", thread_ts="1.0", user="U1", since=NOW), True),
        (ReplyRow(channel="C1", key="1.0", written_at=LONG_AGO), False),
        (ReplyRow(channel="C1", key="1.0", written_at=NOW), True),
        (ReplyRow(channel="C1", key=SHARE.ts, written_at=LONG_AGO), True),
        (RateRow(name="person:U1", due=LONG_AGO.timestamp()), False),
        (RateRow(name="person:U1", due=NOW.timestamp() + 100_000), True),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Base) else "stays" if value else "goes",
)
def test_records_go_when_their_time_is_over(storage: Storage, row: Base, *, stays: bool) -> None:
    look(storage)
    row.workspace = "T1"
    table, key = type(row), [column.name for column in inspect(type(row)).primary_key]
    with storage.tenancy.begin("T1") as session:
        session.merge(row)

    with storage.begin("T1") as work:
        work.ageing.records(BEFORE)
        work.ageing.leftovers(NOW)

    with storage.tenancy.begin("T1") as session:
        mine = {name: getattr(row, name) for name in key}
        assert (session.scalar(select(table).filter_by(**mine)) is not None) is stays


def test_older_photos_have_their_turn_one_after_the_other(storage: Storage) -> None:
    for number in range(5):
        look(storage, Share(channel="C1", ts=f"{number}.5", file=f"F{number}"), Looked())
    age(storage, ShareRow.seen_at)
    look(storage, Share(channel="C1", ts="9.5", file="new"), Looked())
    look(storage, Share(channel="C2", ts="9.6", file="elsewhere"), Looked())

    with storage.begin("T1") as work:
        assert work.shares.places({"C1"}, since=BEFORE) == (("new", "C1"),)
        turns = [work.shares.older_places({"C1"}, before=BEFORE, turn=turn, most=2) for turn in range(4)]

    assert [[file for file, _ in turn] for turn in turns] == [["F0", "F1"], ["F2", "F3"], ["F4"], ["F0", "F1"]]
