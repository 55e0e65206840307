"""What is said, as Slack's Block Kit: the only place that makes it, and the only place that escapes text."""

from handlers.blocks.bibs import bib_turned_up, find_modal, found_bibs
from handlers.blocks.corrections import correction_modal
from handlers.blocks.elements import failure, plain, sentence
from handlers.blocks.escaping import safe
from handlers.blocks.messages import help_message, look_modal, looking, status_message
from handlers.blocks.photo_reply import moderators_note, photo_reply
from handlers.blocks.scans import scan_modal, scan_offer, scan_progress
from handlers.blocks.start_lists import event_modal, start_list_modal, start_list_offer

__all__ = [
    "bib_turned_up",
    "correction_modal",
    "event_modal",
    "failure",
    "find_modal",
    "found_bibs",
    "help_message",
    "look_modal",
    "looking",
    "moderators_note",
    "photo_reply",
    "plain",
    "safe",
    "scan_modal",
    "scan_offer",
    "scan_progress",
    "sentence",
    "start_list_modal",
    "start_list_offer",
    "status_message",
]
