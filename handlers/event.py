"""`/spotter startlist` and `/spotter event`: what an admin tells of a channel's race."""

from bot.errors import AskError
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
    files, rows = ask.field("file").get("files") or [], ask.field("rows").get("value") or ""
    if files:
        return _done(bot.events.use_file(ask.workspace, ask.user, ask.private, files[0]["id"]))
    if not rows.strip():
        raise AskError("There was neither a file nor a row.")
    return _done(bot.events.use_rows(ask.workspace, ask.private, rows.encode()))


def use_dropped(ask: Ask, bot: Spotter) -> Message:
    """Take the file that was dropped in the channel."""
    return _done(bot.events.use_file(ask.workspace, ask.user, ask.channel, ask.value))


def ask_for_event(ask: Ask, bot: Spotter) -> None:
    """Open the modal about the event."""
    bot.events.allow(ask.workspace, ask.user)
    ask.show(blocks.event_modal(ask.channel, bot.events.settings(ask.workspace, ask.channel)))


def settle(ask: Ask, bot: Spotter) -> Message:
    """Keep what the modal says."""
    typed = {name: ask.field(name).get("value") or "" for name in _FIELDS}
    bot.events.settle(ask.workspace, ask.user, ask.private, typed)
    return blocks.sentence("Saved. It holds for the photos that come from now on.")


def _done(runners: int) -> Message:
    return blocks.sentence(
        f"The start list is in use: {runners} runners. It holds for the photos that come from now on."
    )


HANDLES = (
    View("start_list", use_start_list),
    Action("start_list_use", use_dropped, replaces=True),
    View("event", settle),
)
