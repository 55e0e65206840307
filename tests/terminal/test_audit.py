"""`spotter audit`: the operator sees at once whether the log is whole, and can hand it out."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import update

from bot.cli import cli
from storage import Storage
from storage.models import AuditRow


@pytest.fixture
def storage(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, new_database: object) -> Iterator[Storage]:
    """Two workspaces in which something was done."""
    url = new_database("sqlite")  # type: ignore[operator]  # a function, as `conftest` says
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.chdir(tmp_path)
    with closing(Storage(url)) as storage:
        for workspace, acts in (("T1", 3), ("T2", 1)):
            with storage.begin(workspace) as work:
                for number in range(acts):
                    work.audit.note("U1", "settings", f"C{number}", {"on": True})
        yield storage


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli, ["audit", *words])
    return result.exit_code, result.output


@pytest.mark.usefixtures("storage")
def test_a_whole_log_is_told_with_its_length_and_exit_zero() -> None:
    assert run("verify") == (0, "T1: whole, 3 rows.\nT2: whole, a row.\n")
    assert run("verify", "--workspace", "T2") == (0, "T2: whole, a row.\n")


def test_a_broken_log_ends_non_zero_with_the_number_of_the_first_broken_row(storage: Storage) -> None:
    with storage.engine.begin() as connection:
        connection.execute(update(AuditRow).where(AuditRow.number == 2).values(actor="U9"))

    code, said = run("verify")

    assert code == 1
    assert "T2: whole" in said
    assert "The audit log of T1 is broken at row 2" in said


@pytest.mark.usefixtures("storage")
def test_the_log_can_be_read_as_lines_and_as_json() -> None:
    _, lines = run("show", "--workspace", "T1")
    _, objects = run("show", "--json")

    assert [line.split("  ")[1:2] + line.split("  ")[3:] for line in lines.splitlines()] == [
        [str(number + 1), "U1", "settings", f"C{number}", '{"on": true}'] for number in range(3)
    ]
    told = [json.loads(line) for line in objects.splitlines()]
    assert [(one["workspace"], one["number"], one["detail"]) for one in told][-1] == ("T2", 1, {"on": True})
