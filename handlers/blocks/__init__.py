"""What is said, as Slack's Block Kit: the only place that makes it, and the only place that escapes text."""

from handlers.blocks.elements import failure, plain, sentence
from handlers.blocks.escaping import safe
from handlers.blocks.messages import help_message, look_modal, looking, status_message
from handlers.blocks.photo_reply import moderators_note, photo_reply

__all__ = [
    "failure",
    "help_message",
    "look_modal",
    "looking",
    "moderators_note",
    "photo_reply",
    "plain",
    "safe",
    "sentence",
    "status_message",
]
