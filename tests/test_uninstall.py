"""A workspace removes Spotter: a query over every table says that nothing of it is left."""

import time
from collections.abc import Callable, Iterator

import pytest
from dbos import DBOS
from slack_sdk import WebClient
from sqlalchemy import func, select

from bot.core.gallery import collection_of
from bot.demo.records import Upload
from bot.demo.server import LocalSlack
from bot.errors import NotInstalled, SlackError
from bot.leaving import Leaving
from bot.slack import Slack
from bot.workspaces import InstalledWorkspaces
from storage import Storage
from storage.installations import Installations
from storage.models import Base
from storage.sealing import Seal, new_key
from tests import pictures
from tests.conftest import DATABASES
from tests.storage.test_installations import GRID
from tests.trip.conftest import Trip
from tests.trip.running import running, settings_for


@pytest.fixture(params=DATABASES)
def trip(
    request: pytest.FixtureRequest, new_database: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Trip]:
    """A bot that no other test needs."""
    with LocalSlack(retry_scale=0.01) as slack:
        settings = settings_for(slack, new_database(request.param), tmp_path_factory.mktemp("home"))
        with running(slack, settings) as (bot, url):
            yield Trip(slack, bot, url)


def rows(trip: Trip, workspace: str) -> int:
    """How many rows there are of a workspace, in all tables together."""
    tables = [table for table in Base.metadata.sorted_tables if "workspace" in table.c]
    counts = (select(func.count()).select_from(table).where(table.c.workspace == workspace) for table in tables)
    with trip.bot.storage.engine.connect() as connection:
        return sum(connection.scalar(count) or 0 for count in counts)


def jobs(trip: Trip) -> list[str]:
    """The jobs that the engine remembers of the workspace, but for the one that forgets."""
    remembered = [job.workflow_id for job in DBOS.list_workflows(load_input=False, load_output=False)]
    return [job for job in remembered if trip.slack.team_id in job and not job.startswith("forget_workspace")]


def test_nothing_of_a_workspace_is_left_when_it_has_removed_spotter(trip: Trip) -> None:
    ours, storage = trip.slack.team_id, trip.bot.storage
    trip.answer(trip.drop(trip.channel(), Upload("finish.jpg", pictures.bib("6201"))))
    with storage.faces.changing(collection_of(ours)) as gallery:
        gallery.create("m", {})
    with storage.begin("T0OTHER01") as work:
        work.notices.first("hello")
    assert rows(trip, ours) > 5

    trip.slack.uninstall()
    trip.settle()

    assert rows(trip, ours) == 0
    assert jobs(trip) == []
    assert rows(trip, "T0OTHER01") == 1
    with pytest.raises((SlackError, NotInstalled)):
        trip.bot.spotter.newest_photo(ours, "C1", "U1")


def test_what_interrupts_the_forgetting_of_an_organization_leaves_no_workspace_out(storage: Storage) -> None:
    installations = Installations(storage.tenancy, Seal([new_key()]))
    installations.keep(GRID)
    for team in ("T1", "T2", "T3"):
        installations.join(team, "E1", 5.0)
    forgotten: list[str] = []

    def forget_people(workspace: str) -> None:
        forgotten.append(workspace)
        if len(forgotten) == 2:
            raise SlackError("away")

    leaving = Leaving(
        storage=storage,
        forget_people=forget_people,
        workspaces=InstalledWorkspaces(installations, lambda token, team: Slack(WebClient(token), (), team)),
        forget_jobs=lambda _: None,
    )
    job = {"workspace": "E1", "left_at": time.time() + 1}
    with pytest.raises(SlackError):
        leaving.forget("", job)
    leaving.forget("", job)

    assert (installations.all(), installations.every()) == ((), ())
    assert (sorted(set(forgotten)), forgotten[-1]) == (["E1", "T1", "T2", "T3"], "E1")
    assert sorted(storage.departures.every()) == ["T1", "T2", "T3"]
