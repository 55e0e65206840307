"""A bot that a whole organization has installed, over real HTTP: one token, and each workspace is its own tenant."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

import pytest
import urllib3
from sqlalchemy import func, select

from bot.app import Bot
from bot.core.channel import ChannelSettings
from bot.core.gallery import collection_of
from bot.demo.records import Upload
from bot.demo.server import LocalSlack
from storage.installations import Installations, Installed
from storage.models import Base
from storage.sealing import Seal, new_key
from tests import pictures
from tests.test_web import signed
from tests.trip.conftest import Trip
from tests.trip.running import running, settings_for

GRID: Final = "E0HARBOUR"
KEY: Final = new_key()
OTHER: Final = "T0OTHER01"
STUBBORN: Final = "T0STUBBORN"
"""A workspace of the organization that has installed the bot by itself."""


@dataclass(frozen=True)
class Organization:
    """The bot, and one of the organization's workspaces in full; of the others there are events alone."""

    trip: Trip

    @property
    def bot(self) -> Bot:
        """The bot."""
        return self.trip.bot

    @property
    def installations(self) -> Installations:
        """What is installed."""
        return Installations(self.bot.storage.tenancy, Seal([KEY]))

    def install(self) -> None:
        """Install the bot in the organization, and in one workspace of its own."""
        slack = self.trip.slack
        whole = Installed(
            workspace=GRID,
            name="Harbour Marathon",
            bot_token=slack.bot_token,
            bot_user=slack.bot_user_id,
            scopes=("commands",),
            installed_by="U1",
            is_organization=True,
        )
        self.installations.keep(whole)
        own = replace(whole, workspace=STUBBORN, bot_token="xoxb-own", is_organization=False)  # noqa: S106  # opens nothing
        self.installations.keep(own)

    def send(self, body: str, kind: str = "application/x-www-form-urlencoded") -> urllib3.BaseHTTPResponse:
        """Send what Slack would, well signed."""
        headers = {**signed(body, secret=self.trip.slack.signing_secret), "content-type": kind}
        return urllib3.request("POST", f"{self.trip.url}/slack/events", body=body, headers=headers, retries=False)

    def event(self, team: str, *, org_wide: bool = True, organization: str = GRID, **event: Any) -> None:
        """Send an event of a workspace of the organization."""
        place = {"enterprise_id": organization, "team_id": team, "is_enterprise_install": org_wide}
        told = {"event_ts": str(time.time()), **event}
        body = {
            "type": "event_callback",
            "team_id": team,
            "authorizations": [{**place, "user_id": "U0", "is_bot": True}],
            "event": told,
        }
        assert self.send(json.dumps(body), "application/json").status == 200
        self.trip.settle()

    def come(self, *teams: str) -> None:
        """Let somebody of each workspace join a channel: that promises nothing and is kept nowhere."""
        for team in teams:
            self.event(team, type="member_joined_channel", user="U1", channel="C1")

    def leave_word(self, workspace: str) -> None:
        """Keep something in a workspace, and a face collection for it."""
        with self.bot.storage.faces.changing(collection_of(workspace)) as gallery:
            gallery.create("m", {})
        with self.bot.storage.begin(workspace) as work:
            work.notices.first("word")

    def has_word(self, workspace: str) -> bool:
        """Whether it is still kept."""
        with self.bot.storage.begin(workspace) as work:
            return not work.notices.first("word")

    def rows(self, workspace: str) -> int:
        """How many rows there are of a workspace, in all tables together."""
        tables = [table for table in Base.metadata.sorted_tables if "workspace" in table.c]
        counts = (select(func.count()).select_from(table).where(table.c.workspace == workspace) for table in tables)
        with self.bot.storage.engine.connect() as connection:
            return sum(connection.scalar(count) or 0 for count in counts)


@pytest.fixture(scope="module")
def running_bot(new_database: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trip]:
    """The bot."""
    with LocalSlack(retry_scale=0.01, organization=GRID) as slack:
        settings = settings_for(
            slack,
            new_database("sqlite"),
            tmp_path_factory.mktemp("home"),
            slack_bot_token="",
            slack_client_id="1.2",
            slack_client_secret="not told",  # noqa: S106  # opens nothing
            keys=KEY,
        )
        with running(slack, settings) as (bot, url):
            yield Trip(slack, bot, url)


@pytest.fixture
def organization(running_bot: Trip) -> Organization:
    """The organization, which has installed the bot."""
    organization = Organization(running_bot)
    organization.install()
    return organization


def test_a_photo_is_looked_at_with_the_token_of_the_organization(organization: Organization) -> None:
    trip, slack = organization.trip, organization.trip.slack
    trip.decide(slack.race.id, ChannelSettings(detectors=("text",)))

    said = trip.answer(trip.drop(slack.race.id, Upload("finish.jpg", pictures.bib("6301"))))
    ack = slack.command(slack.member.id, slack.race.id, "/findbib", "6301")

    assert said.text.startswith("Bib 6301")
    assert ack.ok
    slack.wait(lambda: bool(slack.ephemerals(slack.member.id)))
    assert "6301" in slack.ephemerals(slack.member.id)[-1].text
    asked = slack.calls_of("users.conversations")
    assert asked
    assert {call.arguments.get("team_id") for call in asked if call.ok} == {slack.team_id}


def test_app_home_and_modals_open_with_it_too(organization: Organization) -> None:
    slack = organization.trip.slack

    slack.open_home(slack.admin.id)
    slack.wait(lambda: slack.home(slack.admin.id) is not None)
    slack.command(slack.admin.id, slack.race.id, "/spotter", "settings")

    slack.wait(lambda: bool(slack.views(slack.admin.id)))


def test_each_workspace_is_a_tenant_of_its_own(organization: Organization) -> None:
    organization.come(organization.trip.slack.team_id, OTHER)
    before = organization.rows(organization.trip.slack.team_id)

    organization.leave_word(OTHER)

    assert {organization.trip.slack.team_id, OTHER, STUBBORN} <= set(organization.installations.every())
    assert organization.rows(organization.trip.slack.team_id) == before
    assert organization.rows(GRID) == 1


@pytest.mark.parametrize(
    ("org_wide", "of"), [(False, GRID), (True, "E0NOBODY1")], ids=["by a workspace", "by another organization"]
)
def test_whoever_has_not_installed_us_is_not_taken_in(organization: Organization, org_wide: bool, of: str) -> None:  # noqa: FBT001  # a parameter
    organization.event(
        "T0NOBODY1", org_wide=org_wide, organization=of, type="file_shared", file_id="F1", channel_id="C1", user_id="U1"
    )
    organization.event("T0NOBODY1", org_wide=org_wide, organization=of, type="app_uninstalled")

    assert organization.rows("T0NOBODY1") == 0
    assert organization.bot.storage.departures.every() == {}


def test_a_command_lets_a_workspace_in(organization: Organization) -> None:
    slack = organization.trip.slack
    who = {"team_id": "T0COMMAND", "user_id": slack.member.id, "channel_id": "C1", "enterprise_id": GRID}
    answer = {"response_url": slack.hooks.new_response_url(slack.member.id, slack.race.id)}

    body = urlencode({**who, **answer, "is_enterprise_install": "true", "command": "/findbib", "text": "12"})

    assert organization.send(body).status == 200
    assert "T0COMMAND" in organization.installations.every()


def test_what_is_taken_from_one_workspace_is_forgotten_there_alone(organization: Organization) -> None:
    storage, gone = organization.bot.storage, time.time()
    organization.come(OTHER)
    organization.event(STUBBORN, type="member_joined_channel", user="U1", channel="C1")
    organization.leave_word(OTHER)
    organization.leave_word(STUBBORN)

    organization.event(GRID, org_wide=False, type="team_access_revoked", team_ids=[OTHER, STUBBORN])

    assert (organization.rows(OTHER), organization.has_word(STUBBORN)) == (0, True)
    assert organization.installations.of_organization(GRID)
    organization.event(OTHER, type="member_joined_channel", user="U1", channel="C1", event_ts=str(gone))
    assert organization.rows(OTHER) == 0
    organization.come(OTHER)
    assert (organization.rows(OTHER), OTHER in storage.departures.every()) == (1, False)


@pytest.mark.parametrize("team", [GRID, OTHER], ids=["for all", "for one of them"])
def test_nothing_of_the_organization_is_left_when_it_has_removed_spotter(organization: Organization, team: str) -> None:
    organization.come(organization.trip.slack.team_id, OTHER, STUBBORN)
    for workspace in (OTHER, STUBBORN):
        organization.leave_word(workspace)

    organization.event(team, org_wide=team == GRID, type="tokens_revoked", tokens={"bot": ["U0"]})
    organization.event(team, org_wide=team == GRID, type="app_uninstalled")

    assert [organization.rows(one) for one in (GRID, OTHER, organization.trip.slack.team_id)] == [0, 0, 0]
    assert organization.has_word(STUBBORN)
    for one in organization.bot.storage.departures.every():
        organization.bot.storage.departures.over(one)
