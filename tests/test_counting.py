"""What happens is counted where it happens, and logged under the name of the job that it happened in."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, nullcontext
from typing import Any

import pytest
from slack_sdk import WebClient

from bot import log
from bot.core.patience import Attempt, Patience
from bot.detectors import Answer as DetectorAnswer
from bot.errors import NotAPhoto, PhotoGone, SlackError, VisionBusy
from bot.gate import Gate
from bot.jobs.trying import Trying
from bot.looking import Looking
from bot.metrics import counted_event
from bot.slack import Slack
from storage import Storage
from tests.answering import Answer, answering
from tests.counting import counting
from tests.test_looking import DOLLAR, PHOTO, TEXT, Eyes

TEXTS = {"operation": "detect_text"}


@pytest.fixture
def looking(new_database: Any) -> Iterator[Callable[[Eyes], Looking]]:
    """Makes what looks, on one and the same memory."""
    with closing(Storage(new_database("sqlite"))) as storage, ExitStack() as stack:
        yield lambda eyes: stack.enter_context(closing(Looking(eyes, storage, cap=DOLLAR, workers=1)))


def test_an_event_that_could_not_be_kept_is_counted_as_failed() -> None:
    with (
        counting("events_total", type="file_shared", result="kept") as kept,
        counting("events_total", type="file_shared", result="failed") as failed,
    ):
        with counted_event("file_shared"):
            pass
        with pytest.raises(OSError, match="away"), counted_event("file_shared"):
            raise OSError("away")

        assert (kept(), failed()) == (1, 1)


def test_a_file_that_is_refused_is_counted_by_its_reason() -> None:
    with counting("gate_rejects_total", reason="NotAPhoto") as refused:
        with closing(Gate()) as gate, pytest.raises(NotAPhoto):
            gate.open(b"a text")

        assert refused() == 1


def test_a_paid_call_is_counted_once_and_then_the_stored_answer(looking: Callable[[Eyes], Looking]) -> None:
    with counting("paid_calls_total", **TEXTS) as paid, counting("stored_answers_total", **TEXTS) as stored:
        for _ in range(3):
            looking(Eyes()).look("T1", PHOTO, TEXT)

        assert (paid(), stored()) == (1, 2)


def test_what_the_engine_refuses_is_counted_by_operation_and_error(looking: Callable[[Eyes], Looking]) -> None:
    with counting("engine_errors_total", **TEXTS, error="VisionBusy") as busy:
        with pytest.raises(VisionBusy):
            looking(Eyes(detect_text=VisionBusy("busy"))).look("T1", PHOTO, TEXT)

        assert busy() == 1


class Marked(Eyes):
    """Notes what the log would mark its lines with while it looks."""

    mark = ""

    def look(self, operation: str, image: bytes, options: Mapping[str, Any]) -> DetectorAnswer:
        """Note that, and answer."""
        self.mark = log.current()
        return super().look(operation, image, options)


def test_what_is_logged_in_the_threads_of_detectors_bears_the_name_of_the_job(
    looking: Callable[[Eyes], Looking],
) -> None:
    eyes = Marked()
    with log.correlated("look:T1-F1", "T1") as mark:
        looking(eyes).look("T1", PHOTO, TEXT)

    assert eyes.mark == mark


@pytest.mark.parametrize(
    ("told", "status"), [({"ok": True}, "ok"), ({"ok": False, "error": "not_authed"}, "not_authed")]
)
def test_calls_of_slack_are_counted_by_method_and_what_slack_says(told: dict[str, Any], status: str) -> None:
    body = json.dumps({**told, "team_id": "T1", "user_id": "U1", "bot_id": "B1"}).encode()
    answer = Answer(headers={"Content-Type": "application/json"}, body=[body])
    with answering(lambda: answer) as server, counting("slack_calls_total", method="auth.test", status=status) as calls:
        slack = Slack(WebClient("xoxb-1", base_url=f"http://{server.host}/api/"))
        with nullcontext() if told["ok"] else pytest.raises(SlackError):
            slack.identity()

        assert calls() == 1


def test_a_job_that_comes_to_nothing_is_counted_by_kind_and_its_time_too() -> None:
    trying = Trying(lambda _: nullcontext(), lambda _: None, Patience())
    trying.register("look", _gone, lambda *_: None)
    with counting("jobs_given_up_total", kind="look") as given_up, counting("job_seconds_count", kind="look") as tries:
        assert trying.run("look", {}, Attempt(job="look:1", life="look:1")) is None

        assert (given_up(), tries()) == (1, 1)


def _gone(*_: object) -> None:
    raise PhotoGone
