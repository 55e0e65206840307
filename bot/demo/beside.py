"""The real bot beside the workspace, in a process of its own, as anybody would run it."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import urllib3

from bot.demo.server import HOST, LocalSlack
from bot.errors import SetupError

_READY_SECONDS: Final = 30.0
_FROM_OUTSIDE: Final = ("PATH", "HOME", "LANG", "TMPDIR", "SYSTEMROOT", "VIRTUAL_ENV")
"""What the bot inherits: no account of this machine, so nothing is ever paid or sent."""


def manifest() -> Any:
    """Ask the bot for its manifest, as one would for a real workspace.

    Raises:
        SetupError: It does not say.
    """
    asked = subprocess.run(
        [sys.executable, "-m", "bot", "manifest"], env=_inherited(), capture_output=True, text=True, check=False
    )
    if asked.returncode:
        raise SetupError(f"The bot does not print its manifest: {asked.stderr.strip()}")
    return json.loads(asked.stdout)


@contextmanager
def bot_beside(slack: LocalSlack, home: Path, *, over_socket: bool = False) -> Iterator[str]:
    """Run the bot until left: `spotter web`, or `spotter run` for Socket Mode.

    Args:
        slack: The workspace that it belongs to.
        home: Where it keeps its state and its log.
        over_socket: Talk over Socket Mode instead of HTTP.

    Yields:
        Its request address; empty for Socket Mode.

    Raises:
        SetupError: It does not start.
    """
    port, log = _free_port(), home / "spotter.log"
    address = "" if over_socket else f"http://{HOST}:{port}/slack/events"
    mode = "run" if over_socket else "web"
    with log.open("ab") as out:
        process = subprocess.Popen(  # noqa: S603  # our own command, and no shell
            [sys.executable, "-m", "bot", mode], env=_environment(slack, home, port), stdout=out, stderr=out
        )
        try:
            if over_socket:
                slack.workspace.wait(lambda: slack.sockets.connected > 0 or bool(process.poll()), _READY_SECONDS)
                _check(is_up=slack.sockets.connected > 0, log=log)
            else:
                _check(is_up=_answers(process, f"http://{HOST}:{port}/readyz"), log=log)
            slack.connect(address)
            yield address
        finally:
            process.terminate()
            process.wait()


def _environment(slack: LocalSlack, home: Path, port: int) -> Mapping[str, str]:
    return {
        **_inherited(),
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
        "SLACK_FILE_HOSTS": slack.file_host,
        "SPOTTER_VISION": "embedded",
        "SPOTTER_HOME": str(home.resolve()),
        "DATABASE_URL": "",
        "PORT": str(port),
    }


def _inherited() -> dict[str, str]:
    return {name: os.environ[name] for name in _FROM_OUTSIDE if name in os.environ}


def _answers(process: subprocess.Popen[bytes], url: str) -> bool:
    http = urllib3.PoolManager(retries=False)
    end = time.monotonic() + _READY_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            if http.request("GET", url).status == 200:  # noqa: PLR2004  # HTTP's own OK
                return True
        except urllib3.exceptions.HTTPError:
            time.sleep(0.05)  # nobody listens yet, and a port gives no sign when somebody does
    return False


def _check(*, is_up: bool, log: Path) -> None:
    if not is_up:
        raise SetupError(f"The bot did not start. Its log is {log}.")


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as listener:
        return int(listener.getsockname()[1])
