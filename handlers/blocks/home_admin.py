"""What an admin looks after, on App Home: channels, money, people, and whether all is well."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from bot.core.channel import ChannelSettings
from bot.core.dead_letter import DeadLetter
from bot.core.workload import MOST_COUNTED, Workload
from bot.home import Channels, Office
from bot.slack import Message
from handlers.blocks.detectors import looked_for
from handlers.blocks.elements import LINE, beside, button, context, header, row, section
from handlers.blocks.escaping import safe
from handlers.blocks.onboarding import settings_button
from handlers.blocks.usage import usage_message, with_article

_A_PAGE: Final = 8
_MINUTE: Final = 60
_HOUR: Final = 3_600
_DATABASES: Final = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}
_NOWHERE: Final = "I am in no channel that you can open. Invite me: /invite @Spotter"
_KINDS: Final = {
    "compare": "Comparing two faces",
    "enrol_photos": "Taking in photos of a face",
    "erase": "Deleting a face",
    "find_me": "Looking for somebody in earlier photos",
    "forget": "Forgetting a deleted photo",
    "look": "Looking at a photo",
    "look_privately": "Looking at a picture for one person",
    "mention": "Answering a mention",
    "retell": "Changing an answer",
    "scan": "Scanning links",
    "who_is": "Looking who is in a photo",
}
"""What jobs do, where people brought them about."""


def office(shown: Office) -> dict[str, Sequence[dict[str, Any]]]:
    """What an admin looks after, by the name of its part."""
    return {
        "channels": [header("Channels"), *channels_page(shown.channels).blocks],
        "spend": [header("What it costs"), *usage_message(shown.usage).blocks],
        "people": [header("People"), _people(shown.people)],
        "health": [header("How I am"), section(f"{_work(shown.workload)}\n{_machine(shown)}")],
        "letters": _letters(shown.letters, shown.given_up),
    }


def channels_page(channels: Channels, offset: int = 0) -> Message:
    """List channels that Spotter is in, a page of them, each with a button that opens its settings."""
    page = channels[offset : offset + _A_PAGE]
    if not page:
        return Message(_NOWHERE, (section(_NOWHERE),))
    rows = [_channel(channel, settings) for channel, settings in page]
    number = "1 channel" if len(channels) == 1 else f"{len(channels)} channels"
    return Message(f"I am in {number}.", (*rows, *_turning(offset, len(channels))))


def _channel(channel: str, settings: ChannelSettings) -> dict[str, Any]:
    state = f"I look for {looked_for(settings.detectors)}." if settings.on else "I am paused here."
    matching = " *Face matching is on.*" if settings.face_matching else ""
    return beside(f"<#{safe(channel)}>\n{state}{matching}", settings_button(channel))


def _turning(offset: int, total: int) -> list[dict[str, Any]]:
    """Buttons for the pages around, and how many channels come after this one."""
    rest = total - offset - _A_PAGE
    back = [button("home_channels_back", "Back", str(max(0, offset - _A_PAGE)))] if offset else []
    more = [button("home_channels", "More", str(offset + _A_PAGE))] if rest > 0 else []
    return [*context(f"{rest} more" if rest > 0 else ""), *([row(*back, *more)] if back or more else [])]


def _people(number: int) -> dict[str, Any]:
    if not number:
        return section("Nobody agreed to be known yet. /faces enroll @somebody asks a person whether they want to be.")
    say = f"{'1 person' if number == 1 else f'{number} people'} agreed to be known by their face."
    return beside(say, button("home_people", "Who they are", "0"))


def _work(workload: Workload) -> str:
    if not workload.jobs:
        return "Nothing waits to be done."
    number = f"{workload.jobs:,} or more" if workload.jobs >= MOST_COUNTED else f"{workload.jobs}"
    jobs = "1 job is" if workload.jobs == 1 else f"{number} jobs are"
    return f"{jobs} not done yet; the oldest came {_span(workload.waited)} ago."


def _machine(shown: Office) -> str:
    number = shown.workload.processes
    processes = "1 process runs" if number == 1 else f"{number} processes run"
    database = _DATABASES.get(shown.database, shown.database)
    looks = f"Photos are looked at by {with_article(shown.usage.engine)}."
    return f"{processes}. The database, {database}, answers. {looks}"


def _letters(letters: Sequence[DeadLetter], total: int) -> list[dict[str, Any]]:
    """What was given up; no part of its own where there is nothing, since that is how it should be."""
    if not letters:
        return [header("What I gave up"), section("Nothing: all that I was asked for was done.")]
    rest = total - len(letters)
    older = "1 older one" if rest == 1 else f"{rest} older ones"
    return [header("What I gave up"), *map(_letter, letters), *context(older if rest else "")]


def _letter(letter: DeadLetter) -> dict[str, Any]:
    what = _KINDS.get(letter.kind, safe(letter.kind))
    where = f" in <#{safe(channel)}>" if (channel := _channel_of(letter.payload)) else ""
    at = datetime.fromtimestamp(letter.at, UTC)
    said = f"*{what}*{where}\n{safe(letter.error, LINE)}\n{at:%Y-%m-%d %H:%M} UTC"
    return beside(said, button("home_again", "Try again", letter.job))


def _channel_of(payload: Mapping[str, Any]) -> str:
    """The id of the channel that a job was about; empty for a direct message, or none."""
    channel = str(payload.get("channel") or "")
    return channel if channel.startswith(("C", "G")) else ""


def _span(seconds: float) -> str:
    if seconds < _MINUTE:
        return f"{seconds:.0f} s"
    return f"{seconds / _MINUTE:.0f} min" if seconds < _HOUR else f"{seconds / _HOUR:.1f} h"
