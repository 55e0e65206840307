"""A workspace of its own for each test, and the door to it."""

from collections.abc import Iterator

import pytest
from slack_sdk import WebClient

from bot.demo.server import LocalSlack
from bot.slack import Slack


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    """A workspace of its own for each test."""
    with LocalSlack(retry_scale=0.001) as workspace:
        workspace.workspace.subscriptions.clear()  # there is no bot to tell
        yield workspace


@pytest.fixture
def door(slack: LocalSlack) -> Slack:
    """The door to it."""
    return Slack(WebClient(slack.bot_token, base_url=slack.api_url), (slack.file_host,))
