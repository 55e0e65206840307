"""The forms by which people agree to be known, and those that take photos of their faces."""

import json
from collections.abc import Sequence
from typing import Any, Final

from bot.core.consent import ConsentForm
from bot.core.people import Person
from handlers.blocks.elements import field, label, section
from handlers.blocks.escaping import safe
from handlers.blocks.messages import PHOTO_TYPES

_MOST_PHOTOS: Final = 10
"""Files of one field, and Slack's limit."""
_PARAGRAPH: Final = 2_900


def consent_modal(form: ConsentForm, files: Sequence[str] = ()) -> dict[str, Any]:
    """Ask for somebody's own consent, with their typed name as the signature.

    Args:
        form: What they agree to.
        files: Ids of photos in Slack that they have chosen already.
    """
    chosen = [section(f"{_these(len(files))} will be taken in.")] if files else []
    return {
        "type": "modal",
        "callback_id": "consent",
        "private_metadata": json.dumps({"files": list(files), "version": form.version}),
        "title": label("May I recognise you?"),
        "submit": label("I agree"),
        "close": label("Cancel"),
        "blocks": [
            *(section(_paragraph(paragraph)) for paragraph in form.paragraphs),
            *_boxes("I agree", form.find_me, form.show_name),
            _typed("signed", "Your full name, as your signature"),
            *chosen,
            _pictures("Photos of your face", optional=True),
        ],
    }


def attest_modal(name: str) -> dict[str, Any]:
    """Ask an admin for the written consent of somebody outside the workspace; `name` is what was typed."""
    told = (
        "For people outside this workspace. You attest that they have agreed in writing, and that you can show it."
        " Nobody else may be enrolled."
    )
    return {
        "type": "modal",
        "callback_id": "attest",
        "title": label("Enrol somebody"),
        "submit": label("I attest this"),
        "close": label("Cancel"),
        "blocks": [
            section(told),
            _typed("name", "Their name", name),
            _typed("reference", "Where the written consent is kept", hint="Such as “entry form 1207”."),
            field("given_on", "The day on which they signed it", {"type": "datepicker"}),
            *_boxes(
                "They agreed",
                "They agreed that Spotter looks for their face in photos.",
                "They agreed that others here read their name on photos.",
            ),
            _pictures("Photos of their face"),
        ],
    }


def whose_face_modal(people: Sequence[Person], files: Sequence[str]) -> dict[str, Any]:
    """Ask an admin whose face is in photos.

    Args:
        people: Everybody who is known; at least one. Slack shows a hundred.
        files: Ids of the photos in Slack.
    """
    options = [{"text": label(safe(one.name, 75)), "value": one.id} for one in people[:100]]
    told = (
        f"{_these(len(files))} will be taken in for one person. Only people who agreed to be known are listed; for"
        " yourself, begin with /faces me."
    )
    return {
        "type": "modal",
        "callback_id": "enrol_face",
        "private_metadata": json.dumps({"files": list(files)}),
        "title": label("Enrol this face"),
        "submit": label("Take it in"),
        "close": label("Cancel"),
        "blocks": [section(told), field("person", "Whose face is it?", {"type": "static_select", "options": options})],
    }


def more_photos_modal() -> dict[str, Any]:
    """Ask somebody who is known for more photos of them."""
    return {
        "type": "modal",
        "callback_id": "more_photos",
        "title": label("Photos of your face"),
        "submit": label("Take them in"),
        "close": label("Cancel"),
        "blocks": [_pictures("Photos of your face")],
    }


def _paragraph(text: str) -> str:
    """A paragraph, with what it is about in bold: `Who: the admins …`."""
    about, colon, says = text.partition(":")
    return f"*{safe(about)}:* {safe(says, _PARAGRAPH)}" if colon else safe(text, _PARAGRAPH)


def _boxes(who: str, find_me: str, show_name: str) -> list[dict[str, Any]]:
    """Two separate boxes, both empty at first: the second is never part of the first."""
    return [
        _box("find_me", find_me, f"{who} to be found"),
        _box("show_name", show_name, f"{who} to be named", optional=True),
    ]


def _box(name: str, text: str, ticked: str, *, optional: bool = False) -> dict[str, Any]:
    box = {"type": "checkboxes", "options": [{"text": label(ticked), "value": "yes"}]}
    return field(name, text, box, optional=optional)


def _typed(name: str, text: str, value: str = "", *, hint: str = "") -> dict[str, Any]:
    typed = {"type": "plain_text_input", "max_length": 100}
    return field(name, text, {**typed, "initial_value": value[:100]} if value else typed, hint=hint)


def _pictures(text: str, *, optional: bool = False) -> dict[str, Any]:
    picker = {"type": "file_input", "filetypes": list(PHOTO_TYPES), "max_files": _MOST_PHOTOS}
    return field("photos", text, picker, hint="Alone and from the front; 3 to 5 are best.", optional=optional)


def _these(number: int) -> str:
    return "The photo of this message" if number == 1 else f"The {number} photos of this message"
