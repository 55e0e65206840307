"""“Enrol this face”, from a message's menu: its photos show the asker, or somebody who an admin says."""

import json

from bot.errors import AskError
from bot.slack import Message
from bot.spotter import Spotter
from handlers import blocks
from handlers.consent import ask_for_consent
from handlers.kinds import Ask, Shortcut, View


def enrol_face(ask: Ask, bot: Spotter) -> Message | None:
    """Take the photos of a message: as the asker's; an admin is asked whose they are."""
    files = photos_of(ask)
    own = bot.enrolling.person_of(ask.workspace, ask.user)
    known = bot.enrolling.people(ask.workspace, ask.user) if bot.is_admin(ask.workspace, ask.user) else ()
    if any(person != own for person in known):
        ask.show(blocks.whose_face_modal(known, files))
        return None
    if own is None:
        ask_for_consent(ask, bot, *files)
        return None
    bot.enrolling.add_photos(ask.workspace, ask.user, own.id, files)
    return blocks.photos_taken(len(files))


def enrol(ask: Ask, bot: Spotter) -> Message:
    """Take the photos as those of the person whom the asker has chosen."""
    files = json.loads(ask.private)["files"]
    bot.enrolling.add_photos(ask.workspace, ask.user, ask.chosen("person"), files)
    return blocks.photos_taken(len(files))


def photos_of(ask: Ask) -> list[str]:
    """The photos of the message that a shortcut was chosen for: ids of files.

    Raises:
        AskError: It has none.
    """
    files = ask.message.get("files") or []
    photos = [str(file["id"]) for file in files if str(file.get("mimetype", "image/")).startswith("image/")]
    if not photos:
        raise AskError("There is no photo in this message.")
    return photos


HANDLES = (
    Shortcut("enrol_face", "Enrol this face", "Be found in photos by the face in this one.", enrol_face),
    View("enrol_face", enrol),
)
