"""`spotter reindex`: a workspace's collection of faces is built anew."""

import logging
from collections.abc import Callable
from typing import Final

from bot import entrance
from bot.core.people import Person
from bot.core.plural import counted
from bot.entrance import workspace_of
from bot.errors import SlackError
from bot.eyes import eyes
from bot.people.reindexing import Reindexing
from bot.settings import Settings
from bot.slack import Message, Slack
from bot.terminal import Say

log = logging.getLogger(__name__)

_QUESTION: Final = (
    "All faces will be deleted. I can learn anew what is still in Slack of {} that came from there; {} that came by the"
    " terminal must be given again. Go on?"
)
_ASK: Final = (
    "I had to learn all faces anew, and your enrolment photos are not in Slack any more, so I don't recognise you for"
    " now. Type /faces me to add new photos, or /faces forget."
)


def run(workspace: str, settings: Settings, *, say: Say, agreed: Callable[[str], bool]) -> None:
    """Build the collection anew, and ask those for photos who have none any more.

    Args:
        workspace: Its id; empty for the one that the bot token belongs to.
        settings: The operator's.
        say: Prints a line.
        agreed: Asks a question; whether it was answered with yes.
    """
    workspace = workspace or workspace_of(settings)
    with eyes(settings) as seeing:
        slack_of = entrance.find(settings, seeing.storage).workspaces.slack
        reindexing = Reindexing(
            storage=seeing.storage,
            gate=seeing.gate,
            faces=seeing.faces,
            learning=seeing.people.learning,
            traces=seeing.people.traces,
            slack_of=slack_of,
        )
        photos = (counted(number, "photo") for number in reindexing.plan(workspace))
        if not agreed(_QUESTION.format(*photos)):
            return
        rebuilt = reindexing.rebuild(workspace)
        say(f"{counted(rebuilt.photos, 'photo').capitalize()} learned with the model {rebuilt.model}.")
        for person in rebuilt.lost:
            say(f"{person.name} has no enrolment photo any more.")
            if person.user:
                _ask(slack_of(workspace), person)


def _ask(slack: Slack, person: Person) -> None:
    try:
        slack.post(person.user, "", Message(_ASK))
    except SlackError as error:
        log.warning("%s could not be told: %s", person.id, error)
