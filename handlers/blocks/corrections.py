"""The form that takes the right bib."""

import json
from collections.abc import Sequence
from typing import Any

from bot.core.corrections import Correction
from bot.correcting import Correctable
from handlers.blocks.elements import button, field, label, section
from handlers.blocks.escaping import safe

_MOST_PHOTOS = 100
_MOST_UNDONE = 10


def correction_modal(photos: Sequence[Correctable], *, chosen: str = "") -> dict[str, Any]:
    """Ask which number is wrong, and which is right.

    Args:
        photos: Of one message, at least one.
        chosen: The id of the file that is meant; the first, where it is none of them.
    """
    first = next((one for one in photos if one.share.file == chosen), photos[0])
    place = {"channel": first.share.channel, "ts": first.share.ts, "file": first.share.file}
    numbers = [first] if chosen or len(photos) == 1 else photos
    return {
        "type": "modal",
        "callback_id": "wrong_bib",
        "private_metadata": json.dumps(place),
        "title": label("Correct a bib"),
        "submit": label("Save"),
        "close": label("Cancel"),
        "blocks": [
            *([] if chosen or len(photos) == 1 else [_photo(photos)]),
            _wrong(numbers),
            _right(),
            *[block for one in numbers for said in one.corrections[-_MOST_UNDONE:] for block in _said(said)],
        ],
    }


def _photo(photos: Sequence[Correctable]) -> dict[str, Any]:
    options = [_option(one.share.name, one.share.file) for one in photos[:_MOST_PHOTOS]]
    return field("photo", "Photo", {"type": "static_select", "action_id": "photo", "options": options})


def _wrong(photos: Sequence[Correctable]) -> dict[str, Any]:
    bibs = dict.fromkeys(number for one in photos for number in one.numbers)
    options = [_option("None: one is missing", "none"), *(_option(number, number) for number in bibs)]
    only = options[1:] if len(bibs) == 1 else options
    select = {"type": "static_select", "action_id": "was", "options": options[:_MOST_PHOTOS]}
    return field("was", "Wrong number", {**select, "initial_option": only[0]})


def _right() -> dict[str, Any]:
    typed = {"type": "plain_text_input", "action_id": "right", "max_length": 20, "placeholder": label("1234")}
    return field("right", "Right number", typed, hint="Leave it empty where it is no bib.", optional=True)


def _said(correction: Correction) -> list[dict[str, Any]]:
    if correction.undone_by or not correction.id:
        return []
    what = f"{safe(correction.was) or 'missing'} → {safe(correction.number) or 'no bib'}"
    undo = button("undo_correction", "Take back", str(correction.id))
    return [{**section(f"{what}, said by <@{correction.by}>"), "accessory": undo}]


def _option(text: str, value: str) -> dict[str, Any]:
    return {"text": label(text[:75] or "A photo"), "value": value[:150]}
