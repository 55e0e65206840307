"""The outbox: one job at a time sends the newest state of a message."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import update

from storage import Storage
from storage.models import ReplyRow
from storage.replies import Draft, Replies
from tests.storage.at_once import at_once

AT = ("C1", "10.5")


@contextmanager
def outbox(storage: Storage, workspace: str = "T1") -> Iterator[Replies]:
    with storage.begin(workspace) as work:
        yield work.replies


def want(storage: Storage, workspace: str = "T1") -> None:
    with outbox(storage, workspace) as replies:
        replies.want(*AT)


def take(storage: Storage, holder: str = "job 1", workspace: str = "T1") -> Draft | None:
    with outbox(storage, workspace) as replies:
        return replies.take(*AT, holder)


def test_what_is_wanted_may_be_taken(storage: Storage) -> None:
    want(storage)

    assert take(storage) == Draft(version=1, ts="", state="new")


def test_nothing_wanted_is_nothing_to_take(storage: Storage) -> None:
    assert take(storage) is None


def test_what_was_sent_is_not_taken_again(storage: Storage) -> None:
    want(storage)
    take(storage)
    with outbox(storage) as replies:
        replies.sent(*AT, 1, "11.5")

    assert take(storage) is None
    assert take(storage, "job 2") is None
    with outbox(storage) as replies:
        assert replies.ts(*AT) == "11.5"


def test_wishes_that_come_while_it_is_sent_are_one_more_draft(storage: Storage) -> None:
    want(storage)
    take(storage)
    want(storage)
    want(storage)
    with outbox(storage) as replies:
        replies.sent(*AT, 1, "11.5")

    assert take(storage) == Draft(version=3, ts="11.5", state="sent")
    with outbox(storage) as replies:
        replies.sent(*AT, 3, "11.5")
    assert take(storage) is None


def test_another_job_cannot_take_what_one_holds_and_the_same_job_can(storage: Storage) -> None:
    want(storage)
    take(storage, "job 1")

    assert take(storage, "job 2") is None
    assert take(storage, "job 1") == Draft(1, "", "new")


def test_one_of_many_jobs_takes_it(storage: Storage) -> None:
    want(storage)

    drafts = at_once(8, lambda number: take(storage, f"job {number}"))

    assert [draft for draft in drafts if draft] == [Draft(1, "", "new")]


def test_wishes_of_many_threads_are_all_counted(storage: Storage) -> None:
    at_once(8, lambda _: want(storage))

    assert take(storage) == Draft(8, "", "new")


def test_a_job_that_lets_go_leaves_the_draft_to_others(storage: Storage) -> None:
    want(storage)
    take(storage, "job 1")
    with outbox(storage) as replies:
        replies.let_go(*AT)

    assert take(storage, "job 2") == Draft(1, "", "new")


@pytest.mark.parametrize(("held", "free"), [(800.0, False), (1000.0, True)])
def test_an_old_hold_may_be_taken(storage: Storage, *, held: float, free: bool) -> None:
    want(storage)
    take(storage, "job 1")
    with storage.engine.begin() as connection:
        connection.execute(update(ReplyRow).values(until=ReplyRow.until - held))

    assert (take(storage, "job 2") is not None) == free


def test_after_a_crash_the_same_job_sees_that_a_post_was_under_way(storage: Storage) -> None:
    want(storage)
    take(storage)
    with outbox(storage) as replies:
        replies.sending(*AT)

    assert take(storage) == Draft(1, "", "sending")


def test_a_post_that_was_not_made_is_as_if_never_tried(storage: Storage) -> None:
    want(storage)
    take(storage)
    with outbox(storage) as replies:
        replies.sending(*AT)
        replies.not_sent(*AT)

    assert take(storage) == Draft(1, "", "new")


def test_a_message_that_was_taken_back_may_be_posted_again(storage: Storage) -> None:
    want(storage)
    with outbox(storage) as replies:
        replies.sent(*AT, 1, "11.5")
        replies.sent(*AT, 1, "")
    want(storage)

    assert take(storage) == Draft(2, "", "new")


def test_a_silenced_message_stays_so_and_keeps_no_timestamp(storage: Storage) -> None:
    want(storage)
    with outbox(storage) as replies:
        replies.sent(*AT, 1, "11.5")
        replies.silence(*AT)
        assert replies.ts(*AT) == ""
    assert take(storage) is None

    want(storage)
    assert take(storage) == Draft(2, "", "silenced")


def test_what_was_kept_quiet_is_not_taken_again_before_there_is_something_new(storage: Storage) -> None:
    want(storage)
    take(storage)
    with outbox(storage) as replies:
        replies.kept(*AT, 1)
    assert take(storage) is None

    want(storage)
    assert take(storage, "job 2") == Draft(2, "", "new")


def test_an_uncertain_message_is_marked_and_let_go(storage: Storage) -> None:
    want(storage)
    take(storage)
    with outbox(storage) as replies:
        replies.uncertain(*AT, 1)
    assert take(storage) is None

    want(storage)
    assert take(storage, "job 2") == Draft(2, "", "uncertain")


def test_every_workspace_has_an_outbox_of_its_own(storage: Storage) -> None:
    want(storage)

    assert take(storage, workspace="T2") is None
    with outbox(storage, "T2") as replies:
        replies.silence(*AT)
        replies.sent(*AT, 1, "99.5")
        assert replies.ts(*AT) == ""
    assert take(storage) == Draft(1, "", "new")
