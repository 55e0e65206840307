"""Two people of the story agree to be known, as anybody would: by the app's own commands and forms."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from bot.demo.records import Upload, View
from bot.demo.server import LocalSlack

_SECONDS: Final = 60.0
"""How long one step may take on a slow machine: the first photo waits for the models."""


def consent(slack: LocalSlack, mine: Sequence[Path], clara: Sequence[Path]) -> None:
    """Turn face matching on in the race's channel; Mia agrees for herself, and Ada attests what Clara has signed.

    Args:
        slack: The workspace, with the bot at work.
        mine: Portraits of Mia.
        clara: Portraits of Clara, who is in no workspace.

    Raises:
        TimeoutError: The bot does not answer.
    """
    ada, mia, race = slack.admin.id, slack.member.id, slack.race.id
    slack.command(ada, race, "/faces", "on")
    slack.wait(lambda: bool(slack.messages(race)), _SECONDS)
    boxes = {"find_me": ["yes"], "show_name": ["yes"]}
    _fill(slack, mia, "me", {**boxes, "signed": slack.member.real_name, "photos": _uploads(mine)})
    signed = {"reference": "entry form 1207", "given_on": "2026-04-20"}
    _fill(slack, ada, "enroll Clara Wennick", {**boxes, **signed, "photos": _uploads(clara)})


def _fill(slack: LocalSlack, user: str, words: str, values: Mapping[str, Any]) -> None:
    """Open a form of `/faces`, send it in, and wait for the direct message that says what came of the photos."""
    told = _told(slack, user)
    before = told()
    slack.command(user, slack.race.id, "/faces", words)
    slack.submit(user, _form(slack, user), values)
    slack.wait(lambda: told() > before, _SECONDS)


def _form(slack: LocalSlack, user: str) -> View:
    slack.wait(lambda: bool(slack.views(user)), _SECONDS)
    return slack.views(user)[-1]


def _told(slack: LocalSlack, user: str) -> Callable[[], int]:
    inbox = slack.direct_messages(user).id
    return lambda: len(slack.messages(inbox))


def _uploads(portraits: Sequence[Path]) -> list[Upload]:
    return [Upload(portrait.name, portrait.read_bytes()) for portrait in portraits]
