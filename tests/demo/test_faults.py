"""Bad days of Slack can be had on demand."""

import time
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from bot.demo.server import LocalSlack
from tests.demo.conftest import PHOTO, said


def post(slack: LocalSlack, client: WebClient) -> None:
    client.chat_postMessage(channel=slack.race.id, text="Bib 1234")


def test_a_rate_limit_is_a_429_that_says_how_long_to_wait(slack: LocalSlack, client: WebClient) -> None:
    slack.faults.add("chat.postMessage", "ratelimited", retry_after=30)
    with pytest.raises(SlackApiError) as refused:
        post(slack, client)
    assert (refused.value.response.status_code, refused.value.response.headers["Retry-After"]) == (429, "30")
    assert slack.messages(slack.race.id) == []


def test_a_call_before_the_time_is_over_is_counted_and_refused_again(slack: LocalSlack, client: WebClient) -> None:
    slack.faults.add("chat.postMessage", "ratelimited", retry_after=30)
    for _ in range(2):
        with pytest.raises(SlackApiError):
            post(slack, client)
    assert slack.faults.early == {"chat.postMessage": 1}
    assert said(client.auth_test(), "ok")


def test_slacks_own_retry_handler_gets_through(slack: LocalSlack, client: WebClient) -> None:
    client.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=2))
    slack.faults.add("chat.postMessage", "ratelimited", retry_after=1)
    post(slack, client)
    assert len(slack.messages(slack.race.id)) == 1
    assert not slack.faults.early


def test_a_500_does_nothing(slack: LocalSlack, client: WebClient) -> None:
    slack.faults.add("chat.postMessage", "error500")
    with pytest.raises(SlackApiError):
        post(slack, client)
    assert slack.messages(slack.race.id) == []
    post(slack, client)
    assert len(slack.messages(slack.race.id)) == 1


def test_a_lost_answer_comes_after_the_thing_is_done(slack: LocalSlack, client: WebClient) -> None:
    client.retry_handlers.clear()
    slack.faults.add("chat.postMessage", "lost")
    with pytest.raises(ConnectionError):
        post(slack, client)
    assert len(slack.messages(slack.race.id)) == 1
    assert [(call.ok, call.fault) for call in slack.calls] == [(True, "lost")]


def test_a_call_that_hangs_answers_late(slack: LocalSlack) -> None:
    slack.faults.add("auth.test", "hang", seconds=30)
    hasty = WebClient(slack.bot_token, base_url=slack.api_url, timeout=1)
    started = time.monotonic()
    with pytest.raises(TimeoutError):
        hasty.auth_test()
    assert time.monotonic() - started < 5


def test_downloads_fail_on_demand_too(slack: LocalSlack, client: WebClient) -> None:
    photo = slack.drop(slack.member.id, slack.race.id, [PHOTO])
    slack.faults.add("download", "error500")
    address = said(client.files_info(file=photo.files[0]), "file")["url_private"]
    request = Request(address, headers={"Authorization": f"Bearer {slack.bot_token}"})  # noqa: S310 - our own server
    with pytest.raises(HTTPError, match="500") as failed:
        urlopen(request)  # noqa: S310 - our own server
    failed.value.close()


@pytest.mark.parametrize("seed", [1, 2])
def test_random_faults_are_the_same_for_the_same_seed(slack: LocalSlack, seed: int) -> None:
    def roll() -> list[str]:
        slack.faults.at_random(seed, 0.3, kinds=("error500", "lost"))
        return [fault.kind if (fault := slack.faults.take("files.info")) else "" for _ in range(200)]

    first = roll()
    assert first == roll()
    assert 30 < 200 - first.count("") < 90
    slack.faults.clear()
    assert slack.faults.take("files.info") is None
