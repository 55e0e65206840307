"""One try of a job, and what comes after it; the engine that stores it is tested in `test_jobs`."""

import logging
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.core.dead_letter import DeadLetter
from bot.core.patience import Attempt, Patience
from bot.errors import PhotoGone, SlackBusy, SpotterError, VisionBusy
from bot.jobs.trying import Later, Payload, Trying

AWAY = OperationalError("select 1", {}, Exception("the database is away"))
FIRST = Attempt(job="look:1", life="look:1")
PAYLOAD = {"workspace": "T1", "file": "F1"}


class Desk:
    """A kind of job whose tries end as planned."""

    def __init__(self, *errors: Exception, begins: Exception | None = None) -> None:
        self.done: list[tuple[str, str]] = []
        self.letters: list[DeadLetter] = []
        self.told: list[Exception] = []
        self.fails_to_bury: deque[Exception] = deque()
        self._errors = deque(errors)
        self._begins = begins
        self.trying = Trying(self._newest, self._bury, Patience())
        self.trying.register("look", self._run, self._give_up)

    @contextmanager
    def _newest(self, job: str) -> Iterator[None]:
        if self._begins:
            raise self._begins
        self.done.append(("began", job))
        yield

    def _bury(self, letter: DeadLetter) -> None:
        if self.fails_to_bury:
            raise self.fails_to_bury.popleft()
        self.letters.append(letter)

    def _run(self, job: str, _: Payload) -> None:
        self._act("ran", job)

    def _give_up(self, job: str, _: Payload, error: Exception) -> None:
        self.told.append(error)
        self._act("gave up", job)

    def _act(self, what: str, job: str) -> None:
        self.done.append((what, job))
        if self._errors:
            raise self._errors.popleft()

    def run(self, attempt: Attempt = FIRST, payload: Payload = PAYLOAD) -> Later | None:
        """Try once."""
        return self.trying.run("look", payload, attempt)


def test_what_works_is_done() -> None:
    desk = Desk()

    assert desk.run() is None
    assert desk.done == [("began", "look:1"), ("ran", "look:1")]


@pytest.mark.parametrize(
    "error", [SlackBusy("busy"), VisionBusy(), AWAY, PoolTimeoutError("no connection is left"), ZeroDivisionError()]
)
def test_what_may_work_later_ends_its_turn_and_is_tried_again_under_the_same_name(error: Exception) -> None:
    desk = Desk(error)

    later = desk.run()

    assert later
    assert 1.0 <= later.seconds <= 1.25
    assert (later.attempt.job, later.attempt.number) == ("look:1", 1)
    assert desk.run(later.attempt) is None
    assert desk.done[-1] == ("ran", "look:1")
    assert desk.letters == []


def test_nobody_tries_again_before_the_other_side_said() -> None:
    later = Desk(SlackBusy("busy", after=30.0)).run()

    assert later
    assert 30.0 <= later.seconds <= 37.5
    assert later.attempt.waited == 1.0


def test_waits_differ_so_that_what_failed_together_does_not_come_back_together() -> None:
    waits = {later.seconds for _ in range(20) if (later := Desk(SlackBusy("busy")).run())}

    assert len(waits) == 20


def test_what_never_works_is_given_up_at_once_with_its_own_error() -> None:
    gone = PhotoGone()
    desk = Desk(gone)

    assert desk.run() is None
    assert desk.told == [gone]
    [letter] = desk.letters
    assert letter == DeadLetter(job="look:1", kind="look", payload=PAYLOAD, error=gone.say)
    assert letter.workspace == "T1"


def test_an_outage_of_a_day_ends_in_one_sentence() -> None:
    desk = Desk(SlackBusy("Slack does not answer right now; I will try again."))

    assert desk.run(FIRST.next(86_400.0)) is None
    assert [letter.error for letter in desk.letters] == [
        "Slack does not answer right now; I tried for a while and gave up."
    ]
    assert len(desk.told) == 1


def test_an_outage_is_still_waited_for_after_twenty_three_hours() -> None:
    assert Desk(SlackBusy("busy")).run(FIRST.next(23 * 3600.0)) is not None


def test_a_bug_is_given_up_at_the_eighth_try_and_logged_with_its_traceback(caplog: pytest.LogCaptureFixture) -> None:
    error = ZeroDivisionError("a bug")
    desk, attempt = Desk(*[error] * 8), FIRST
    for _ in range(7):
        later = desk.run(attempt)
        assert later
        attempt = later.attempt

    assert desk.run(attempt) is None
    assert desk.told == [error]
    assert "look:1" in desk.letters[0].error
    [logged] = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert "look:1" in logged.getMessage()
    assert logged.exc_info is not None
    assert logged.exc_info[1] is error


def test_the_last_word_is_tried_again_alone() -> None:
    desk = Desk(PhotoGone(), SlackBusy("busy"))

    later = desk.run()

    assert later
    assert later.attempt.failed == PhotoGone().say
    assert desk.run(later.attempt) is None
    assert [what for what, _ in desk.done] == ["began", "ran", "gave up", "began", "gave up"]
    assert isinstance(desk.told[1], SpotterError)
    assert desk.told[1].say == PhotoGone().say


def test_a_dead_letter_that_cannot_be_kept_yet_holds_back_the_last_word() -> None:
    desk = Desk(PhotoGone())
    desk.fails_to_bury.append(AWAY)

    later = desk.run()

    assert later
    assert (desk.told, desk.letters) == ([], [])
    assert desk.run(later.attempt) is None
    assert (len(desk.told), len(desk.letters)) == (1, 1)


def test_a_job_that_cannot_even_be_given_up_comes_to_an_end() -> None:
    desk = Desk(PhotoGone(), PhotoGone())

    assert desk.run() is None
    assert len(desk.letters) == 1


def test_where_the_database_is_away_at_the_beginning_the_job_is_not_even_begun() -> None:
    desk = Desk(begins=AWAY)

    assert desk.run() is not None
    assert desk.done == []


def test_a_job_of_no_workspace_leaves_no_letter() -> None:
    desk = Desk(PhotoGone())

    assert desk.run(payload={}) is None
    assert desk.letters == []
    assert len(desk.told) == 1
