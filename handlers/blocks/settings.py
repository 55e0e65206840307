"""A channel's settings: the form for admins, and what everybody may read of them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from bot.core.channel import ATTRIBUTE_GROUPS, EMOTIONS_CONFIRMATION, ChannelSettings
from bot.core.plural import listed
from bot.core.presets import level
from bot.detectors import Detector, every_detector, every_name
from bot.settling import Settled
from bot.slack import Message
from handlers.blocks.detectors import looked_for
from handlers.blocks.elements import button, context, field, label, plain, section

OWN_LEVEL: Final = "own"
"""The choice that leaves the numbers as they were set at the terminal."""
SWITCHES: Final[Mapping[str, Sequence[str]]] = {
    "here": ("on", "strangers", "zips"),
    "looks": ("extra_looks", "image_properties"),
}
"""The settings that are a tick each, by the field that they stand in."""

_PRESETS: Final = {
    "race": "A race",
    "event": "An event",
    "moderation": "Moderation only",
    "everything": "Everything",
}
_NEEDS_REKOGNITION: Final = "Not available here; it needs Amazon Rekognition"
_LEVELS: Final = {
    "strict": ("Strict", "I tell less, and am seldom wrong"),
    "normal": ("Normal", "Right for most channels"),
    "eager": ("Eager", "I tell more, and am wrong more often"),
    OWN_LEVEL: ("As set at the terminal", ""),
}
_DIGESTS: Final = {
    "none": ("A reply to each photo", ""),
    "day": ("One summary a day", ""),
    "event": ("One summary after the event", ""),
}
_NOTHING_FOUND: Final = {"silent": ("I say nothing", ""), "say": ("I say so", "")}
_PAUSED: Final = "Saved. I look at no photos here until you turn me on again."
_CORRECTORS: Final = {"members": ("Everybody in the channel", ""), "admins": ("Admins only", "")}
_MODERATION: Final = {
    "thread": ("In the photo's thread", ""),
    "moderators": ("In the moderators' channel", ""),
    "both": ("In the photo's thread and in the moderators' channel", ""),
}
_ATTRIBUTES: Final = {
    "age range": ("Age range", "A guess, such as 20 to 28"),
    "smile": ("Smile", ""),
    "glasses": ("Glasses", ""),
    "beard": ("Beard", ""),
    "eyes": ("Closed eyes", ""),
    "mouth": ("Open mouth", ""),
    "occlusion": ("Covered faces", ""),
    "gender": ("Gender by appearance", "Only counted over a photo, never of one person"),
    "emotions": ("Emotions by appearance", "Told once, never stored; to be confirmed below"),
}
_SWITCHES: Final = {
    "on": ("Look at the photos that are shared here", ""),
    "strangers": ("Also at those of people from other companies", "Where this channel is shared with them"),
    "zips": ("Scan the photos in a zip file", "Whoever drops one agrees to the price first"),
    "extra_looks": ("Look again where a bib is hard to read", "Up to 4 more paid calls a photo"),
    "image_properties": ("Tell quality and colours", "Amazon bills it extra"),
}

Choices = Mapping[str, tuple[str, str]]
"""What can be chosen: by its value what people read, and a word of explanation."""


def settings_modal(settled: Settled, preset: str = "") -> dict[str, Any]:
    """Ask an admin how a channel shall be.

    Args:
        settled: What it is now, or would be.
        preset: The preset that was just pressed: its fields get ids of their own, else Slack would leave in them
            what they held before.
    """
    now = settled.settings
    return {
        "type": "modal",
        "callback_id": "settings",
        "private_metadata": settled.channel,
        "title": label("Settings"),
        "submit": label("Save"),
        "close": label("Cancel"),
        "blocks": [
            *_start(settled.channel),
            *(_again(block, preset) for block in _photos(settled)),
            *_answers(now),
            *_people(now),
            *_unsafe(now),
            *_money(now),
        ],
    }


def settings_summary(settled: Settled) -> Message:
    """Tell a member what is settled."""
    lines = list(_summary(settled.settings))
    words = "\n".join(f"{name}: {told}" for name, told in lines)
    table = "\n".join(f"*{name}:* {told}" for name, told in lines)
    note = "Admins change this with /spotter settings."
    return Message(f"{words}\n{note}", (section(table), *context(note)))


def settings_saved(settled: Settled, *, changed: bool) -> Message:
    """Tell an admin that a channel's settings are kept."""
    if not changed:
        return plain("Nothing was changed.")
    return plain("Saved. This holds for photos from now on." if settled.settings.on else _PAUSED)


def _start(channel: str) -> list[dict[str, Any]]:
    presets = [button(f"settings_preset_{name}", text, name) for name, text in _PRESETS.items()]
    more = [button("settings_event", "Event details", channel), button("settings_start_list", "Start list", channel)]
    return [
        section(f"These settings are for <#{channel}>. Fill them in for:"),
        {"type": "actions", "block_id": "presets", "elements": presets},
        section("Bibs and runners have forms of their own:"),
        {"type": "actions", "block_id": "more", "elements": more},
        {"type": "divider"},
    ]


def _photos(settled: Settled) -> list[dict[str, Any]]:
    now = settled.settings
    asked = {
        name: (one.title, _NEEDS_REKOGNITION if name in settled.cannot else one.hint) for name, one in _detectors()
    }
    efforts = _only("looks")
    free = {name: (text, "") for name, (text, _) in efforts.items()}
    return [
        _boxes("here", "In this channel", _only("here"), _on(now, "here")),
        _boxes("detectors", "What I look for", asked, now.detectors),
        _boxes("looks", "With more effort", free if settled.free else efforts, _on(now, "looks")),
    ]


def _detectors() -> list[tuple[str, Detector[Any]]]:
    return [(name, every_detector()[name]) for name in every_name()]


def _answers(now: ChannelSettings) -> list[dict[str, Any]]:
    sure = level(now)
    levels = {name: one for name, one in _LEVELS.items() if name != OWN_LEVEL or not sure}
    return [
        _menu("level", "How sure I must be", levels, sure or OWN_LEVEL),
        _menu("digest", "How I answer", _DIGESTS, now.digest),
        _menu("nothing_found", "When I find nothing", _NOTHING_FOUND, now.nothing_found),
        _menu("correctors", "Who may correct a bib", _CORRECTORS, now.correctors),
    ]


def _people(now: ChannelSettings) -> list[dict[str, Any]]:
    matching = {"yes": ("Find people who agreed to it", "Everybody here is told what that means")}
    confirmation = _text("confirmation", "For emotions, confirm by typing this sentence", "", EMOTIONS_CONFIRMATION)
    return [
        *_header("People"),
        _boxes("face_matching", "Face matching", matching, ["yes"] if now.face_matching else []),
        _boxes("attributes", "What I tell of faces", _ATTRIBUTES, now.attributes),
        *([] if now.emotions_confirmed else [confirmation]),
    ]


def _unsafe(now: ChannelSettings) -> list[dict[str, Any]]:
    chosen = {"initial_conversation": now.moderators} if now.moderators else {}
    channels = {"include": ["public", "private"], "exclude_bot_users": True}
    picker = {"type": "conversations_select", "placeholder": label("Choose a channel"), "filter": channels, **chosen}
    return [
        *_header("Unsafe content"),
        _menu("moderation", "Where I say it", _MODERATION, now.moderation),
        field("moderators", "The moderators' channel", picker, optional=True),
    ]


def _money(now: ChannelSettings) -> list[dict[str, Any]]:
    share = {"type": "number_input", "is_decimal_allowed": True, "initial_value": f"{now.budget_share:g}"}
    return [
        *_header("Money and models"),
        field("budget_share", "Share of the monthly budget, in %", {**share, "min_value": "0", "max_value": "100"}),
        _text("custom_model", "Your own model", now.custom_model, "The ARN of its version, in Rekognition"),
    ]


def _summary(now: ChannelSettings) -> Iterator[tuple[str, str]]:
    yield "Photos", "I look at them" if now.on else "I am paused here"
    yield "I look for", looked_for(now.detectors)
    yield "How sure", _LEVELS[level(now) or OWN_LEVEL][0].lower()
    yield "Answers", f"{_DIGESTS[now.digest][0].lower()}; when I find nothing, {_NOTHING_FOUND[now.nothing_found][0]}"
    yield "Face matching", "on, for people who agreed to it" if now.face_matching else "off"
    told = [_ATTRIBUTES[name][0].lower() for name in ATTRIBUTE_GROUPS if name in now.attributes]
    yield "Told of faces", listed(told) or "nothing"
    yield "Unsafe content", _MODERATION[now.moderation][0].lower()
    yield "Bibs are corrected by", _CORRECTORS[now.correctors][0].lower()


def _header(text: str) -> list[dict[str, Any]]:
    return [{"type": "divider"}, {"type": "header", "text": label(text)}]


def _only(group: str) -> Choices:
    return {name: _SWITCHES[name] for name in SWITCHES[group]}


def _on(now: ChannelSettings, group: str) -> list[str]:
    return [name for name in SWITCHES[group] if getattr(now, name)]


def _boxes(name: str, text: str, choices: Choices, chosen: Sequence[str]) -> dict[str, Any]:
    ticked = [_option(value, *choices[value]) for value in choices if value in chosen]
    boxes = {"type": "checkboxes", "options": [_option(value, *told) for value, told in choices.items()]}
    return field(name, text, {**boxes, "initial_options": ticked} if ticked else boxes, optional=True)


def _menu(name: str, text: str, choices: Choices, chosen: str) -> dict[str, Any]:
    options = [_option(value, *told) for value, told in choices.items()]
    now = _option(chosen, *choices[chosen])
    return field(name, text, {"type": "static_select", "options": options, "initial_option": now})


def _option(value: str, text: str, why: str) -> dict[str, Any]:
    return {"text": label(text), "value": value, **({"description": label(why)} if why else {})}


def _text(name: str, text: str, value: str, hint: str) -> dict[str, Any]:
    typed = {"type": "plain_text_input", "max_length": 300}
    return field(name, text, {**typed, "initial_value": value} if value else typed, hint=hint, optional=True)


def _again(block: dict[str, Any], preset: str) -> dict[str, Any]:
    return {**block, "block_id": f"{block['block_id']}-{preset}"} if preset else block
