"""What Spotter says, an example each: for a test to look at, and for a picture of it."""

from collections.abc import Mapping
from typing import Any, Final

from bot.slack import Message
from tests.samples import admins, answers, forms, homes, people, searches

MESSAGES: Final[Mapping[str, Mapping[str, Message]]] = {
    "answers": answers.ANSWERS,
    "details": answers.DETAILS,
    "albums": answers.ALBUMS,
    "findbib": searches.BIBS,
    "findphoto": searches.PHOTOS,
    "whois": people.FACES,
    "consents": people.CONSENTS,
    "faces": people.COMMAND,
    "newcomers": admins.WELCOME,
    "admins": admins.COMMANDS,
    "failures": admins.FAILURES,
}
"""Messages by the place that shows them, and by what they are."""
MODALS: Final[Mapping[str, dict[str, Any]]] = forms.MODALS
HOMES: Final[Mapping[str, Message]] = homes.HOMES
