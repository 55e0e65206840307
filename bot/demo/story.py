"""`spotter demo`: the local workspace in the browser with the real bot beside it, and photos to drop."""

import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import Final

from bot.demo.beside import bot_beside, manifest
from bot.demo.consenting import consent
from bot.demo.kept import kept
from bot.demo.page.routes import open_page
from bot.demo.records import Message, Upload
from bot.demo.server import LocalSlack
from bot.demo.transcript import thread_text
from bot.errors import SetupError

_PHOTOS: Final = 6
_ANSWER_SECONDS: Final = 45.0
_FIRST_WORDS: Final = (
    "They are off. Cold hands, warm hearts.",
    "Second kilometre, along the lake. Who is the one in front?",
    "The woods, with the light just right.",
    "Thank you, water crew.",
)

Say = Callable[[str], None]


def show(*, once: bool, port: int, over_socket: bool, fresh: bool, say: Say) -> None:
    """Run the workspace and the bot.

    Args:
        once: Drop the sample photos, print each thread, and end; else show the page until interrupted.
        port: The workspace's; 0 takes a free one.
        over_socket: Let the bot talk over Socket Mode instead of HTTP.
        fresh: Forget what earlier runs have left.
        say: Prints a line.

    Raises:
        SetupError: The port is taken, or the bot does not start.
    """
    home = Path(os.environ.get("SPOTTER_HOME", ".spotter")) / ("demo-once" if once else "demo")
    if fresh or once:
        shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True, exist_ok=True)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with LocalSlack(port=port, manifest=manifest()) as slack:
        if once:
            _print_threads(slack, home, say, over_socket=over_socket)
            return
        with suppress(KeyboardInterrupt), kept(slack.workspace, home / "workspace") as known:
            open_page(slack, samples("*.jpg") + samples("startlist.csv"))
            with bot_beside(slack, home, over_socket=over_socket):
                say(f"A Slack workspace on this machine, with Spotter in it: {slack.url}")
                say("Open it in a browser. Ctrl-C ends it.")
                if not known:
                    _begin(slack)
                while True:
                    time.sleep(3600)


def samples(pattern: str) -> list[Path]:
    """The sample files, in the order of the story."""
    beside = Path(str(files("bot"))).parent / "examples"
    return sorted(beside.glob(pattern))


def _print_threads(slack: LocalSlack, home: Path, say: Say, *, over_socket: bool) -> None:
    with bot_beside(slack, home, over_socket=over_socket):
        say(f"A Slack workspace on this machine, with Spotter in it: {slack.url}\n")
        for message in _drop_samples(slack):
            say(thread_text(slack, slack.race.id, message.ts) + "\n")


def _drop_samples(slack: LocalSlack) -> Iterator[Message]:
    photos = samples("*.jpg")[:_PHOTOS]
    if not photos:
        raise SetupError("The sample photos are missing: they lie in examples/.")
    _consent(slack)
    for photo in photos:
        message = slack.drop(slack.member.id, slack.race.id, [Upload(photo.name, photo.read_bytes())])
        slack.wait(lambda message=message: bool(slack.replies(message)), timeout=_ANSWER_SECONDS)  # type: ignore[misc]
        yield message


def _consent(slack: LocalSlack) -> None:
    consent(slack, samples("people/mia_member_*.jpg"), samples("people/clara_wennick_*.jpg"))


def _begin(slack: LocalSlack) -> None:
    """Tell the first part of the story: two people agree to be known, then members drop a photo each."""
    _consent(slack)
    members = (slack.admin.id, slack.member.id, slack.other.id, slack.admin.id)
    for user, photo, words in zip(members, samples("*.jpg"), _FIRST_WORDS, strict=False):
        slack.drop(user, slack.race.id, [Upload(photo.name, photo.read_bytes())], words)
