"""Wrong bib? Any member of the channel can change, add or remove a number; an admin can take that back."""

import json

from bot.core.bib_query import bib_number
from bot.core.corrections import Correction
from bot.errors import AskError, WrongField
from bot.slack import Message
from bot.spotter import Spotter
from handlers import blocks
from handlers.kinds import Action, Ask, View


def ask_for_right_bib(ask: Ask, bot: Spotter) -> None:
    """Open the form for a photo of a search's result."""
    photo = json.loads(ask.value)
    open_form(ask, bot, photo["channel"], photo["ts"], photo["file"])


def open_form(ask: Ask, bot: Spotter, channel: str, ts: str, file: str = "") -> None:
    """Open the form for the photos of a message; `file` is the one that is chosen first."""
    photos = bot.correcting.photos(ask.workspace, ask.user, channel, ts)
    ask.show(blocks.correction_modal(photos, chosen=file))


def correct(ask: Ask, bot: Spotter) -> Message:
    """Keep what the form says."""
    place = json.loads(ask.private)
    photos = bot.correcting.photos(ask.workspace, ask.user, place["channel"], place["ts"])
    file = _chosen(ask, "photo") or place["file"]
    photo = next((one for one in photos if one.share.file == file), photos[0])
    was, number = _numbers(ask)
    bot.correcting.correct(
        ask.workspace, photo.share, Correction(by=ask.user, was=was, number=number, channel=photo.share.channel)
    )
    return blocks.sentence(_thanks(was, number))


def check(ask: Ask, _: Spotter) -> None:
    """Make sure that a number is said, and is one."""
    _numbers(ask)


def undo(ask: Ask, bot: Spotter) -> Message:
    """Take a correction back."""
    bot.correcting.undo(ask.workspace, ask.user, int(ask.value))
    return blocks.sentence("The correction is taken back.")


def _chosen(ask: Ask, name: str) -> str:
    return str((ask.field(name).get("selected_option") or {}).get("value") or "").removeprefix("none")


def _numbers(ask: Ask) -> tuple[str, str]:
    """The wrong number and the right one; either may be empty, not both."""
    was, right = _chosen(ask, "was"), ask.typed("right")
    if not was and not right:
        raise WrongField("right", "Choose the wrong number above, or type the right one here.")
    try:
        return was, bib_number(right) if right else ""
    except AskError as error:
        raise WrongField("right", error.say) from error


def _thanks(was: str, number: str) -> str:
    if was and number:
        return f"Thank you: bib {was} is {number} now."
    return f"Thank you: bib {number} is added." if number else f"Thank you: bib {was} is removed."


HANDLES = (
    Action("wrong_bib", ask_for_right_bib),
    View("wrong_bib", correct, check),
    Action("undo_correction", undo),
)
