"""Everything that is said besides the answers to photos."""

from typing import Any, Final

from bot.core.money import dollars
from bot.core.plural import listed
from bot.slack import Message
from bot.spotter import Status
from handlers.blocks.elements import label, sentence
from handlers.blocks.onboarding import settings_button

PHOTO_TYPES: Final = ("jpg", "jpeg", "png", "heic", "webp", "gif")
"""What the file picker offers first; the gate decides."""


def looking(say: str, channel: str) -> Message:
    """Confirm a look, to the person who asked for it in `channel`, and offer the next one."""
    button = {
        "type": "button",
        "action_id": "look_upload",
        "text": label("Look at another picture"),
        "value": channel,
    }
    said = sentence(say)
    return Message(said.text, (*said.blocks, {"type": "actions", "elements": [button]}))


def look_modal(channel: str) -> dict[str, Any]:
    """Ask for a picture; `channel` is the id of the channel that was asked in."""
    picker = {"type": "file_input", "action_id": "picture", "filetypes": list(PHOTO_TYPES), "max_files": 1}
    return {
        "type": "modal",
        "callback_id": "look",
        "private_metadata": channel,
        "title": label("Look at a photo"),
        "submit": label("Look"),
        "close": label("Cancel"),
        "blocks": [
            {"type": "input", "block_id": "picture", "label": label("A picture, up to 10 MB"), "element": picker}
        ],
    }


def status_message(status: Status, channel: str) -> Message:
    """Say what is on in a channel, by its id, who looks, and what it has cost this month."""
    settings = status.settings
    said = sentence(
        f"I am {'on' if settings.on else 'off'} in this channel. "
        f"I look for {listed(settings.detectors) or 'nothing'}. "
        f"Face matching is {'on' if settings.face_matching else 'off'}. "
        f"Photos are looked at by {status.engine}; "
        f"this month cost {dollars(status.spent)} of {dollars(status.cap)} so far."
    )
    return Message(said.text, (*said.blocks, {"type": "actions", "elements": [settings_button(channel)]}))
