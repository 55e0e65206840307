"""Everything that is said besides the answers to photos."""

from typing import Any, Final

from bot.core.money import dollars
from bot.slack import Message
from bot.spotter import Status
from handlers.blocks.detectors import looked_for
from handlers.blocks.elements import button, field, label, row, sentence
from handlers.blocks.onboarding import settings_button
from handlers.blocks.usage import with_article

PHOTO_TYPES: Final = ("jpg", "jpeg", "png", "heic", "webp", "gif")
"""What the file picker offers first; the gate decides."""


def looking(say: str, channel: str) -> Message:
    """Confirm a look, to the person who asked for it in `channel`, and offer the next one."""
    said = sentence(say)
    return Message(said.text, (*said.blocks, row(button("look_upload", "Look at another picture", channel))))


def look_modal(channel: str) -> dict[str, Any]:
    """Ask for a picture; `channel` is the id of the channel that was asked in."""
    picker = {"type": "file_input", "filetypes": list(PHOTO_TYPES), "max_files": 1}
    return {
        "type": "modal",
        "callback_id": "look",
        "private_metadata": channel,
        "title": label("Look at a photo"),
        "submit": label("Look"),
        "close": label("Cancel"),
        "blocks": [field("picture", "A picture, up to 10 MB", picker)],
    }


def status_message(status: Status, channel: str) -> Message:
    """Say what is on in a channel, by its id, who looks, and what it has cost this month."""
    settings = status.settings
    cost = f"{dollars(status.spent)} of {dollars(status.cap)}" if status.spent else "nothing"
    said = sentence(
        f"I am {'on' if settings.on else 'off'} in this channel. "
        f"I look for {looked_for(settings.detectors)}. "
        f"Face matching is {'on' if settings.face_matching else 'off'}. "
        f"Photos are looked at by {with_article(status.engine)}; this month has cost {cost} so far."
    )
    return Message(said.text, (*said.blocks, row(settings_button(channel))))
