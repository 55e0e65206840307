"""What is said, as Slack's Block Kit: the only place that makes it, and the only place that escapes text."""

from handlers.blocks.albums import album_reply, digest_message
from handlers.blocks.audit import admins_list, audit_log
from handlers.blocks.bibs import bib_turned_up, find_modal, found_bibs
from handlers.blocks.consent_forms import attest_modal, consent_modal, more_photos_modal, whose_face_modal
from handlers.blocks.consents import agreed, attested, invitation, invited, photos_taken, renewal_question
from handlers.blocks.corrections import correction_modal
from handlers.blocks.elements import plain, sentence
from handlers.blocks.escaping import safe
from handlers.blocks.faces import audit_list, faces_help, my_face, people_list, people_to_remove
from handlers.blocks.failures import failure
from handlers.blocks.feedback import feedback_modal
from handlers.blocks.find_me import enrolled, find_me_offer, find_me_progress, my_photos
from handlers.blocks.home import home
from handlers.blocks.home_admin import channels_page
from handlers.blocks.library import found_photos
from handlers.blocks.matching import matching_notice
from handlers.blocks.messages import look_modal, looking, status_message
from handlers.blocks.onboarding import help_message, introduction
from handlers.blocks.photo_reply import moderators_note, photo_reply
from handlers.blocks.pictures import nothing_to_share
from handlers.blocks.scans import scan_begun, scan_modal, scan_offer, scan_progress
from handlers.blocks.settings import settings_modal, settings_saved, settings_summary
from handlers.blocks.start_lists import event_modal, start_list_modal, start_list_offer
from handlers.blocks.usage import usage_message
from handlers.blocks.who_is import searching, who_is, who_is_modal
from handlers.blocks.why import picture_modal, why_modal

__all__ = [
    "admins_list",
    "agreed",
    "album_reply",
    "attest_modal",
    "attested",
    "audit_list",
    "audit_log",
    "bib_turned_up",
    "channels_page",
    "consent_modal",
    "correction_modal",
    "digest_message",
    "enrolled",
    "event_modal",
    "faces_help",
    "failure",
    "feedback_modal",
    "find_me_offer",
    "find_me_progress",
    "find_modal",
    "found_bibs",
    "found_photos",
    "help_message",
    "home",
    "introduction",
    "invitation",
    "invited",
    "look_modal",
    "looking",
    "matching_notice",
    "moderators_note",
    "more_photos_modal",
    "my_face",
    "my_photos",
    "nothing_to_share",
    "people_list",
    "people_to_remove",
    "photo_reply",
    "photos_taken",
    "picture_modal",
    "plain",
    "renewal_question",
    "safe",
    "scan_begun",
    "scan_modal",
    "scan_offer",
    "scan_progress",
    "searching",
    "sentence",
    "settings_modal",
    "settings_saved",
    "settings_summary",
    "start_list_modal",
    "start_list_offer",
    "status_message",
    "usage_message",
    "who_is",
    "who_is_modal",
    "whose_face_modal",
    "why_modal",
]
