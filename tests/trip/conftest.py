"""A workspace with the bot in it, for each kind of database once."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from dbos import DBOS

from bot.app import Bot
from bot.core.channel import ChannelSettings
from bot.demo.records import Channel, Message, Upload
from bot.demo.server import LocalSlack
from tests.conftest import DATABASES
from tests.trip.running import running, settings_for

SQLITE_ALONE = pytest.mark.parametrize("trip", ["sqlite"], indirect=True)
"""For what has nothing to do with the database."""


@dataclass(frozen=True)
class Trip:
    """A workspace, and the bot that listens to it at an address."""

    slack: LocalSlack
    bot: Bot
    url: str

    def channel(self, *, private: bool = False, joined: bool = True, **settled: Any) -> str:
        """Open a channel of its own for a test: messages go at one a second, so tests do not share them.

        Only text is looked for where the test says nothing else: that is quick, and enough to find a bib.
        """
        slack = self.slack
        members = {slack.admin.id, slack.member.id, slack.other.id, *([slack.bot.id] if joined else [])}
        channel = Channel(id=slack.workspace.new_id("C"), name="start-line", is_private=private, members=members)
        slack.workspace.channels[channel.id] = channel
        for user in members:  # Slack would tell of each who joins
            self.bot.spotter.forget_access(slack.team_id, user)
        self.decide(channel.id, ChannelSettings(**{"detectors": ("text",), **settled}))
        return channel.id

    def decide(self, channel: str, settings: ChannelSettings) -> None:
        """Settle a channel, whoever may."""
        with self.bot.storage.begin(self.slack.team_id) as work:
            work.channels.settle(channel, settings)

    def settings(self, channel: str) -> ChannelSettings:
        """What is settled for a channel."""
        return self.bot.spotter.settling.read(self.slack.team_id, channel).settings

    def drop(self, channel: str, *uploads: Upload, text: str = "", thread_ts: str = "") -> Message:
        """Let a member drop files."""
        return self.slack.drop(self.slack.member.id, channel, uploads, text, thread_ts)

    def answer(self, message: Message, timeout: float = 60.0) -> Message:
        """The one answer in a message's thread, once nothing is under way any more."""
        self.slack.wait(lambda: bool(self.slack.replies(message)), timeout)
        self.settle()
        [answer] = [reply for reply in self.slack.replies(message) if not reply.files]
        return answer

    def whisper(self, user: str, act: Callable[[], object]) -> Message:
        """Do something, and read what is said to that, to one person alone."""
        before = len(self.slack.ephemerals(user))
        act()
        self.slack.wait(lambda: len(self.slack.ephemerals(user)) > before)
        return self.slack.ephemerals(user)[-1]

    def settle(self, timeout: float = 120.0) -> None:
        """Wait until every event is delivered and every job is done."""
        self.slack.wait(lambda: self.slack.pending == 0, timeout)
        until = time.monotonic() + timeout
        under_way = ["ENQUEUED", "DELAYED", "PENDING"]
        while left := DBOS.list_workflows(status=under_way, load_input=False, load_output=False):
            assert time.monotonic() < until, f"still under way: {[job.workflow_id for job in left]}"
            time.sleep(0.02)  # the engine tells nobody when a job ends


@pytest.fixture(scope="package", params=DATABASES)
def trip(
    request: pytest.FixtureRequest, new_database: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Trip]:
    """The bot at work; all trips share it, so each uses photos or channels of its own."""
    with LocalSlack(retry_scale=0.01) as slack:
        settings = settings_for(slack, new_database(request.param), tmp_path_factory.mktemp("home"))
        with running(slack, settings) as (bot, url):
            yield Trip(slack, bot, url)


@pytest.fixture(autouse=True)
def _closed(request: pytest.FixtureRequest) -> Iterator[None]:
    """The forms that a test leaves open are closed: the next one opens its own."""
    yield
    if "trip" in request.fixturenames:
        for view in request.getfixturevalue("trip").slack.workspace.views.values():
            view.is_open = False
