"""`/metrics`, `spotter status`, and the page and the alerts that go with them."""

import re
import runpy
import socket
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import urllib3
import yaml
from click.testing import CliRunner
from prometheus_client import generate_latest
from sqlalchemy import Engine, insert, text

from bot.cli import cli
from bot.condition import Gauges, condition
from bot.core import money
from bot.core.dead_letter import DeadLetter
from bot.core.money import Charge, Limits
from bot.errors import SetupError
from bot.jobs.alone import alone
from bot.jobs.backlog import is_stored
from bot.metrics import COUNTED, registry, showing
from storage import Storage
from storage.engine import clock
from storage.models import ProcessRow
from tests.conftest import ROOT

CAP = 1_000_000
PAGE = runpy.run_path(str(ROOT / "scripts" / "metrics_page.py"))
ALERTS = yaml.safe_load((ROOT / "docs" / "alerts.yml").read_text())["groups"][0]["rules"]


def lived(storage: Storage) -> None:
    """Let a workspace spend a quarter of its cap and give a job up, while two processes live and a third is dead."""
    charge = Charge(day=money.day(datetime.now(UTC)), operation="detect_text", price=CAP // 4)
    with storage.begin("T1") as work:
        work.spends.reserve(charge, Limits(CAP, CAP, CAP))
        work.spends.settle(charge, charge.price)
        work.dead_letters.add(DeadLetter(job="look:T1-F1", kind="look", payload={"workspace": "T1"}, error="no"))
    with storage.engine.begin() as connection:
        for name, ago in (("web-1", 1.0), ("worker-1", 2.0), ("worker-2", 60.0)):
            connection.execute(insert(ProcessRow).values(name=name, seen=clock(storage.engine) - ago))


def shown(storage: Storage, cap: int = CAP) -> dict[str, float]:
    """What `/metrics` shows, by name, but for what has labels."""
    lines = generate_latest(registry(Gauges(storage, cap))).decode().splitlines()
    return {name: float(value) for name, value in (line.split() for line in lines if re.match(r"\w+ ", line))}


def test_what_the_database_tells_of_all_workspaces_is_shown(storage: Storage) -> None:
    lived(storage)

    told = shown(storage)

    assert told["spotter_database_up"] == 1
    assert told["spotter_budget_used_ratio"] == 0.25
    assert told["spotter_dead_letters"] == 1
    assert told["spotter_jobs_open"] == 0
    if storage.engine.dialect.name == "postgresql":
        assert told["spotter_processes"] == 2


def test_jobs_that_are_due_are_counted_by_how_long_they_wait(storage: Storage) -> None:
    now = datetime.now(UTC).timestamp()
    stored = [("done", "SUCCESS", 900, None), ("waits", "ENQUEUED", 30, None), ("again", "ENQUEUED", 800, 10)]
    stored += [("later", "DELAYED", 700, -600), ("runs", "PENDING", 600, None)]
    _store(storage.engine, [(name, state, now - ago, due and now - due) for name, state, ago, due in stored])

    told = condition(storage)

    assert told.jobs == 4
    assert told.oldest == pytest.approx(30, abs=5)
    with storage.engine.connect() as connection:
        assert is_stored(connection, "done")
        assert not is_stored(connection, "another")


def _store(engine: Engine, jobs: list[tuple[str, str, float, float | None]]) -> None:
    """Keep jobs as the engine keeps them."""
    schema = "" if engine.dialect.name == "sqlite" else "dbos."
    columns = "workflow_uuid text, status text, created_at bigint, delay_until_epoch_ms bigint"
    with engine.begin() as connection:
        if schema:
            connection.execute(text("create schema dbos"))
        connection.execute(text(f"create table {schema}workflow_status ({columns})"))
        for name, state, made, due in jobs:
            values = {"name": name, "state": state, "made": int(made * 1000), "due": int(due * 1000) if due else None}
            connection.execute(
                text(f"insert into {schema}workflow_status values (:name, :state, :made, :due)"),  # noqa: S608  # ours
                values,
            )


def test_where_the_database_is_away_that_is_shown_and_nothing_fails(tmp_path: Path) -> None:
    with closing(Storage(f"sqlite:///{tmp_path / 'gone' / 'spotter.db'}")) as storage:
        (tmp_path / "gone").rmdir()

        told = shown(storage)

    assert told["spotter_database_up"] == 0
    assert "spotter_processes" not in told


def test_the_database_is_asked_once_however_often_somebody_looks(new_database: Any) -> None:
    with closing(Storage(new_database("sqlite"))) as storage:
        gauges = Gauges(storage, CAP)
        before = list(gauges.collect())
        lived(storage)

        assert list(gauges.collect()) == before


def test_a_process_without_an_http_face_shows_metrics_on_a_port_of_its_own() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SetupError, match="SPOTTER_METRICS_PORT"), showing(port, registry()):
            pass

    with showing(port, registry()):
        told = urllib3.request("GET", f"http://127.0.0.1:{port}/metrics", retries=False)

    assert b"# TYPE spotter_ack_seconds histogram" in told.data


def test_the_page_of_metrics_is_what_the_code_has() -> None:
    assert (ROOT / "docs" / "metrics.md").read_text() == PAGE["page"]()


def test_no_metric_has_a_label_that_names_somebody_or_something_of_theirs() -> None:
    labels = {label for one in COUNTED for label in getattr(one, "_labelnames", ())}

    assert labels == {"type", "result", "kind", "operation", "error", "method", "status", "reason"}


@pytest.mark.parametrize("rule", ALERTS, ids=lambda rule: rule["alert"])
def test_every_metric_that_an_alert_asks_for_exists_and_it_says_how_to_mend_it(rule: dict[str, Any]) -> None:
    there = set(re.findall(r"`(spotter_\w+)`", (ROOT / "docs" / "metrics.md").read_text()))
    asked = {re.sub(r"_(count|sum|bucket)$", "", name) for name in re.findall(r"spotter_\w+", rule["expr"])}

    assert asked
    assert asked <= there
    assert rule["for"]
    assert rule["annotations"]["mend"]


def test_there_are_five_alerts() -> None:
    assert len({rule["alert"] for rule in ALERTS}) == 5


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, new_database: Any, tmp_path: Path) -> Iterator[Storage]:
    """A Spotter that looked at photos, on a machine without an account."""
    url = new_database("sqlite")
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("SPOTTER_VISION", "embedded")
    monkeypatch.setenv("SPOTTER_MONTHLY_CAP", "1")
    monkeypatch.chdir(tmp_path)
    with closing(Storage(url)) as storage:
        lived(storage)
        yield storage


def test_status_tells_on_one_screen_how_spotter_is(home: Storage) -> None:
    with closing(alone(str(home.engine.url.database))):
        done = CliRunner().invoke(cli, ["status"])

    assert done.exit_code == 0
    assert done.output.splitlines() == [
        "engine       embedded, on this machine",
        "database     sqlite, up to date",
        "jobs         0 open; none waits",
        "processes    1",
        "given up     1 in the last month",
        "spent        $0.2500 of $1.00 this month in T1",
    ]


@pytest.mark.usefixtures("home")
def test_status_ends_non_zero_where_nobody_works() -> None:
    done = CliRunner().invoke(cli, ["status"])

    assert done.exit_code == 1
    assert "Nobody works. Start: spotter run" in done.output


def test_status_ends_non_zero_where_the_database_is_away(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}")
    monkeypatch.chdir(tmp_path)

    done = CliRunner().invoke(cli, ["status"])

    assert done.exit_code == 1
    assert "I can't" in done.output
