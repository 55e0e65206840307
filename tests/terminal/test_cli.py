"""The terminal: what it prints, and what it says when something is wrong."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
import pytest

from bot.cli import cli
from bot.demo.server import LocalSlack
from handlers.manifest import manifest
from tests import pictures
from tests.conftest import ROOT
from tests.terminal.typed import run, said

HEAVY = (
    "alembic",
    "boto3",
    "cv2",
    "dbos",
    "numpy",
    "onnxruntime",
    "PIL",
    "slack_bolt",
    "slack_sdk",
    "sqlalchemy",
    "uvicorn",
)


@pytest.fixture(scope="module")
def slack() -> Iterator[LocalSlack]:
    """A workspace to ask for tokens."""
    with LocalSlack() as slack:
        yield slack


def folder(path: Path, **files: bytes) -> str:
    """A folder with files; a double underscore in a name stands for the dot."""
    for name, data in files.items():
        file = path / name.replace("__", ".").replace("_in_", "/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    path.mkdir(exist_ok=True)
    return str(path)


# Help


def test_help_comes_without_any_of_the_heavy_libraries() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from bot.cli import cli\n"
        "assert CliRunner().invoke(cli, ['--help']).exit_code == 0\n"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603  # our own code

    assert done.stdout.strip() == "[]"


def test_every_command_and_every_option_says_what_it_does() -> None:
    for name, command in _commands(cli):
        assert command.help, name
        for parameter in command.params:
            assert not isinstance(parameter, click.Option) or parameter.help, f"{name} {parameter.name}"
        assert run(*name.split(), "--help").exit_code == 0


def _commands(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _commands(command, f"{before}{name} ")
        else:
            yield before + name, command


# scan and analyse


def test_scan_prints_an_index_that_names_every_path_also_of_the_same_picture(tmp_path: Path) -> None:
    finish = pictures.bib("1234")
    path = folder(
        tmp_path / "race", finish__jpg=finish, again__jpg=finish, later_in_one__jpg=pictures.bib("1240"),
        notes__txt=b"no photo", __hidden__jpg=pictures.bib("9999"),
    )  # fmt: skip

    result = run("scan", "--json", path)

    assert result.exit_code == 0
    index = json.loads(result.stdout)
    assert index.keys() == {"bibs", "unsure", "photos", "failed", "paid_calls", "cost_usd"}
    assert sorted(found["photo"] for found in index["bibs"]["1234"]) == [f"{path}/again.jpg", f"{path}/finish.jpg"]
    assert [found["photo"] for found in index["bibs"]["1240"]] == [f"{path}/later/one.jpg"]
    assert all(
        found.keys() == {"photo", "confidence"} and 0 < found["confidence"] <= 100 for found in index["bibs"]["1234"]
    )
    assert set(index["bibs"]) == {"1234", "1240"}
    [failed] = index["failed"]
    assert failed["photo"] == f"{path}/notes.txt"
    assert failed["error"].startswith("I can read JPEG")
    assert (index["photos"], index["paid_calls"], index["cost_usd"]) == (4, 0, 0)


def test_scan_keeps_the_bibs_that_are_asked_for(tmp_path: Path) -> None:
    path = folder(tmp_path / "race", a__jpg=pictures.bib("1234"), b__jpg=pictures.bib("1240"))

    assert set(json.loads(run("scan", "--json", "--bib", "1240", path).stdout)["bibs"]) == {"1240"}


def test_scan_of_an_empty_folder_says_so(tmp_path: Path) -> None:
    assert said(run("scan", "--json", folder(tmp_path / "empty"))) == "There is nothing to scan."


@pytest.mark.parametrize("command", ["scan", "analyse"])
def test_a_path_that_is_not_there_is_named(command: str) -> None:
    assert "nowhere.jpg" in said(run(command, "nowhere.jpg"))


def test_analyse_prints_one_object_a_photo(tmp_path: Path) -> None:
    path = folder(tmp_path / "race", a__jpg=pictures.bib("1234"), b__txt=b"no photo")

    lines = [json.loads(line) for line in run("analyse", "--json", path).stdout.splitlines()]

    keys = {"photo", "labels", "words", "bibs", "faces", "people", "celebrities", "moderation"}
    assert all(keys <= line.keys() for line in lines)
    photo, text = sorted(lines, key=lambda line: line["photo"])
    assert [bib["number"] for bib in photo["bibs"]] == ["1234"]
    assert photo["words"][0]["text"] == "1234"
    assert text["error"].startswith("I can read JPEG")


def test_whois_names_whoever_is_enrolled_and_tells_every_other_face(tmp_path: Path) -> None:
    clara, podium = (str(ROOT / "examples" / name) for name in ("people/clara_wennick_1.jpg", "07_podium.jpg"))
    empty = folder(tmp_path / "empty", a__jpg=pictures.plain(), b__txt=b"no photo")
    run("enroll", "Clara Wennick", clara, "--consent", "form 7")

    shown, *others = (json.loads(line) for line in run("whois", "--json", podium, empty).stdout.splitlines())

    left, middle, right = sorted(shown["faces"], key=lambda face: face["box"]["left"])
    assert (middle["name"] or middle["maybe"], middle["similarity"] >= 90) == ("Clara Wennick", True)
    assert [{**face, "box": None} for face in (left, right)] == [
        {"box": None, "name": None, "maybe": None, "similarity": None}
    ] * 2
    assert sorted((other["faces"], other["photo"]) for other in others) == [
        ([], f"{empty}/a.jpg"),
        ([], f"{empty}/b.txt"),
    ]


# settings, manifest, db


def test_a_channels_settings_are_kept_and_shown() -> None:
    run("settings", "C0RACE001", "--workspace", "T1", "detectors=text,faces", "nothing_found=say", "confidence=70")

    shown = run("settings", "C0RACE001", "--workspace", "T1").stdout.splitlines()

    assert {"detectors=text,faces", "nothing_found=say", "confidence=70", "on=yes"} <= set(shown)
    assert "nothing_found=silent" in run("settings", "C0OTHER01", "--workspace", "T1").stdout


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("colour=red", "I don't know the setting"),
        ("on", "Write a setting as name=value"),
        ("on=perhaps", "on is yes or no"),
        ("confidence=much", "confidence is a number from 0 to 100"),
        ("confidence=101", "confidence is a number from 0 to 100"),
        ("detectors=text,smell", "detectors knows labels, text"),
        ("nothing_found=shout", "nothing_found knows silent, say"),
    ],
)
def test_a_wrong_setting_is_a_sentence_and_changes_nothing(change: str, why: str) -> None:
    before = run("settings", "C0RACE001", "--workspace", "T1").stdout

    assert said(run("settings", "C0RACE001", "--workspace", "T1", "on=no", change)).startswith(why)
    assert run("settings", "C0RACE001", "--workspace", "T1").stdout == before


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["general", "--workspace", "T1"], "general is not a channel's id."),
        (["C0RACE001", "--workspace", "acme"], "acme is not a workspace's id, such as T0123ABCD."),
        (["C0RACE001"], "Which workspace? Name it: --workspace T0123ABCD."),
    ],
)
def test_settings_are_kept_for_no_channel_that_cannot_be(words: list[str], why: str) -> None:
    Path("list.csv").write_text("bib,name\n7,Ada\n")

    assert said(run("settings", *words, "on=no")).startswith(why)
    assert said(run("startlist", words[0], "list.csv", *words[1:])).startswith(why)


def test_without_a_workspace_slack_is_asked_for_it(slack: LocalSlack) -> None:
    asked = {"SLACK_API_URL": slack.api_url, "SLACK_BOT_TOKEN": slack.bot_token}

    run("settings", "C0RACE001", "on=no", **asked)

    assert "on=no" in run("settings", "C0RACE001", "--workspace", slack.team_id).stdout
    assert "--workspace" in said(run("settings", "C0RACE001", **{**asked, "SLACK_BOT_TOKEN": "xoxb-wrong"}))


def test_manifest_is_printed_for_socket_mode_and_for_http() -> None:
    assert json.loads(run("manifest").stdout) == manifest()
    assert json.loads(run("manifest", "--url", "https://spotter.example").stdout) == manifest("https://spotter.example")


@pytest.mark.parametrize(
    "words",
    [
        ["manifest", "--url", "spotter.example"],
        ["manifest", "--url", "http://spotter.example"],
        ["iam", "--region", "Ireland"],
        ["iam", "--account", "1234"],
    ],
)
def test_an_address_or_an_account_that_cannot_be_is_told_with_one_that_can(words: list[str]) -> None:
    assert f"{words[-1]!r} is not like " in said(run(*words))


def test_a_demo_that_is_not_installed_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jsonschema", None)

    assert said(run("demo", "--once")).endswith("Run: pip install --require-hashes -r requirements/demo.txt")


def test_db_upgrade_makes_the_tables_and_may_be_said_twice(tmp_path: Path) -> None:
    for _ in range(2):
        assert run("db", "upgrade").stdout == "The database is up to date.\n"

    assert (tmp_path / "home" / "spotter.db").is_file()


# What is wrong


@pytest.mark.parametrize(
    ("command", "tokens", "why"),
    [
        ("run", {}, "SLACK_APP_TOKEN is missing"),
        ("run", {"SLACK_APP_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN is missing"),
        ("web", {}, "SLACK_SIGNING_SECRET is missing"),
        ("web", {"SLACK_SIGNING_SECRET": "s"}, "SLACK_BOT_TOKEN is missing"),
        ("worker", {}, "A worker of its own needs PostgreSQL"),
        ("run", {"PORT": "http"}, "PORT: "),
    ],
)
def test_what_is_missing_is_named(command: str, tokens: Mapping[str, str], why: str) -> None:
    assert said(run(command, **tokens)).startswith(why)


def test_a_wrong_bot_token_is_told(slack: LocalSlack) -> None:
    wrong = {"SLACK_API_URL": slack.api_url, "SLACK_APP_TOKEN": slack.app_token, "SLACK_BOT_TOKEN": "xoxb-wrong"}

    assert said(run("run", **wrong)).startswith("Slack does not accept SLACK_BOT_TOKEN (invalid_auth).")


def test_a_bot_token_of_a_whole_organization_is_refused() -> None:
    with LocalSlack(organization="E0HARBOUR") as grid:
        its = {"SLACK_API_URL": grid.api_url, "SLACK_APP_TOKEN": grid.app_token, "SLACK_BOT_TOKEN": grid.bot_token}

        assert said(run("run", **its)).startswith("SLACK_BOT_TOKEN opens a whole organization.")


def test_a_wrong_app_token_is_told(slack: LocalSlack) -> None:
    why = _fails("run", slack, SLACK_APP_TOKEN="xapp-wrong")  # noqa: S106  # a wrong one

    assert why.startswith("Error: Slack does not accept SLACK_APP_TOKEN (invalid_auth).")


def test_a_port_that_is_taken_is_told(slack: LocalSlack) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        why = _fails("web", slack, PORT=str(port))

    assert why == f"Error: I can't listen on 127.0.0.1:{port}. Is the port taken? Set PORT."


def test_a_home_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")

    why = said(run("scan", folder(tmp_path / "race", a__jpg=b""), SPOTTER_HOME=str(tmp_path / "file" / "home")))

    assert why.startswith("I can't use the database sqlite:///")


def test_a_database_that_is_away_is_told_without_its_password(tmp_path: Path) -> None:
    why = said(
        run(
            "scan",
            folder(tmp_path / "race", a__jpg=b""),
            DATABASE_URL="postgresql://spotter:hunter2@127.0.0.1:9/spotter",
        )
    )

    assert why.startswith("I can't reach the database postgresql+psycopg://127.0.0.1:9/spotter")
    assert "hunter2" not in why


def test_amazon_without_credentials_is_told(tmp_path: Path) -> None:
    path = folder(tmp_path / "race", a__jpg=pictures.plain())

    why = said(run("scan", path, SPOTTER_VISION="rekognition", AWS_DEFAULT_REGION="eu-west-1"))

    assert why.startswith("There are no AWS credentials. Set AWS_ACCESS_KEY_ID")


def test_a_demo_port_that_is_taken_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert said(run("demo", "--once", "--port", port)).startswith(f"Port {port} is taken on this machine.")


def _fails(command: str, slack: LocalSlack, **more: str) -> str:
    """The last line of a process that cannot go on."""
    environment: dict[str, Any] = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "SLACK_API_URL": slack.api_url,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        **more,
    }
    words = [sys.executable, "-m", "bot", command]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=60, check=False)  # noqa: S603  # our own code
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    return done.stderr.strip().splitlines()[-1]
