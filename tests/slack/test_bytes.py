"""A file's bytes: only from Slack's own hosts, never more than allowed, never a login page."""

import itertools

import pytest
from slack_sdk import WebClient

from bot.core.photo import MAX_FILE_BYTES
from bot.demo.faults import Kind
from bot.demo.records import Upload
from bot.demo.server import LocalSlack
from bot.errors import LoginPage, PhotoError, PhotoGone, SlackBusy, TooLarge
from bot.slack import Slack
from tests.answering import Answer, answering
from tests.slack.files import BYTES, dropped, fetched, file_at, told_by_slack


def test_the_bytes_come_as_they_are(slack: LocalSlack, door: Slack) -> None:
    assert door.download(door.file(dropped(slack).files[0])) == BYTES


def test_without_the_scope_slacks_redirect_to_its_login_page_is_a_login_page(slack: LocalSlack, door: Slack) -> None:
    told = door.file(dropped(slack).files[0])
    slack.workspace.scopes.discard("files:read")

    with pytest.raises(LoginPage):
        door.download(told)


def test_slacks_login_page_with_status_200_is_a_login_page(door: Slack) -> None:
    page = Answer(headers={"Content-Type": "text/html; charset=utf-8"}, body=[b"<!DOCTYPE html><title>Slack</title>"])
    with answering(lambda: page) as server, pytest.raises(LoginPage):
        fetched(door, server.host)


@pytest.mark.parametrize(
    "url",
    [
        "http://files.slack.com/files-pri/T1-F1/a.jpg",
        "https://files.slack.com:8443/files-pri/T1-F1/a.jpg",
        "https://someone@files.slack.com/files-pri/T1-F1/a.jpg",
        "https://files.slack.com@evil.example/a.jpg",
        "https://files.slack.com.evil.com/a.jpg",
        "https://evil.example/files.slack.com/a.jpg",
        "https://files.slack.com\\@evil.example/a.jpg",
        "https://slack.com/files-pri/T1-F1/a.jpg",
        "http://169.254.169.254/latest/meta-data/",
        "file:///etc/passwd",
        "ftp://files.slack.com/a.jpg",
        "//files.slack.com/a.jpg",
    ],
)
def test_only_slacks_own_hosts_are_asked(door: Slack, url: str) -> None:
    """A refusal, and not the error of a failed request."""
    with pytest.raises(PhotoError, match="lies outside Slack"):
        door.download(file_at(url))


def test_another_host_is_never_asked_and_never_gets_the_token(door: Slack) -> None:
    with answering(Answer) as evil, pytest.raises(PhotoError, match="lies outside Slack"):
        door.download(file_at(f"http://{evil.host}/a.jpg"))

    assert evil.asked == []


def test_a_redirect_is_not_followed_so_the_token_stays(slack: LocalSlack) -> None:
    with (
        answering(Answer) as evil,
        answering(lambda: Answer(302, {"Location": f"http://{evil.host}/"})) as server,
        pytest.raises(LoginPage),
    ):
        fetched(Slack(WebClient(slack.bot_token, base_url=slack.api_url)), server.host)

    assert evil.asked == []
    assert server.asked[0]["Authorization"] == f"Bearer {slack.bot_token}"


def test_a_file_that_lies_elsewhere_is_refused_without_a_request(slack: LocalSlack, door: Slack) -> None:
    with answering(Answer) as elsewhere:
        upload = Upload("far.jpg", b"", "image/jpeg", external_url=f"http://{elsewhere.host}/a.jpg")
        with pytest.raises(PhotoError, match="lies outside Slack"):
            door.download(door.file(dropped(slack, upload).files[0]))

    assert elsewhere.asked == []


def test_a_file_that_the_other_organisation_keeps_to_itself_is_refused_without_a_request(door: Slack) -> None:
    closed = {"id": "F0000000001", "mode": "file_access", "file_access": "check_file_info", "created": 0, "user": ""}

    with pytest.raises(PhotoError, match="the other organisation"):
        door.download(told_by_slack(closed))


def test_a_file_that_says_it_is_too_big_is_not_fetched(door: Slack) -> None:
    with answering(Answer) as server, pytest.raises(TooLarge, match=r"too big for me \(60 MB; limit 25 MB\)"):
        fetched(door, server.host, size=60 * 2**20)

    assert server.asked == []


def test_a_file_that_does_not_end_is_left_at_the_limit(door: Slack) -> None:
    endless = Answer(body=itertools.repeat(bytes(2**20)))
    with answering(lambda: endless) as server, pytest.raises(TooLarge):
        fetched(door, server.host)


def test_a_file_of_exactly_the_limit_is_fetched(door: Slack) -> None:
    with answering(lambda: Answer(body=[bytes(MAX_FILE_BYTES)])) as server:
        assert len(fetched(door, server.host)) == MAX_FILE_BYTES


@pytest.mark.parametrize(("status", "error"), [(404, PhotoGone), (410, PhotoGone), (403, SlackBusy), (502, SlackBusy)])
def test_what_slacks_file_host_says_instead_of_bytes(door: Slack, status: int, error: type[Exception]) -> None:
    with answering(lambda: Answer(status)) as server, pytest.raises(error):
        fetched(door, server.host)


def test_a_file_host_that_asks_to_wait_is_waited_for(door: Slack) -> None:
    busy = Answer(429, {"retry-after": "7"})
    with answering(lambda: busy) as server, pytest.raises(SlackBusy) as caught:
        fetched(door, server.host)

    assert caught.value.after == 7


@pytest.mark.parametrize("kind", ["ratelimited", "error500", "lost"])
def test_bytes_that_do_not_come_may_come_later(slack: LocalSlack, door: Slack, kind: Kind) -> None:
    told = door.file(dropped(slack).files[0])
    slack.faults.add("download", kind, retry_after=0)

    with pytest.raises(SlackBusy) as caught:
        door.download(told)

    assert caught.value.retry
    assert door.download(told) == BYTES
