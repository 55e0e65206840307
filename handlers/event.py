"""`/spotter startlist` and `/spotter event`: what an admin tells of a channel's race."""

from bot.core import settling
from bot.core.channel import ChannelSettings
from bot.core.start_list import start_list_of
from bot.errors import AskError, WrongField
from bot.slack import Message
from bot.spotter import Spotter
from handlers import blocks
from handlers.kinds import Action, Ask, View

_FIELDS = ("event_format", "bib_range", "refuse", "event_date", "time_zone")


def ask_for_start_list(ask: Ask, bot: Spotter) -> None:
    """Open the modal that takes a start list."""
    bot.events.allow(ask.workspace, ask.user)
    ask.show(blocks.start_list_modal(ask.channel, bot.events.runners(ask.workspace, ask.channel)))


def use_start_list(ask: Ask, bot: Spotter) -> Message:
    """Take the file, or the pasted rows, of the modal."""
    bot.events.allow(ask.workspace, ask.user)
    files, rows = ask.files("file"), ask.typed("rows")
    if files:
        return _done(bot.events.use_file(ask.workspace, ask.user, ask.private, files[0]))
    return _done(bot.events.use_rows(ask.workspace, ask.user, ask.private, rows.encode()))


def check_start_list(ask: Ask, _: Spotter) -> None:
    """Make sure that there is a file, or rows that are a start list."""
    if ask.files("file"):
        return
    if not ask.typed("rows"):
        raise WrongField("rows", "Choose a file above, or paste rows here.")
    try:
        start_list_of(ask.typed("rows").encode())
    except AskError as error:
        raise WrongField("rows", error.say) from error


def use_dropped(ask: Ask, bot: Spotter) -> Message:
    """Take the file that was dropped in the channel."""
    return _done(bot.events.use_file(ask.workspace, ask.user, ask.channel, ask.value))


def ask_for_event(ask: Ask, bot: Spotter) -> None:
    """Open the modal about the event."""
    bot.events.allow(ask.workspace, ask.user)
    ask.show(blocks.event_modal(ask.channel, bot.events.settings(ask.workspace, ask.channel)))


def check_event(ask: Ask, _: Spotter) -> None:
    """Make sure that each field can be understood."""
    settling.changed(ChannelSettings(), [f"{name}={ask.typed(name)}" for name in _FIELDS])


def settle(ask: Ask, bot: Spotter) -> Message:
    """Keep what the modal says."""
    bot.events.settle(ask.workspace, ask.user, ask.private, {name: ask.typed(name) for name in _FIELDS})
    return blocks.sentence("Saved. This holds for photos from now on.")


def _done(runners: int) -> Message:
    number = "1 runner" if runners == 1 else f"{runners} runners"
    return blocks.sentence(f"The start list is in use: {number}. This holds for photos from now on.")


HANDLES = (
    View("start_list", use_start_list, check_start_list),
    Action("start_list_use", use_dropped, replaces=True),
    View("event", settle, check_event),
)
