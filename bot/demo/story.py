"""`spotter demo`: the local workspace with the real bot beside it, and photos to drop."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Final

import urllib3

from bot.demo.records import Message, Upload
from bot.demo.server import HOST, LocalSlack
from bot.demo.transcript import thread_text
from bot.errors import SetupError

_PHOTOS: Final = 6
_READY_SECONDS: Final = 30.0
_ANSWER_SECONDS: Final = 45.0
_FROM_OUTSIDE: Final = ("PATH", "HOME", "LANG", "TMPDIR", "SYSTEMROOT", "VIRTUAL_ENV")
"""What the bot inherits: no account of this machine, so nothing is ever paid or sent."""

Say = Callable[[str], None]


def show(*, once: bool, port: int, say: Say) -> None:
    """Run the workspace and the bot; drop the sample photos, and print what is said.

    Args:
        once: End when the threads are printed; else go on until interrupted.
        port: The workspace's; 0 takes a free one.
        say: Prints a line.

    Raises:
        SetupError: The port is taken, or the bot does not start.
    """
    home = Path(os.environ.get("SPOTTER_HOME", ".spotter")) / "demo"
    home.mkdir(parents=True, exist_ok=True)
    with LocalSlack(port=port) as slack, _bot(slack, home):
        say(f"A Slack workspace on this machine, with Spotter in it: {slack.url}\n")
        for message in _drop_samples(slack):
            say(thread_text(slack, slack.race.id, message.ts) + "\n")
        if not once:
            say("Spotter goes on; press Ctrl-C to end.")
            _until_interrupted()


def samples() -> list[Path]:
    """The sample photos, in the order of the story."""
    beside = Path(str(files("bot"))).parent / "examples"
    return sorted(beside.glob("*.jpg"))


def _drop_samples(slack: LocalSlack) -> Iterator[Message]:
    photos = samples()[:_PHOTOS]
    if not photos:
        raise SetupError("The sample photos are missing: they lie in examples/.")
    for photo in photos:
        message = slack.drop(slack.member.id, slack.race.id, [Upload(photo.name, photo.read_bytes())])
        slack.wait(lambda message=message: bool(slack.replies(message)), timeout=_ANSWER_SECONDS)  # type: ignore[misc]
        yield message


@contextmanager
def _bot(slack: LocalSlack, home: Path) -> Iterator[None]:
    """Run `spotter web` as anybody would, in a process of its own."""
    port = _free_port()
    log = home / "spotter.log"
    with log.open("ab") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "web"], env=_environment(slack, home, port), stdout=out, stderr=out
        )
        try:
            _wait_until_ready(process, f"http://{HOST}:{port}/readyz", log)
            slack.connect(f"http://{HOST}:{port}/slack/events")
            yield
        finally:
            process.terminate()
            process.wait()


def _environment(slack: LocalSlack, home: Path, port: int) -> Mapping[str, str]:
    inherited = {name: os.environ[name] for name in _FROM_OUTSIDE if name in os.environ}
    return {
        **inherited,
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
        "SLACK_FILE_HOSTS": slack.file_host,
        "SPOTTER_VISION": "embedded",
        "SPOTTER_HOME": str(home.resolve()),
        "DATABASE_URL": "",
        "PORT": str(port),
    }


def _wait_until_ready(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    http = urllib3.PoolManager(retries=False)
    end = time.monotonic() + _READY_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            if http.request("GET", url).status == 200:  # noqa: PLR2004  # HTTP's own OK
                return
        except urllib3.exceptions.HTTPError:
            time.sleep(0.05)  # nobody listens yet, and a port gives no sign when somebody does
    raise SetupError(f"The bot did not start. Its log is {log}.")


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as listener:
        return int(listener.getsockname()[1])


def _until_interrupted() -> None:
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        return
