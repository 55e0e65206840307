"""Which photos were shared where, and what is told of them."""

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import func, select

from bot.core.bibs import Bib
from bot.core.findings import Face, Tally, Word
from bot.core.geometry import Box
from bot.core.report import Line, Link, PhotoReport
from bot.core.share import Looked, Share
from storage import Storage
from storage.answers import Question
from storage.models import Base, BibRow, FindingRow, ShareRow
from tests.storage.at_once import at_once

SHARE = Share(channel="C1", ts="10.5", file="F1", user="U1", name="finish.jpg", permalink="https://slack/F1")
IN_THREAD = Share(channel="C1", ts="12.5", file="F2", thread_ts="10.5", user="U2", name="again.jpg")
BOX = Box(0.1, 0.2, 0.3, 0.4)
LOOKED = Looked(
    digest="d1",
    width=1024,
    height=768,
    taken=datetime(2026, 5, 3, 10, 30),  # noqa: DTZ001  # a camera's clock knows no zone
    found={
        "text": (Word("1234", 99.0, BOX),),
        "faces": (Face(BOX, 98.0, attributes={"Smile": ("yes", 97.0)}), Tally("gender", {"female": 1})),
    },
    bibs=(Bib("77", 91.0, BOX), Bib("1234", 99.0, BOX), Bib("123", 95.0, BOX, "partial")),
    lines=(Line("celebrities", "Looks like Eliud", (Link("Eliud on imdb.com", "https://imdb.com/1"),)),),
    failures=("no moderation",),
    remarks=("animated",),
)


def begin(storage: Storage, share: Share = SHARE, workspace: str = "T1") -> bool:
    with storage.begin(workspace) as work:
        return work.shares.begin(share)


def finish(storage: Storage, share: Share = SHARE, looked: Looked = LOOKED, workspace: str = "T1") -> bool:
    with storage.begin(workspace) as work:
        return work.shares.finish(share, looked)


def look(storage: Storage, share: Share = SHARE, looked: Looked = LOOKED, workspace: str = "T1") -> None:
    """What the walk does with one photo: its answers are kept while it is looked at."""
    begin(storage, share, workspace)
    with storage.begin(workspace) as work:
        work.answers.keep(question(looked.digest), {"TextDetections": []})
    finish(storage, share, looked, workspace)


def question(digest: str) -> Question:
    return Question(digest, "detect_text", "o1", "m1")


def has_answer(storage: Storage, digest: str, workspace: str = "T1") -> bool:
    with storage.begin(workspace) as work:
        return work.answers.to(question(digest)) is not None


def reports(storage: Storage, workspace: str = "T1") -> tuple[PhotoReport, ...]:
    with storage.begin(workspace) as work:
        return work.shares.of_message("C1", "10.5")


def rows(storage: Storage, table: type[Base]) -> int:
    with storage.engine.connect() as connection:
        return connection.scalars(select(func.count()).select_from(table)).one()


def test_a_share_is_looked_at_until_it_is_finished(storage: Storage) -> None:
    assert begin(storage)
    assert begin(storage), "the first look was cut off"
    assert finish(storage)
    assert begin(storage), "something could not be asked: whoever asks again has it asked again"
    assert finish(storage, looked=replace(LOOKED, failures=()))
    assert not begin(storage)


def test_many_jobs_may_begin_the_same_share_at_once(storage: Storage) -> None:
    assert at_once(8, lambda _: begin(storage)) == [True] * 8
    assert rows(storage, ShareRow) == 1


def test_a_share_that_was_begun_waits(storage: Storage) -> None:
    begin(storage)

    assert reports(storage) == (PhotoReport(file="F1", name="finish.jpg", state="waiting"),)


def test_what_was_found_is_told_with_asserted_bibs_alone_surest_first(storage: Storage) -> None:
    look(storage)

    assert reports(storage) == (
        PhotoReport(
            file="F1",
            name="finish.jpg",
            state="done",
            bibs=("1234", "77"),
            lines=LOOKED.lines,
            failures=("no moderation",),
            remarks=("animated",),
        ),
    )


def test_a_refused_photo_tells_why(storage: Storage) -> None:
    look(storage, looked=Looked(refusal="too small"))

    assert reports(storage) == (PhotoReport(file="F1", name="finish.jpg", state="refused", refusal="too small"),)


def test_counts_over_a_photo_are_never_stored_as_findings(storage: Storage) -> None:
    look(storage)

    with storage.engine.connect() as connection:
        stored = {
            detector: [one["kind"] for one in found]
            for detector, found in connection.execute(select(FindingRow.detector, FindingRow.found))
        }
    assert stored == {"text": ["Word"], "faces": ["Face"]}


def test_a_second_look_replaces_the_first(storage: Storage) -> None:
    look(storage)
    finish(storage, looked=replace(LOOKED, bibs=(Bib("9", 90.0, BOX),), found={}))

    assert reports(storage)[0].bibs == ("9",)
    assert (rows(storage, BibRow), rows(storage, FindingRow)) == (1, 0)


def test_the_photos_of_a_message_come_in_the_order_of_their_files(storage: Storage) -> None:
    for file in ("F9", "F1", "F5"):
        begin(storage, replace(SHARE, file=file))
    finish(storage, replace(SHARE, file="F1"))

    assert [report.file for report in reports(storage)] == ["F1", "F5", "F9"]


def test_a_thread_tells_of_its_first_message_and_of_its_replies(storage: Storage) -> None:
    begin(storage)
    begin(storage, IN_THREAD)
    begin(storage, replace(SHARE, ts="99.5", file="F3"))

    with storage.begin("T1") as work:
        assert [report.file for report in work.shares.of_thread("C1", "10.5")] == ["F1", "F2"]


def test_where_a_file_was_seen_is_known(storage: Storage) -> None:
    begin(storage)
    begin(storage, replace(SHARE, ts="11.5"))
    begin(storage, replace(SHARE, channel="C2"))

    with storage.begin("T1") as work:
        assert work.shares.knows("C1", "F1") == {"10.5", "11.5"}
        assert work.shares.knows("C1", "F7") == frozenset()
        assert len(work.shares.of_file("F1")) == 3


def test_a_share_comes_back_as_it_was_begun(storage: Storage) -> None:
    begin(storage, IN_THREAD)

    with storage.begin("T1") as work:
        assert work.shares.of_file("F2") == (IN_THREAD,)


def test_who_shared_the_photos_of_a_message_is_known(storage: Storage) -> None:
    begin(storage)
    begin(storage, replace(SHARE, file="F2", user="U2"))
    begin(storage, replace(SHARE, ts="11.5", user="U3"))

    with storage.begin("T1") as work:
        assert work.shares.posters("C1", "10.5") == {"U1", "U2"}


def test_a_forgotten_file_leaves_nothing_behind(storage: Storage) -> None:
    look(storage)
    look(storage, replace(SHARE, channel="C2"))

    with storage.begin("T1") as work:
        work.shares.forget("F1")

    assert [rows(storage, table.class_) for table in Base.registry.mappers if rows(storage, table.class_)] == []


def test_a_file_may_be_forgotten_in_one_channel_alone(storage: Storage) -> None:
    look(storage)
    look(storage, replace(SHARE, channel="C2"))

    with storage.begin("T1") as work:
        work.shares.forget("F1", "C1")

    with storage.begin("T1") as work:
        assert [share.channel for share in work.shares.of_file("F1")] == ["C2"]
    assert has_answer(storage, "d1"), "the other channel needs it"


def test_answers_stay_while_another_file_with_the_same_pixels_is_known(storage: Storage) -> None:
    look(storage)
    look(storage, IN_THREAD)

    with storage.begin("T1") as work:
        work.shares.forget("F1")
    assert has_answer(storage, "d1")

    with storage.begin("T1") as work:
        work.shares.forget("F2")
    assert not has_answer(storage, "d1")


def test_answers_stay_for_a_photo_that_is_being_looked_at(storage: Storage) -> None:
    """Its digest is not in its row yet; it would be paid again."""
    look(storage)
    begin(storage, IN_THREAD)
    with storage.begin("T1") as work:
        work.answers.keep(question("d2"), {})

    with storage.begin("T1") as work:
        work.shares.forget("F1")

    assert has_answer(storage, "d2")


def test_a_photo_that_is_forgotten_while_it_is_looked_at_is_not_kept_nor_are_its_answers(storage: Storage) -> None:
    begin(storage)
    with storage.begin("T1") as work:
        work.answers.keep(question("d1"), {})
    with storage.begin("T1") as work:
        work.shares.forget("F1")

    assert not finish(storage)
    assert reports(storage) == ()
    assert not has_answer(storage, "d1")


def test_forgetting_and_finishing_at_once_leaves_all_or_nothing(storage: Storage) -> None:
    def act(number: int) -> None:
        if number % 2:
            finish(storage)
        else:
            with storage.begin("T1") as work:
                work.shares.forget("F1")

    begin(storage)
    at_once(4, act)

    assert rows(storage, ShareRow) == 0
    assert rows(storage, BibRow) == rows(storage, FindingRow) == 0


def test_a_look_that_was_given_up_says_why_and_a_finished_one_stays(storage: Storage) -> None:
    begin(storage)
    begin(storage, replace(SHARE, file="F2"))
    finish(storage, replace(SHARE, file="F2"))

    with storage.begin("T1") as work:
        work.shares.give_up(SHARE, "sorry")
        work.shares.give_up(replace(SHARE, file="F2"), "sorry")

    assert [(report.state, report.refusal) for report in reports(storage)] == [("refused", "sorry"), ("done", "")]


@pytest.mark.parametrize("act", ["finish", "forget", "give_up"])
def test_another_workspace_sees_and_changes_nothing(storage: Storage, act: str) -> None:
    look(storage)
    before = reports(storage)

    with storage.begin("T2") as work:
        assert work.shares.of_message("C1", "10.5") == work.shares.of_thread("C1", "10.5") == ()
        assert work.shares.of_file("F1") == ()
        assert work.shares.knows("C1", "F1") == work.shares.posters("C1", "10.5") == frozenset()
        match act:
            case "finish":
                assert not work.shares.finish(SHARE, Looked(refusal="theirs"))
            case "forget":
                work.shares.forget("F1")
            case _:
                work.shares.give_up(SHARE, "theirs")

    assert reports(storage) == before
    assert has_answer(storage, "d1")
    assert begin(storage, workspace="T2"), "their own share of the same name"
