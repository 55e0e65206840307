"""`/spotter settings`: a channel's settings, to change for admins, to read for everybody else."""

from dataclasses import replace

from bot.core import presets
from bot.core.settling import changed
from bot.detectors import every_name
from bot.errors import AskError
from bot.settling import Form
from bot.slack import Message
from bot.spotter import Spotter
from handlers import blocks
from handlers.blocks.settings import OWN_LEVEL, SWITCHES
from handlers.event import ask_for_event, ask_for_start_list
from handlers.kinds import Action, Ask, View


def ask_for_settings(ask: Ask, bot: Spotter) -> Message | None:
    """Open the form for an admin, filled in by a preset where one is named; tell anybody else what is settled."""
    return _open(ask, bot, ask.channel, ask.text.lower())


def open_settings(ask: Ask, bot: Spotter) -> Message | None:
    """Do so for the channel that a button belongs to."""
    return _open(ask, bot, ask.value or ask.channel, "")


def fill_in(ask: Ask, bot: Spotter) -> None:
    """Fill the open form in by a preset; what else was entered stays."""
    now = bot.settling.read(ask.workspace, ask.private).settings
    entered = changed(now, [f"{name}={value}" for name, value in _form(ask).typed.items()], every_name())
    settled = bot.settling.told(ask.private, presets.with_preset(entered, ask.value, every_name()))
    ask.change(blocks.settings_modal(settled, ask.value))


def ask_for_its_event(ask: Ask, bot: Spotter) -> None:
    """Open the form about the channel's event, over this one."""
    ask_for_event(replace(ask, channel=ask.value), bot)


def ask_for_its_start_list(ask: Ask, bot: Spotter) -> None:
    """Open the form that takes the channel's start list, over this one."""
    ask_for_start_list(replace(ask, channel=ask.value), bot)


def check(ask: Ask, bot: Spotter) -> None:
    """Make sure that the form can be kept."""
    bot.settling.check(ask.workspace, ask.user, ask.private, _form(ask))


def save(ask: Ask, bot: Spotter) -> Message:
    """Keep what the form says."""
    notice = blocks.matching_notice(ask.user)
    different = bot.settling.settle(ask.workspace, ask.user, ask.private, _form(ask), notice)
    return blocks.settings_saved(bot.settling.read(ask.workspace, ask.private), changed=different)


def _open(ask: Ask, bot: Spotter, channel: str, preset: str) -> Message | None:
    settled = bot.settling.read(ask.workspace, channel)
    if not bot.settling.may(ask.workspace, ask.user):
        return blocks.settings_summary(settled)
    if preset:
        if preset not in presets.PRESETS:
            raise AskError(f"Usage: /spotter settings, or /spotter settings and {', '.join(presets.PRESETS)}.")
        settled = bot.settling.told(channel, presets.with_preset(settled.settings, preset, every_name()))
    ask.show(blocks.settings_modal(settled))
    return None


def _form(ask: Ask) -> Form:
    """What is filled in, as it could be typed at a terminal."""
    choices = {name: ask.chosen(name) for name in ("digest", "nothing_found", "correctors", "moderation")}
    lists = {name: ",".join(ask.ticked(name)) for name in ("detectors", "attributes")}
    switches = {name: _yes(name in ask.ticked(group)) for group, names in SWITCHES.items() for name in names}
    texts = {name: ask.typed(name) for name in ("budget_share", "custom_model")}
    more = {"moderators": ask.conversation("moderators"), "face_matching": _yes(ask.is_ticked("face_matching"))}
    level = ask.chosen("level")
    numbers = {} if level == OWN_LEVEL else {name: f"{least:g}" for name, least in presets.LEVELS[level].items()}
    return Form(
        typed={**choices, **lists, **switches, **texts, **more, **numbers}, confirmation=ask.typed("confirmation")
    )


def _yes(on: bool) -> str:  # noqa: FBT001  # it is the value that is spelled
    return "yes" if on else "no"


HANDLES = (
    View("settings", save, check),
    Action("settings", open_settings),
    *(Action(f"settings_preset_{name}", fill_in) for name in presets.PRESETS),
    Action("settings_event", ask_for_its_event),
    Action("settings_start_list", ask_for_its_start_list),
)
