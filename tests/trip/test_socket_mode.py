"""The same trip without a public address: over Socket Mode, and as a process of its own."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.demo.records import Upload
from bot.demo.server import LocalSlack
from tests import pictures
from tests.conftest import ROOT
from tests.trip.conftest import SQLITE_ALONE, Trip


@SQLITE_ALONE
def test_a_photo_is_answered_over_socket_mode_too(trip: Trip) -> None:
    slack = trip.slack
    handler = SocketModeHandler(trip.bot.app, slack.app_token, web_client=WebClient(base_url=slack.api_url))
    slack.connect("")
    handler.connect()  # type: ignore[no-untyped-call]  # Bolt left it bare
    try:
        message = trip.drop(trip.channel(), Upload("finish.jpg", pictures.bib("9101")))
        assert trip.answer(message).text.startswith("Bib 9101")
    finally:
        handler.close()  # type: ignore[no-untyped-call]  # Bolt left it bare
        slack.connect(f"{trip.url}/slack/events")


def test_spotter_run_answers_a_photo_and_ends_well_on_a_signal(tmp_path: Path) -> None:
    with LocalSlack() as slack, _spotter(slack, tmp_path) as process:
        message = slack.drop(slack.member.id, slack.race.id, [Upload("finish.jpg", pictures.bib("9111"))])
        slack.wait(lambda: bool(slack.replies(message)), 40)

        process.send_signal(signal.SIGTERM)

        assert process.wait(30) == 0
        assert slack.replies(message)[0].text.startswith("Bib 9111")


@contextmanager
def _spotter(slack: LocalSlack, home: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`spotter run`, once it is connected."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "SLACK_API_URL": slack.api_url,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_FILE_HOSTS": slack.file_host,
        "SPOTTER_HOME": str(home),
        "SPOTTER_VISION": "embedded",
    }
    process = subprocess.Popen([sys.executable, "-m", "bot", "run"], cwd=home, env=environment)  # our own
    try:
        slack.wait(lambda: slack.sockets.connected > 0, 30)
        yield process
    finally:
        process.kill()
        process.wait()
