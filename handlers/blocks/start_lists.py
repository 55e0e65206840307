"""What admins are asked about an event: its start list, its bibs, its date."""

from typing import Any, Final

from bot.core.channel import ChannelSettings
from bot.slack import Message
from handlers.blocks.elements import button, field, label, section
from handlers.blocks.escaping import safe

TABLE_TYPES: Final = ("csv", "tsv", "txt")
_MASK: Final = r"Digits, unless you give a mask: [A-F]\d{3} is a letter from A to F and three digits."


def start_list_offer(file: str, name: str) -> Message:
    """Ask whether a table that was dropped is the start list."""
    say = f"Is {safe(name)} this channel's start list? Then I name the runners, and doubt numbers that are not on it."
    use = button("start_list_use", "Use as the start list", file, style="primary")
    return Message(say, (section(say), {"type": "actions", "elements": [use]}))


def start_list_modal(channel: str, size: int) -> dict[str, Any]:
    """Take a start list, as a file or as pasted rows; `size` is how many runners are on the present one."""
    runners = "is 1 runner" if size == 1 else f"are {size} runners"
    now = f"There {runners} on this channel's start list." if size else "This channel has no start list yet."
    replaced = " The new list takes the old one's place." if size else ""
    told = f"{now} Each row is a bib number and a name; more columns may follow.{replaced}"
    picker = {"type": "file_input", "action_id": "file", "filetypes": list(TABLE_TYPES), "max_files": 1}
    pasted = {"type": "plain_text_input", "action_id": "rows", "multiline": True, "max_length": 3000}
    return {
        "type": "modal",
        "callback_id": "start_list",
        "private_metadata": channel,
        "title": label("Start list"),
        "submit": label("Use it"),
        "close": label("Cancel"),
        "blocks": [
            section(told),
            field("file", "A CSV file", picker, optional=True),
            field("rows", "Or paste the rows", pasted, optional=True),
        ],
    }


def event_modal(channel: str, settings: ChannelSettings) -> dict[str, Any]:
    """Take what Spotter should know of an event."""
    return {
        "type": "modal",
        "callback_id": "event",
        "private_metadata": channel,
        "title": label("The event"),
        "submit": label("Save"),
        "close": label("Cancel"),
        "blocks": [
            _text("event_format", "How bibs look", settings.event_format, _MASK),
            _text("bib_range", "Lowest and highest number", settings.bib_range, "Such as 1-2500."),
            _text("refuse", "Words and numbers that are no bib", ", ".join(settings.refuse), "With commas between."),
            _text("event_date", "Date", settings.event_date, "Such as 2026-05-17."),
            _text("time_zone", "Time zone", settings.time_zone, "Such as Europe/Zurich."),
        ],
    }


def _text(name: str, text: str, value: str, hint: str) -> dict[str, Any]:
    typed = {"type": "plain_text_input", "max_length": 200}
    return field(name, text, {**typed, "initial_value": value} if value else typed, hint=hint, optional=True)
