"""Who is in photos, for the one who asked; and the photos that show somebody."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from bot.core.people import FaceMatch
from bot.core.photo_people import PhotoPeople
from bot.core.plural import listed
from bot.core.telling_people import counts
from bot.slack import Message
from handlers.blocks.elements import beside, button, context, field, label, row, section
from handlers.blocks.escaping import safe
from handlers.blocks.messages import PHOTO_TYPES

NAME: Final = 60
_MOST_BLOCKS: Final = 44
"""Of the 50 that a message may have; the rest is told in words."""
_MOST_UNKNOWN: Final = 6
"""Unknown faces of one photo that are shown with a button, the largest ones."""


def who_is(photos: Sequence[PhotoPeople], reader: str) -> Message:
    """Tell who is in photos, with buttons to say what is wrong.

    Args:
        photos: As the reader may read them.
        reader: The user id of the one who asked, and who alone reads it.
    """
    if not photos:
        say = "There is no photo that I could search for faces."
        return Message(say, (section(say),))
    blocks = [block for photo in photos for block in _photo(photo, reader)]
    more = "There was more than fits here: ask for single photos." if len(blocks) > _MOST_BLOCKS else ""
    words = [f"{_title(photo)}: {safe(in_words(photo, reader), 2_000)}" for photo in photos]
    return Message("\n".join(words), (*blocks[:_MOST_BLOCKS], *context(more)))


def who_is_modal(channel: str) -> dict[str, Any]:
    """Ask for a picture to search for faces; `channel` is the id of the channel that was asked in."""
    picker = {"type": "file_input", "filetypes": list(PHOTO_TYPES), "max_files": 1}
    return {
        "type": "modal",
        "callback_id": "whois",
        "private_metadata": channel,
        "title": label("Who is it?"),
        "submit": label("Search"),
        "close": label("Cancel"),
        "blocks": [field("picture", "A picture, up to 10 MB", picker)],
    }


def searching(channel: str) -> Message:
    """Confirm a search to the one who asked for it in `channel`, and offer to search a picture of theirs."""
    say = "I am searching. The answer is for you alone."
    upload = button("whois_upload", "Search a picture of my own", channel)
    return Message(say, (section(say), {"type": "actions", "elements": [upload]}))


def in_words(photo: PhotoPeople, reader: str) -> str:
    """Say who is in a photo, in one line of plain text that is not escaped yet."""
    if not photo.found:
        return photo.failure or "I found no face."
    named = [(face.certainty, "you" if face.user == reader else face.name) for face in photo.faces if face.name]
    told = listed([f"{certainty} {who}" for certainty, who in named])
    first = f"{told[:1].upper()}{told[1:]}." if told else ""
    return " ".join(filter(None, [first, f"{counts(photo)}.", photo.failure]))


def _photo(photo: PhotoPeople, reader: str) -> Iterator[dict[str, Any]]:
    title = f"*{_title(photo)}*: {safe(in_words(photo, reader), 2_000)}"
    if not photo.found or photo.share.channel == reader:  # a picture of their own, nobody shared it: nothing to keep
        yield section(title)
    elif photo.found == 1:
        yield from _asked(title, photo, photo.faces[0], reader)
    else:
        yield section(title)
        yield from _each(photo, reader)


def _each(photo: PhotoPeople, reader: str) -> Iterator[dict[str, Any]]:
    """A line for each face, counted from the left, so that everybody finds which one is meant."""
    recognised = any(face.user == reader for face in photo.faces)
    unknown = [face for face in photo.faces if not face.name][:_MOST_UNKNOWN]
    for number, face in enumerate(sorted(photo.faces, key=lambda one: one.box.left), 1):
        if face.name or (face in unknown and not recognised):
            yield from _asked(f"Face {number} from the left: {_who(face, reader)}", photo, face, reader)


def _who(face: FaceMatch, reader: str) -> str:
    if not face.name:
        return "I don't know who this is"
    who = "you" if face.user == reader else f"*{safe(face.name, NAME)}*"
    return f"{face.certainty} {who}" if face.certainty == "probably" else f"{face.certainty} {who}?"


def _asked(told: str, photo: PhotoPeople, face: FaceMatch, reader: str) -> Iterator[dict[str, Any]]:
    """What is told of a face, with buttons to say who it is or is not."""
    mine = face.user == reader
    if not face.name:
        yield beside(told, _button("this_is_me", "This is me", photo, face))
    elif face.certainty == "probably":
        yield beside(told, _button("not_this_person", "Not me" if mine else "Not this person", photo, face))
    else:
        yield section(told)
        yes = _button("this_is_me" if mine else "this_is", "Yes", photo, face)
        yield row(yes, _button("not_this_person", "No", photo, face))


def _title(photo: PhotoPeople) -> str:
    return safe(photo.share.name or "The photo", NAME)


def _button(action: str, text: str, photo: PhotoPeople, face: FaceMatch) -> dict[str, Any]:
    share, box = photo.share, face.box
    value = {
        "channel": share.channel,
        "ts": share.ts,
        "file": share.file,
        "box": [box.left, box.top, box.width, box.height],
        "person": face.person,
    }
    return button(action, text, json.dumps(value))
