"""A look on demand: from a message's menu, by `/spotter look`, or at a picture put into a modal."""

import re
from typing import Final

from bot.core.share import Drop
from bot.errors import AskError
from bot.slack import Message
from bot.spotter import Spotter
from handlers import blocks
from handlers.kinds import Action, Ask, Shortcut, View

_FILE_LINK: Final = re.compile(r"/files(?:-pri)?/[^/\s>|]*?/?(F[A-Z0-9]{8,})")


def look_at_message(ask: Ask, bot: Spotter) -> Message:
    """Look at every photo of a message."""
    files = ask.message.get("files") or []
    photos = [file for file in files if str(file.get("mimetype", "image/")).startswith(("image/", "video/"))]
    if not photos:
        raise AskError("There is no photo in this message that I can look at.")
    for file in photos:
        bot.ask(
            Drop(
                workspace=ask.workspace,
                channel=ask.channel,
                file=file["id"],
                user=str(ask.message.get("user", "")),
                at=str(ask.message["ts"]),
                asked_by=ask.user,
            )
        )
    return blocks.sentence("I am looking. The answer comes in the photo's thread.")


def look(ask: Ask, bot: Spotter) -> Message | None:
    """Look at the channel's newest photo, or at the photo of a link; without either, ask for a picture."""
    if not ask.text:
        drop = bot.newest_photo(ask.workspace, ask.channel, ask.user)
    elif file := file_of_link(ask.text):
        drop = bot.photo_of_link(ask.workspace, file, ask.user)
    else:
        raise AskError("Usage: /spotter look, or /spotter look and the link of a photo in Slack.")
    if drop is None:
        ask.show(blocks.look_modal(ask.channel))
        return None
    bot.ask(drop)
    return blocks.looking("I am looking at it. The answer comes in the photo's thread.", ask.channel)


def file_of_link(text: str) -> str:
    """The id of the file whose link was typed; empty for none."""
    found = _FILE_LINK.search(text)
    return found[1] if found else ""


def ask_for_picture(ask: Ask, _: Spotter) -> None:
    """Open the modal that takes a picture."""
    ask.show(blocks.look_modal(ask.value or ask.channel))


def look_at_picture(ask: Ask, bot: Spotter) -> None:
    """Look at the picture that was put into the modal; the answer is a direct message."""
    for fields in ask.state.values():
        for field in fields.values():
            for file in field.get("files") or []:
                bot.look_privately(ask.workspace, ask.user, ask.private, file["id"])


HANDLES = (
    Shortcut("look", "Look at this photo", "Tell what is in the photos of this message.", look_at_message),
    Action("look_upload", ask_for_picture),
    View("look", look_at_picture),
)
