"""Bolt's ways: keep before the ack, and one catch of whatever a handler raises."""

import json
import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast
from urllib.parse import urlencode

import pytest
from slack_bolt import App, BoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier

from bot.core.share import Drop
from bot.demo.server import LocalSlack
from bot.errors import PhotoGone
from bot.spotter import Spotter
from handlers import bolt

SHARED = {"type": "file_shared", "file_id": "F1", "channel_id": "C1", "user_id": "U1", "event_ts": "5.0"}


class Failing:
    """Stands in for the bot at its port: keeps what is dropped, and fails where it is told to."""

    def __init__(self) -> None:
        self.dropped: list[Drop] = []
        self.error: Exception | None = None

    def admit(self, *_: str) -> None:
        """Let everybody in."""

    def drop(self, drop: Drop) -> None:
        """Keep it."""
        if self.error:
            raise self.error
        self.dropped.append(drop)

    def status(self, *_: str) -> None:
        """Tell how things stand."""
        if self.error:
            raise self.error


@pytest.fixture(scope="module")
def slack() -> Iterator[LocalSlack]:
    """A workspace that takes what is answered."""
    with LocalSlack() as slack:
        yield slack


@pytest.fixture
def bot() -> Failing:
    """The bot."""
    return Failing()


@pytest.fixture
def app(slack: LocalSlack, bot: Failing) -> App:
    """A Bolt app with all that is handled."""
    app = App(
        client=WebClient(slack.bot_token, base_url=slack.api_url),
        signing_secret=slack.signing_secret,
        before_authorize=bolt.keeper(cast("Spotter", bot)),
    )
    bolt.register(app, cast("Spotter", bot))
    return app


def sent(app: App, slack: LocalSlack, body: str) -> BoltResponse:
    """What the app answers to a signed body."""
    timestamp = str(int(time.time()))
    signature = SignatureVerifier(slack.signing_secret).generate_signature(timestamp=timestamp, body=body) or ""
    headers: dict[str, str | Sequence[str]] = {"x-slack-request-timestamp": timestamp, "x-slack-signature": signature}
    return app.dispatch(BoltRequest(body=body, headers=headers))


def event(slack: LocalSlack, event: Mapping[str, Any], *, team: str = "", author: str = "") -> str:
    """An event as Slack delivers it."""
    authorized = {"team_id": team or slack.team_id, "user_id": author or slack.bot_user_id, "is_bot": True}
    return json.dumps(
        {"type": "event_callback", "team_id": "T0AUTHOR1", "authorizations": [authorized], "event": dict(event)}
    )


def test_an_event_is_kept_in_the_workspace_that_installed_us_not_in_its_authors(
    app: App, slack: LocalSlack, bot: Failing
) -> None:
    assert sent(app, slack, event(slack, SHARED)).status == 200

    assert bot.dropped == [Drop(workspace=slack.team_id, channel="C1", file="F1", user="U1", at="5.0")]


def test_an_event_that_cannot_be_kept_gets_500_so_that_slack_delivers_it_again(
    app: App, slack: LocalSlack, bot: Failing
) -> None:
    bot.error = OSError("disk full")

    assert sent(app, slack, event(slack, SHARED)).status == 500


def test_what_we_share_ourselves_is_not_kept(app: App, slack: LocalSlack, bot: Failing) -> None:
    assert sent(app, slack, event(slack, {**SHARED, "user_id": slack.bot_user_id})).status == 200

    assert bot.dropped == []


def test_an_event_of_nobody_is_kept(app: App, slack: LocalSlack, bot: Failing) -> None:
    nobody = {name: value for name, value in SHARED.items() if name != "user_id"}
    body = json.loads(event(slack, nobody))
    del body["authorizations"][0]["user_id"]

    sent(app, slack, json.dumps(body))

    assert [drop.file for drop in bot.dropped] == ["F1"]


@pytest.mark.parametrize("kind", ["file_shared", "file_deleted", "file_unshared", "app_mention"])
def test_every_event_of_the_manifest_is_acknowledged(app: App, slack: LocalSlack, kind: str) -> None:
    ours = {"type": kind, "user": slack.bot_user_id, "user_id": slack.bot_user_id}  # kept nowhere, so no more is needed

    assert sent(app, slack, event(slack, ours)).status == 200


def test_an_error_of_ours_is_said_in_its_own_words(app: App, slack: LocalSlack, bot: Failing) -> None:
    bot.error = PhotoGone()

    assert answered(app, slack) == PhotoGone().say


def test_any_other_error_is_an_apology_with_a_number_that_stands_in_the_log(
    app: App, slack: LocalSlack, bot: Failing, caplog: pytest.LogCaptureFixture
) -> None:
    bot.error = KeyError("secret inner workings")
    with caplog.at_level(logging.ERROR, "handlers.bolt"):
        said = answered(app, slack)

    assert said.startswith("Something went wrong on my side. An admin can find it in my log as ")
    number = said.removesuffix(".").rpartition(" ")[2]
    [record] = caplog.records
    assert number in record.getMessage()
    assert record.exc_info
    assert "inner workings" not in said


def answered(app: App, slack: LocalSlack) -> str:
    """What a member reads after `/spotter status`."""
    before = len(slack.ephemerals(slack.member.id))
    url = slack.hooks.new_response_url(slack.member.id, slack.race.id)
    who = {"team_id": slack.team_id, "user_id": slack.member.id, "channel_id": slack.race.id}
    body = urlencode({**who, "command": "/spotter", "text": "status", "response_url": url, "trigger_id": "1"})
    assert sent(app, slack, body).status == 200
    slack.wait(lambda: len(slack.ephemerals(slack.member.id)) > before)
    return slack.ephemerals(slack.member.id)[-1].text
