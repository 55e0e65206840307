"""What Slack says instead of an answer."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from slack_sdk import WebClient

from bot.demo.faults import Kind
from bot.demo.server import LocalSlack
from bot.errors import PhotoGone, SlackBusy, SlackError
from bot.slack import Slack
from tests.slack.files import dropped


def test_a_limit_tells_how_long_to_wait_and_until_then_slack_is_left_alone(slack: LocalSlack, door: Slack) -> None:
    [file] = dropped(slack).files
    slack.faults.add("files.info", "ratelimited", retry_after=2)
    with pytest.raises(SlackBusy) as first:
        door.file(file)
    with pytest.raises(SlackBusy) as second:
        door.file(file)

    assert first.value.after == 2
    assert 1 < second.value.after <= 2
    assert slack.faults.early["files.info"] == 0
    time.sleep(second.value.after)  # as Slack asks for
    assert door.file(file).id == file


def test_what_fails_for_another_reason_meanwhile_does_not_shorten_the_wait(slack: LocalSlack, door: Slack) -> None:
    slack.faults.add("files.info", "hang", seconds=0.3)
    slack.faults.add("files.info", "ratelimited", retry_after=30)
    with ThreadPoolExecutor(1) as pool:
        failing = pool.submit(door.file, "F0000000999")
        while not slack.faults.played["hang"]:
            time.sleep(0.01)  # faults tell nobody
        with pytest.raises(SlackBusy):
            door.file("F0000000001")
        assert isinstance(failing.exception(), PhotoGone)

    with pytest.raises(SlackBusy):
        door.file("F0000000001")

    assert slack.faults.early["files.info"] == 0


@pytest.mark.parametrize("kind", ["error500", "lost"])
def test_a_question_without_an_answer_may_be_asked_again(slack: LocalSlack, door: Slack, kind: Kind) -> None:
    [file] = dropped(slack).files
    slack.faults.add("files.info", kind, times=3)

    with pytest.raises(SlackBusy, match="does not answer right now"):
        door.file(file)

    assert door.file(file).id == file


@pytest.mark.parametrize("kind", ["ratelimited", "error500", "lost"])
def test_a_question_is_asked_again_after_a_moment(slack: LocalSlack, door: Slack, kind: Kind) -> None:
    [file] = dropped(slack).files
    slack.faults.add("files.info", kind, retry_after=1)

    assert door.file(file).id == file
    assert len(slack.calls_of("files.info")) == 2
    assert slack.faults.early["files.info"] == 0


def test_slack_that_hangs_is_left(slack: LocalSlack) -> None:
    impatient = Slack(WebClient(slack.bot_token, base_url=slack.api_url, timeout=1))
    [file] = dropped(slack).files
    slack.faults.add("files.info", "hang", seconds=3)

    with pytest.raises(SlackBusy):
        impatient.file(file)


def test_slack_that_is_not_there_may_come_back() -> None:
    with pytest.raises(SlackBusy):
        Slack(WebClient("xoxb-1", base_url="http://127.0.0.1:9/api/")).identity()


def test_a_missing_scope_is_named(slack: LocalSlack, door: Slack) -> None:
    slack.workspace.scopes.discard("users:read")

    with pytest.raises(SlackError, match="I lack the Slack permission users:read") as caught:
        door.person(slack.member.id)

    assert (caught.value.code, caught.value.retry) == ("missing_scope", False)
