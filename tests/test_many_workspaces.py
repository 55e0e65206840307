"""A bot that workspaces install by themselves, over real HTTP: each has its own token, and nobody else gets in."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest
import urllib3
from sqlalchemy import select

from bot import eyes
from bot.core.channel import ChannelSettings
from bot.demo.records import Upload
from bot.demo.server import LocalSlack
from storage.installations import Installations, Installed
from storage.models import Base
from storage.sealing import Seal, new_key
from tests import pictures
from tests.test_web import signed
from tests.trip.conftest import Trip
from tests.trip.running import running, settings_for

ASKS = 8


@dataclass(frozen=True)
class Crowd:
    """A bot for many workspaces, of which one has installed it."""

    trip: Trip

    @property
    def slack(self) -> LocalSlack:
        """The workspace that has."""
        return self.trip.slack

    def send(self, body: str, kind: str = "application/x-www-form-urlencoded") -> urllib3.BaseHTTPResponse:
        """Send what Slack would, well signed."""
        headers = {**signed(body, secret=self.slack.signing_secret), "content-type": kind}
        return urllib3.request("POST", f"{self.trip.url}/slack/events", body=body, headers=headers, retries=False)

    def event(self, team: str, **event: Any) -> urllib3.BaseHTTPResponse:
        """Send an event of a workspace."""
        ours = [{"team_id": team, "user_id": "U0", "is_bot": True}]
        body = {"type": "event_callback", "team_id": team, "authorizations": ours, "event": event}
        return self.send(json.dumps(body), "application/json")

    def pressed(self, user: str, action: str, value: str) -> str:
        """Press a button with a value of one's own making; what is answered."""
        before = len(self.slack.ephemerals(user))
        url = self.slack.hooks.new_response_url(user, self.slack.race.id)
        body = {
            "type": "block_actions",
            "team": {"id": self.slack.team_id},
            "user": {"id": user},
            "channel": {"id": self.slack.race.id},
            "response_url": url,
            "trigger_id": "1.2",
            "actions": [{"type": "button", "action_id": action, "block_id": "b", "value": value}],
        }
        assert self.send(urlencode({"payload": json.dumps(body)})).status == 200
        self.slack.wait(lambda: len(self.slack.ephemerals(user)) > before)
        return self.slack.ephemerals(user)[-1].text

    def workspaces(self) -> set[str]:
        """The workspaces of which any row is kept."""
        with self.trip.bot.storage.engine.connect() as connection:
            tables = [table for table in Base.metadata.sorted_tables if "workspace" in table.c]
            return {one for table in tables for one in connection.scalars(select(table.c.workspace))}


@pytest.fixture(scope="module")
def crowd(new_database: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crowd]:
    """The bot."""
    key, database = new_key(), new_database("sqlite")
    with LocalSlack(retry_scale=0.01) as slack:
        settings = settings_for(
            slack,
            database,
            tmp_path_factory.mktemp("home"),
            slack_bot_token="",
            slack_client_id="1.2",
            slack_client_secret="not told",  # noqa: S106  # opens nothing
            keys=key,
            asks_per_minute=ASKS,
        )
        with eyes.memory(settings) as storage:
            Installations(storage.tenancy, Seal([key])).keep(
                Installed(
                    workspace=slack.team_id,
                    name="Harbour Runners",
                    bot_token=slack.bot_token,
                    bot_user=slack.bot_user_id,
                    scopes=("commands",),
                    installed_by="U1",
                )
            )
        with running(slack, settings) as (bot, url):
            yield Crowd(Trip(slack, bot, url))


def test_a_photo_is_looked_at_with_the_token_of_its_workspace(crowd: Crowd) -> None:
    slack = crowd.slack
    crowd.trip.decide(slack.race.id, ChannelSettings(detectors=("text",)))

    dropped = crowd.trip.drop(slack.race.id, Upload("finish.jpg", pictures.bib("6101")))

    assert crowd.trip.answer(dropped).text.startswith("Bib 6101")


def test_an_event_of_a_workspace_that_has_not_installed_us_is_acknowledged_and_kept_nowhere(crowd: Crowd) -> None:
    answer = crowd.event("T0NOBODY1", type="file_shared", file_id="F1", channel_id="C1", user_id="U1", event_ts="5.0")
    crowd.trip.settle()

    assert answer.status == 200
    assert crowd.workspaces() == {crowd.slack.team_id}


def test_a_command_of_such_a_workspace_gets_a_polite_answer(crowd: Crowd) -> None:
    body = urlencode({"team_id": "T0NOBODY1", "user_id": "U1", "channel_id": "C1", "command": "/findbib", "text": "12"})

    answer = crowd.send(body)

    assert (answer.status, "install" in answer.data.decode()) == (200, True)
    assert crowd.workspaces() == {crowd.slack.team_id}


def test_nobody_is_let_in_by_the_departure_of_another_workspace(crowd: Crowd) -> None:
    crowd.event("T0NOBODY1", type="app_uninstalled", event_ts=str(time.time()))

    assert crowd.trip.bot.storage.departures.every() == {}


@pytest.mark.parametrize(
    ("action", "value", "said"),
    [
        ("undo_correction", "999999", "taken back already"),
        ("scan_begin", "0123456789ab", "begun already, or is over"),
        ("scan_stop", "' or 1=1 --", "is over"),
        ("wrong_bib", '{"channel": "C0NOBODY1", "ts": "1.2", "file": "F1"}', "don't know this photo"),
        ("findbib_page", "{", "went wrong on my side"),
    ],
)
def test_made_up_ids_find_nothing_and_tell_nothing(crowd: Crowd, action: str, value: str, said: str) -> None:
    answer = crowd.pressed(crowd.slack.admin.id, action, value)

    assert said in answer
    assert "Traceback" not in answer
    assert "json" not in answer.lower()


def test_an_event_that_comes_again_is_one_job(crowd: Crowd) -> None:
    dropped = crowd.trip.drop(crowd.slack.race.id, Upload("finish.jpg", pictures.bib("6102")))
    crowd.slack.redeliver(3)

    assert crowd.trip.answer(dropped).text.startswith("Bib 6102")


def test_whoever_asks_too_much_is_asked_to_wait(crowd: Crowd) -> None:
    answers = {crowd.pressed(crowd.slack.member.id, "scan_stop", "x") for _ in range(3 * ASKS)}

    assert answers == {
        "Only workspace admins can do this.",
        "That is a lot at once. Please wait a minute, then ask again.",
    }
