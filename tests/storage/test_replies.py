"""The outbox: one job at a time sends the newest state of a message."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

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


def draft(version: int, *, ts: str = "", state: str = "new", holder: str = "job 1") -> Draft:
    """A draft of the one message of these tests."""
    return Draft(channel=AT[0], key=AT[1], holder=holder, version=version, ts=ts, state=state)  # type: ignore[arg-type]  # one of its words


def taken(storage: Storage, holder: str = "job 1") -> Draft:
    """A draft that a job has taken."""
    found = take(storage, holder)
    assert found
    return found


def test_what_is_wanted_may_be_taken(storage: Storage) -> None:
    want(storage)

    assert take(storage) == draft(1)


def test_nothing_wanted_is_nothing_to_take(storage: Storage) -> None:
    assert take(storage) is None


def test_what_was_sent_is_not_taken_again(storage: Storage) -> None:
    want(storage)
    first = taken(storage)
    with outbox(storage) as replies:
        replies.sent(first, "11.5")

    assert take(storage) is None
    assert take(storage, "job 2") is None
    with outbox(storage) as replies:
        assert replies.ts(*AT) == "11.5"


def test_wishes_that_come_while_it_is_sent_are_one_more_draft(storage: Storage) -> None:
    want(storage)
    first = taken(storage)
    want(storage)
    want(storage)
    with outbox(storage) as replies:
        replies.sent(first, "11.5")

    newest = taken(storage)
    assert newest == draft(3, ts="11.5", state="sent")
    with outbox(storage) as replies:
        replies.sent(newest, "11.5")
    assert take(storage) is None


def test_another_job_cannot_take_what_one_holds_and_the_same_job_can(storage: Storage) -> None:
    want(storage)
    take(storage, "job 1")

    assert take(storage, "job 2") is None
    assert take(storage, "job 1") == draft(1)


def test_one_of_many_jobs_takes_it(storage: Storage) -> None:
    want(storage)

    drafts = at_once(8, lambda number: take(storage, f"job {number}"))

    [one] = [each for each in drafts if each]
    assert one == draft(1, holder=one.holder)


def test_wishes_of_many_threads_are_all_counted(storage: Storage) -> None:
    at_once(8, lambda _: want(storage))

    assert take(storage) == draft(8)


def test_a_job_that_lets_go_leaves_the_draft_to_others(storage: Storage) -> None:
    want(storage)
    first = taken(storage)
    with outbox(storage) as replies:
        replies.let_go(first)

    assert take(storage, "job 2") == draft(1, holder="job 2")


@pytest.mark.parametrize(("held", "free"), [(800.0, False), (1000.0, True), (-3600.0, True)])
def test_an_old_hold_may_be_taken(storage: Storage, *, held: float, free: bool) -> None:
    want(storage)
    take(storage, "job 1")
    with storage.engine.begin() as connection:
        connection.execute(update(ReplyRow).values(until=ReplyRow.until - held))

    assert (take(storage, "job 2") is not None) == free


def test_after_a_crash_the_same_job_sees_that_a_post_was_under_way(storage: Storage) -> None:
    want(storage)
    first = taken(storage)
    with outbox(storage) as replies:
        replies.sending(first)

    assert take(storage) == draft(1, state="sending")


def test_a_post_that_was_not_made_is_as_if_never_tried(storage: Storage) -> None:
    want(storage)
    first = taken(storage)
    with outbox(storage) as replies:
        replies.sending(first)
        replies.not_sent(first)

    assert take(storage) == draft(1)


def test_a_message_that_was_taken_back_may_be_posted_again(storage: Storage) -> None:
    for ts in ("11.5", ""):
        want(storage)
        first = taken(storage)
        with outbox(storage) as replies:
            replies.sent(first, ts)
    want(storage)

    assert take(storage) == draft(3)


def test_a_silenced_message_stays_so_and_keeps_no_timestamp(storage: Storage) -> None:
    want(storage)
    first = taken(storage)
    with outbox(storage) as replies:
        replies.sent(first, "11.5")
        replies.silence(*AT)
        assert replies.ts(*AT) == ""
    assert take(storage) is None

    want(storage)
    assert take(storage) == draft(2, state="silenced")


def test_what_was_kept_quiet_is_not_taken_again_before_there_is_something_new(storage: Storage) -> None:
    want(storage)
    first = taken(storage)
    with outbox(storage) as replies:
        replies.kept(first)
    assert take(storage) is None

    want(storage)
    assert take(storage, "job 2") == draft(2, holder="job 2")


def test_an_uncertain_message_is_marked_and_let_go(storage: Storage) -> None:
    want(storage)
    first = taken(storage)
    with outbox(storage) as replies:
        replies.uncertain(first)
    assert take(storage) is None

    want(storage)
    assert take(storage, "job 2") == draft(2, state="uncertain", holder="job 2")


def test_every_workspace_has_an_outbox_of_its_own(storage: Storage) -> None:
    want(storage)
    ours = taken(storage)

    assert take(storage, workspace="T2") is None
    with outbox(storage, "T2") as replies:
        replies.silence(*AT)
        assert not replies.sent(ours, "99.5")
        assert replies.ts(*AT) == ""
    assert take(storage) == draft(1)


def test_a_job_that_lost_its_hold_writes_nothing_more(storage: Storage) -> None:
    want(storage)
    late = taken(storage, "job 1")
    with storage.engine.begin() as connection:
        connection.execute(update(ReplyRow).values(until=0.0))
    heirs = taken(storage, "job 2")

    with outbox(storage) as replies:
        assert not replies.holds(late)
        assert not replies.sending(late)
        assert not replies.sent(late, "11.5")
        assert replies.sending(heirs)
        assert replies.holds(heirs)


@pytest.fixture
def several(new_database: Callable[[str], str]) -> Iterator[Storage]:
    """A memory that several processes share."""
    with closing(Storage(new_database("postgresql"))) as shared:
        yield shared


def test_an_older_run_of_a_job_neither_takes_nor_writes_once_a_newer_one_has_begun(several: Storage) -> None:
    want(several)
    with several.runs.newest("job 1"):
        late = taken(several)
        at_once(1, lambda _: _begin(several, "job 1"))

        assert take(several) is None
        with outbox(several) as replies:
            assert not replies.holds(late)
            assert not replies.sending(late)
            assert not replies.sent(late, "11.5")


def test_an_older_run_holds_no_more_even_after_the_newer_one_has_ended(several: Storage) -> None:
    want(several)
    with several.runs.newest("job 1"):
        late = taken(several)
        with several.runs.newest("job 1"):
            assert take(several) == draft(1)

        with outbox(several) as replies:
            assert not replies.sending(late)


def test_the_newest_run_of_a_job_takes_what_a_dead_one_held(several: Storage) -> None:
    want(several)
    first = taken(several)
    with outbox(several) as replies:
        replies.sending(first)

    with several.runs.newest("job 1"):
        again = taken(several)
        assert again == draft(1, state="sending")
        with outbox(several) as replies:
            assert replies.sent(again, "11.5")


def test_runs_of_other_jobs_are_no_concern(several: Storage) -> None:
    want(several)
    with several.runs.newest("job 1"):
        first = taken(several)
        with several.runs.newest("job 2"):
            pass
        with outbox(several) as replies:
            assert replies.sending(first)


def _begin(storage: Storage, job: str) -> None:
    """Begin a run, and die in it."""
    storage.runs.newest(job).__enter__()
