"""One message for each thing that is answered, on Slack's bad days too: against the local workspace."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final, cast

import pytest
from slack_sdk import WebClient
from sqlalchemy import delete

from bot.core.share import Share
from bot.demo import records
from bot.demo.records import Upload
from bot.demo.server import LocalSlack
from bot.errors import SlackBusy, SlackError, Unknowable
from bot.replying import Place, Render, Replying
from bot.slack import Message, Slack
from storage import Storage
from storage.models import PaceRow
from storage.replies import Draft
from tests.emptied import emptied
from tests.storage.at_once import at_once

SQLITE_ALONE: Final = pytest.mark.parametrize("used", ["sqlite"], indirect=True)
"""For waits that are proven on both databases elsewhere."""
PHOTO: Final = Upload("finish.jpg", b"\xff\xd8\xff pretend")
POST, UPDATE, DELETE = "chat.postMessage", "chat.update", "chat.delete"


@dataclass(frozen=True)
class Desk:
    """What answers in a workspace, and a photo that waits for its answer."""

    slack: LocalSlack
    storage: Storage
    replying: Replying
    door: Slack
    photo: records.Message
    place: Place

    def tell(self, said: str | None, *, job: str = "job 1", place: Place | None = None) -> None:
        """Bring the answer up to date, without the wait between two messages."""
        with self.storage.engine.begin() as connection:
            connection.execute(delete(PaceRow))
        self.tell_in_time(lambda: Message(said) if said else None, job=job, place=place)

    def tell_in_time(self, render: Render, *, job: str = "job 1", place: Place | None = None) -> None:
        """Bring the answer up to date at the channel's own pace."""
        self.replying.tell(self.door, place or self.place, job, render)

    @property
    def answers(self) -> list[str]:
        """What stands in the photo's thread."""
        return [reply.text for reply in self.slack.replies(self.photo)]

    def calls(self, method: str) -> int:
        """How often a method was called, whatever came of it."""
        return len(self.slack.calls_of(method))

    def begin_to_post(self, job: str) -> Draft:
        """Do what a job has done when it dies while it posts."""
        with self.storage.begin(self.place.workspace) as work:
            work.replies.want(self.place.channel, self.place.key)
            draft = work.replies.take(self.place.channel, self.place.key, job)
            assert draft
            assert work.replies.sending(draft)
            return draft


@pytest.fixture
def desk(used: Storage) -> Iterator[Desk]:
    """A workspace of its own for each test."""
    with LocalSlack() as slack:
        photo = slack.drop(slack.member.id, slack.race.id, [PHOTO])
        storage = emptied(used)
        client = WebClient(slack.bot_token, base_url=slack.api_url, timeout=1)
        yield Desk(slack, storage, Replying(storage), Slack(client), photo, place_of(slack, photo))


def place_of(slack: LocalSlack, photo: records.Message) -> Place:
    """Where a photo is answered."""
    share = Share(channel=photo.channel, ts=photo.ts, file=photo.files[0], thread_ts=photo.thread_ts)
    return Place(workspace=slack.team_id, channel=photo.channel, key=photo.ts, thread=share.thread, share=share)


def test_a_direct_message_is_edited_too_even_by_another_process(desk: Desk) -> None:
    user = desk.slack.member.id
    place = Place(workspace=desk.place.workspace, channel=user, key="progress")
    desk.tell("1 of 2", place=place)

    replace(desk, door=Slack(desk.door.client)).tell("2 of 2", place=place)

    assert [one.text for one in desk.slack.messages(desk.slack.direct_messages(user).id)] == ["2 of 2"]


def test_an_answer_is_posted_once_in_the_thread_and_edited_after(desk: Desk) -> None:
    desk.tell("Looking at 2 photos…")
    desk.tell("Bib 1234")
    desk.tell("Bibs 77 and 1234", job="job 2")

    assert desk.answers == ["Bibs 77 and 1234"]
    assert (desk.calls(POST), desk.calls(UPDATE)) == (1, 2)
    [answer] = desk.slack.replies(desk.photo)
    assert desk.replying.ts(desk.place) == answer.ts
    assert answer.metadata is not None
    assert answer.metadata["event_payload"] == {"key": f"{desk.photo.channel}-{desk.photo.ts}"}


def test_nothing_to_say_is_said_by_silence_and_takes_back_what_was_said(desk: Desk) -> None:
    desk.tell(None)
    assert (desk.answers, desk.calls(POST)) == ([], 0)

    desk.tell("Bib 1234")
    desk.tell(None)
    assert (desk.answers, desk.replying.ts(desk.place)) == ([], "")

    desk.tell("Bib 77")
    assert desk.answers == ["Bib 77"]


def test_the_newest_state_is_told_by_the_job_that_is_sending(desk: Desk) -> None:
    said = ["Bib 1", "Bibs 1 and 2"]

    def render() -> Message:
        now = said.pop(0)
        if said:  # while this job is sending, another one brings news
            desk.tell_in_time(lambda: pytest.fail("another job sends"), job="job 2")
        return Message(now)

    desk.tell_in_time(render)

    assert desk.answers == ["Bibs 1 and 2"]
    assert (desk.calls(POST), desk.calls(UPDATE)) == (1, 1)


def test_many_jobs_at_once_make_one_message_with_the_newest_state(desk: Desk) -> None:
    done: set[int] = set()

    def finish(number: int) -> None:
        done.add(number)
        desk.tell_in_time(lambda: Message(f"{len(done)} photos"), job=f"job {number}")

    at_once(8, finish)

    assert desk.answers == ["8 photos"]
    assert desk.calls(POST) == 1


@SQLITE_ALONE
def test_a_channel_gets_one_message_a_second(desk: Desk) -> None:
    began = time.monotonic()
    desk.tell_in_time(lambda: Message("Bib 1"))
    desk.tell_in_time(lambda: Message("Bib 2"))

    assert time.monotonic() - began >= 0.95


@SQLITE_ALONE
def test_no_call_comes_before_the_time_that_slack_asks_for(desk: Desk) -> None:
    desk.slack.faults.add(POST, "ratelimited", retry_after=2)
    with pytest.raises(SlackBusy) as refused:
        desk.tell_in_time(lambda: Message("Bib 1234"))
    assert (refused.value.after, desk.answers) == (2.0, [])

    desk.tell_in_time(lambda: Message("Bib 1234"), job="job 2")

    assert desk.answers == ["Bib 1234"]
    assert not desk.slack.faults.early


@pytest.mark.parametrize("kind", ["ratelimited", "error500"])
def test_a_post_that_slack_did_not_take_is_made_later(desk: Desk, kind: str) -> None:
    desk.slack.faults.add(POST, kind, retry_after=0)  # type: ignore[arg-type]  # one of its words
    with pytest.raises(SlackError) as refused:
        desk.tell("Bib 1234")
    assert refused.value.retry

    desk.tell("Bib 1234")

    assert desk.answers == ["Bib 1234"]


@SQLITE_ALONE
@pytest.mark.parametrize("kind", ["lost", "hang"])
def test_a_post_whose_answer_was_lost_is_found_and_edited(desk: Desk, kind: str) -> None:
    desk.slack.faults.add(POST, kind, seconds=3)  # type: ignore[arg-type]  # one of its words
    with pytest.raises(Unknowable):
        desk.tell("Bib 1234")

    desk.tell("Bibs 77 and 1234")
    desk.tell("Bibs 5, 77 and 1234")

    assert desk.answers == ["Bibs 5, 77 and 1234"]
    assert (desk.calls(POST), desk.calls(UPDATE)) == (1, 2)


def test_a_lost_post_is_taken_back_where_there_is_nothing_to_say_any_more(desk: Desk) -> None:
    desk.slack.faults.add(POST, "lost")
    with pytest.raises(Unknowable):
        desk.tell("Bib 1234")

    desk.tell(None)

    assert desk.answers == []


def test_a_job_that_died_while_it_posted_finds_its_message(desk: Desk) -> None:
    desk.begin_to_post("job 1")
    desk.door.post(desk.photo.channel, desk.photo.ts, Message("Bib 1234"), key=desk.place.name)

    desk.tell("Bib 1234")

    assert desk.answers == ["Bib 1234"]


def test_a_job_that_died_before_it_posted_posts(desk: Desk) -> None:
    desk.begin_to_post("job 1")
    desk.slack.say(desk.slack.other.id, desk.photo.channel, "Nice one", desk.photo.ts)

    desk.tell("Bib 1234")

    assert desk.answers == ["Nice one", "Bib 1234"]


def test_a_dead_jobs_draft_waits_for_its_own_job(desk: Desk) -> None:
    desk.begin_to_post("job 1")

    desk.tell("Bib 77", job="job 2")
    assert desk.answers == []

    desk.tell("Bib 77", job="job 1")
    assert desk.answers == ["Bib 77"]


def test_a_job_that_failed_leaves_the_message_to_others(desk: Desk) -> None:
    desk.slack.faults.add(POST, "ratelimited", retry_after=0)
    with pytest.raises(SlackBusy):
        desk.tell("Bib 1", job="job 1")

    desk.tell("Bibs 1 and 2", job="job 2")

    assert desk.answers == ["Bibs 1 and 2"]


@pytest.mark.parametrize("method", [UPDATE, DELETE])
def test_an_edit_whose_answer_was_lost_is_made_again(desk: Desk, method: str) -> None:
    said = "Bib 77" if method == UPDATE else None
    desk.tell("Bib 1234")
    desk.slack.faults.add(method, "lost")
    with pytest.raises(SlackBusy):
        desk.tell(said)

    desk.tell(said)

    assert desk.answers == ([said] if said else [])


def test_where_somebody_else_answered_too_nobody_can_tell_and_nothing_more_is_posted(desk: Desk) -> None:
    desk.slack.faults.add(POST, "lost")
    with pytest.raises(Unknowable):
        desk.tell("Bib 1234")
    desk.slack.say(desk.slack.other.id, desk.photo.channel, "Nice one", desk.photo.ts)

    desk.tell("Bib 1234")
    desk.tell("Bibs 77 and 1234", job="job 2")

    assert desk.answers == ["Bib 1234", "Nice one"]
    assert (desk.calls(POST), desk.calls(UPDATE)) == (1, 0)


def test_with_history_the_message_is_found_by_its_key_whoever_else_answered(desk: Desk) -> None:
    desk.slack.workspace.scopes |= {"channels:history", "groups:history"}
    desk.slack.faults.add(POST, "lost")
    with pytest.raises(Unknowable):
        desk.tell("Bib 1234")
    desk.slack.say(desk.slack.other.id, desk.photo.channel, "Nice one", desk.photo.ts)

    desk.tell("Bib 77")

    assert desk.answers == ["Bib 77", "Nice one"]


@pytest.mark.parametrize("what", ["no photo", "in a thread"])
def test_where_slack_tells_nothing_of_replies_a_lost_answer_is_not_posted_twice(desk: Desk, what: str) -> None:
    share = replace(desk.place.share, ts="1.5") if what == "in a thread" and desk.place.share else None
    place = replace(desk.place, share=share)
    desk.slack.faults.add(POST, "lost")
    with pytest.raises(Unknowable):
        desk.tell("Bib 1234", place=place)

    desk.tell("Bib 77", place=place)

    assert desk.answers == ["Bib 1234"]


def test_a_refused_post_is_made_later_also_where_slack_tells_nothing_of_replies(desk: Desk) -> None:
    """A rate limit is an answer: the message was certainly not posted."""
    place = replace(desk.place, share=None)
    desk.slack.faults.add(POST, "ratelimited", retry_after=0)
    with pytest.raises(SlackBusy):
        desk.tell("Bib 1234", place=place)

    desk.tell("Bib 1234", place=place)

    assert desk.answers == ["Bib 1234"]


def test_a_silenced_answer_stays_silent(desk: Desk) -> None:
    desk.tell("Bib 1234")
    desk.door.delete(desk.photo.channel, desk.replying.ts(desk.place))
    with desk.storage.begin(desk.place.workspace) as work:
        work.replies.silence(desk.place.channel, desk.place.key)

    desk.tell("Bib 77")

    assert desk.answers == []
    assert (desk.calls(POST), desk.calls(UPDATE)) == (1, 0)


def test_an_answer_that_somebody_deleted_in_slack_is_not_posted_again(desk: Desk) -> None:
    desk.tell("Bib 1234")
    desk.slack.delete_message(desk.slack.replies(desk.photo)[0])

    desk.tell("Bib 77")
    desk.tell("Bib 78")

    assert desk.answers == []


def test_a_channel_that_we_are_not_in_is_quietly_given_up_until_we_are_invited(desk: Desk) -> None:
    desk.slack.kick(desk.photo.channel)
    desk.tell("Bib 1234")
    assert desk.answers == []

    desk.slack.invite(desk.photo.channel)
    desk.tell("Bib 77")
    assert desk.answers == ["Bib 77"]


def test_an_archived_channel_is_quietly_given_up(desk: Desk) -> None:
    desk.slack.archive(desk.photo.channel)

    desk.tell("Bib 1234")

    assert desk.answers == []


def test_what_an_admin_must_mend_is_raised(desk: Desk) -> None:
    desk.slack.workspace.scopes -= {"chat:write"}

    with pytest.raises(SlackError, match="chat:write") as refused:
        desk.tell("Bib 1234")

    assert not refused.value.retry


@SQLITE_ALONE
def test_a_job_that_would_wait_for_long_for_its_turn_comes_back_later(desk: Desk) -> None:
    for _ in range(8):
        desk.storage.pace.take(f"slack:{desk.place.workspace}:{desk.photo.channel}", 1.0)
    began = time.monotonic()

    with pytest.raises(SlackBusy) as refused:
        desk.tell_in_time(lambda: Message("Bib 1234"))

    assert refused.value.after == pytest.approx(8.0, abs=1.5)
    assert time.monotonic() - began < 3.0
    assert desk.calls(POST) == 0


SEVERAL_PROCESSES: Final = pytest.mark.parametrize("used", ["postgresql"], indirect=True)
"""A SQLite file has one process, which nobody takes over from."""


@SEVERAL_PROCESSES
def test_a_run_that_was_overtaken_before_it_posts_says_nothing(desk: Desk) -> None:
    def asleep() -> Message:
        with desk.storage.runs.newest("job 1"):  # it is taken for dead here, and its job is run elsewhere
            desk.tell("Bib 1234")
        return Message("Bib 1")

    with desk.storage.runs.newest("job 1"):
        desk.tell_in_time(asleep)

    assert desk.answers == ["Bib 1234"]
    assert (desk.calls(POST), desk.calls(UPDATE)) == (1, 0)


@SEVERAL_PROCESSES
def test_a_run_that_was_overtaken_before_it_edits_leaves_the_newer_state(desk: Desk) -> None:
    desk.tell("Looking at 2 photos…")

    def asleep() -> Message:
        with desk.storage.runs.newest("job 1"):
            desk.tell("Bib 1234")
        return Message("Bib 1")

    with desk.storage.runs.newest("job 1"):
        desk.tell_in_time(asleep)

    assert desk.answers == ["Bib 1234"]


@dataclass(frozen=True)
class Sleepy:
    """A process that falls asleep between noting that it posts and posting."""

    door: Slack
    meanwhile: Callable[[], None]

    def post(self, channel: str, thread: str, message: Message, key: str = "") -> str:
        """As `Slack.post`, too late."""
        self.meanwhile()
        return self.door.post(channel, thread, message, key)

    def __getattr__(self, name: str) -> object:
        """Everything else is as ever."""
        return getattr(self.door, name)


@SEVERAL_PROCESSES
def test_what_an_overtaken_run_posts_after_all_is_deleted_by_itself(desk: Desk) -> None:
    def heir() -> None:
        with desk.storage.runs.newest("job 1"):
            desk.tell("Bib 1234")

    with desk.storage.runs.newest("job 1"):
        sleepy = cast("Slack", Sleepy(desk.door, heir))
        desk.replying.tell(sleepy, desk.place, "job 1", lambda: Message("Bib 1234, late"))

    assert desk.answers == ["Bib 1234"]
    assert desk.calls(POST) == 2
    assert desk.replying.ts(desk.place) == desk.slack.replies(desk.photo)[0].ts
