"""Who is in photos, for the one who asked; and the photos that show somebody."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from bot.core.people import FaceMatch
from bot.core.photo_people import PhotoPeople
from bot.core.plural import listed
from bot.core.telling_people import counts
from bot.slack import Message
from handlers.blocks.elements import button, context, field, label, section
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
    return Message("\n".join(map(_words, photos)), (*blocks[:_MOST_BLOCKS], *context(more)))


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


def in_words(photo: PhotoPeople) -> str:
    """Say who is in a photo, in one line of plain text that is not escaped yet."""
    if not photo.found:
        return photo.failure or "I found no face."
    told = listed([f"{face.certainty} {face.name}" for face in photo.faces if face.name])
    named = f"{told[:1].upper()}{told[1:]}." if told else ""
    return " ".join(filter(None, [named, f"{counts(photo)}.", photo.failure]))


def _words(photo: PhotoPeople) -> str:
    return f"{_title(photo)}: {safe(in_words(photo), 2_000)}"


def _photo(photo: PhotoPeople, reader: str) -> Iterator[dict[str, Any]]:
    yield section(f"*{_title(photo)}*: {safe(in_words(photo), 2_000)}")
    if photo.share.channel == reader:  # a picture of their own, which nobody shared: there is nothing to keep
        return
    recognised = any(face.user == reader for face in photo.faces)
    unknown = [face for face in photo.faces if not face.name][:_MOST_UNKNOWN]
    for face in photo.faces:
        if face.name:
            yield from _known(photo, face, reader)
        elif face in unknown and not recognised:
            yield {**section(f"{_where(photo, face)}: I don't know who this is."), "accessory": _me(photo, face)}


def _known(photo: PhotoPeople, face: FaceMatch, reader: str) -> Iterator[dict[str, Any]]:
    mine = face.user == reader
    who = "you" if mine else f"*{safe(face.name, NAME)}*"
    told = section(f"{_where(photo, face)}: {face.certainty} {who}")
    if face.certainty == "probably":
        yield {**told, "accessory": _button("not_this_person", "Not me" if mine else "Not this person", photo, face)}
        return
    yield told
    yes = _button("this_is_me" if mine else "this_is", "Yes", photo, face)
    yield {"type": "actions", "elements": [yes, _button("not_this_person", "No", photo, face)]}


def _me(photo: PhotoPeople, face: FaceMatch) -> dict[str, Any]:
    return _button("this_is_me", "This is me", photo, face)


def _where(photo: PhotoPeople, face: FaceMatch) -> str:
    """Say which face is meant: people find it by counting."""
    if photo.found == 1:
        return "The face"
    from_left = sorted(photo.faces, key=lambda one: one.box.left)
    return f"Face {from_left.index(face) + 1} of {photo.found}, counted from the left"


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
