"""What is written to the log, and what never is."""

import json
import logging
import os
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from bot import log
from tests.conftest import ROOT

SECRETS = {
    "bot token": "xoxb-1234567890-abcDEF-ghi",
    "rotated token": "xoxe.xoxp-1-Mi0yLTEyMzQ1Njc4OTAt",
    "app token": "xapp-1-A012-345-abcdef",
    "signature": "v0=" + "a2" * 32,
    "access key": "AKIAIOSFODNN7EXAMPLE",
    "session key": "ASIAIOSFODNN7EXAMPLE",
    "session token": "FwoGZXIvYXdzE" + "Bx/+a9" * 60,
    "secret key": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKE1",
    "bearer": "Bearer abc.def",
    "signed request": "Authorization: AWS4-HMAC-SHA256 Credential=x, Signature=abcdef",
    "key": "mC1zbWFsbC1rZXktZm9yLXRlc3RzLW9ubHkh_z-0123=",
    "sealed token": "gAAAAABn" + "k_3" * 40,
    "private file": "https://files.slack.com/files-pri/T1-F1/a.jpg?pub_secret=0f1e2d3c4b",
    "password": "postgresql://spotter:hunter2@db.example/spotter",
    "password with a slash": "postgresql://spotter:hun/ter2@db.example/spotter",
    "response address": "https://hooks.slack.com/commands/T1/2/three",
}


@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS.keys())
@pytest.mark.parametrize("level", ["DEBUG", "INFO", "ERROR"])
def test_no_secret_is_written(capsys: pytest.CaptureFixture[str], secret: str, level: str) -> None:
    log.start("DEBUG")

    logging.getLogger("bot").log(logging.getLevelName(level), "sent %s and %r", secret, {"token": secret})

    written = capsys.readouterr().err
    assert "sent" in written
    assert "[secret]" in written
    assert _told(secret) not in written


def _told(secret: str) -> str:
    """The part of it that opens something."""
    return secret.rpartition("//")[2].partition("@")[0].rpartition("pub_secret=")[2]


def test_what_the_operator_told_us_is_known_by_its_value(capsys: pytest.CaptureFixture[str]) -> None:
    log.start("INFO", ["8f742231b10e8888abcd99yyyzzz85a5", "1234", ""])

    logging.getLogger("bot").info("signed with 8f742231b10e8888abcd99yyyzzz85a5, bib 1234")

    assert capsys.readouterr().err.endswith("signed with [secret], bib 1234\n")


def test_no_secret_is_written_in_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    log.start("INFO")

    try:
        int(SECRETS["bot token"])
    except ValueError:
        logging.getLogger("bot").exception("it failed")

    written = capsys.readouterr().err
    assert "Traceback" in written
    assert SECRETS["bot token"] not in written


def test_what_is_no_secret_is_written_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    log.start("INFO")

    logging.getLogger("bot").info("photo %s of C0RACE001 at 1763600000.000100: Bib 1234", "F0000000001")

    assert capsys.readouterr().err.endswith("INFO bot: photo F0000000001 of C0RACE001 at 1763600000.000100: Bib 1234\n")


@pytest.mark.parametrize(
    "hostile", ["a\nERROR bot: all is lost", "a\r\x1b[2Jb", "a\u2028b\x85c", "a\u202egpj.exe", "\ud800"]
)
def test_nobody_forges_a_line_or_steers_the_terminal(capsys: pytest.CaptureFixture[str], hostile: str) -> None:
    log.start("INFO")

    try:
        raise ValueError(hostile)  # noqa: TRY301  # what is caught is the point
    except ValueError:
        logging.getLogger("bot").exception("file %s", hostile)

    first, *more = capsys.readouterr().err.rstrip("\n").split("\n")
    assert "ERROR bot: file" in first
    assert more
    assert all(line.startswith("  ") and line.isprintable() for line in more)
    assert first.isprintable()


@pytest.mark.parametrize("library", ["slack_bolt", "slack_sdk", "botocore", "urllib3", "PIL.Image", "any.other"])
def test_libraries_that_log_whole_requests_are_not_followed_below_warning(
    capsys: pytest.CaptureFixture[str], library: str
) -> None:
    log.start("DEBUG")

    logging.getLogger(library).info("a whole request")
    logging.getLogger(library).warning("a warning")

    written = capsys.readouterr().err
    assert "a whole request" not in written
    assert "a warning" in written


def test_the_job_engine_writes_through_the_same_redaction(tmp_path: Path) -> None:
    """In a process of its own: the engine sets its log up once."""
    code = (
        "from bot import log; log.start('INFO')\n"
        "from dbos import DBOS\n"
        "DBOS(config={'name': 'spotter', 'system_database_url': 'sqlite:///jobs.db', 'log_level': 'WARNING'})\n"
        f"DBOS.logger.warning('it says {SECRETS['password']}')\n"
        "DBOS.destroy()\n"
    )
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    done = subprocess.run(  # noqa: S603  # our own code
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )

    assert done.stderr.count("it says") == 1
    assert "hunter2" not in done.stdout + done.stderr


def test_all_lines_of_a_job_bear_its_short_name_and_no_others(capsys: pytest.CaptureFixture[str]) -> None:
    log.start("INFO")
    ours = logging.getLogger("bot")

    ours.info("before")
    with log.correlated("look:T1-F1", "T1") as mark:
        ours.info("within")
    ours.info("after")

    assert mark == log.correlation("look:T1-F1")
    assert re.fullmatch("[0-9a-f]{8}", mark)
    lines = capsys.readouterr().err.splitlines()
    assert [line.partition("INFO ")[2] for line in lines] == ["bot: before", f"bot [{mark}]: within", "bot: after"]


@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS.keys())
def test_as_json_a_line_is_one_object_without_a_secret(capsys: pytest.CaptureFixture[str], secret: str) -> None:
    log.start("INFO", form="json")

    with log.correlated("look:T1-F1", "T1") as mark:
        try:
            raise ValueError(secret)  # noqa: TRY301  # what is caught is the point
        except ValueError:
            logging.getLogger("bot").exception("sent %s\nERROR bot: all is lost\u202e", secret)

    written = capsys.readouterr().err
    (line,) = written.splitlines()
    told = json.loads(line)
    assert line.isascii()
    assert _told(secret) not in told["message"] + told["error"]
    assert (told["level"], told["logger"], told["correlation"]) == ("ERROR", "bot", mark)
    assert told["team"] == log.correlation("T1")
    assert "ValueError" in told["error"]
    assert datetime.fromisoformat(told["time"]).tzinfo
