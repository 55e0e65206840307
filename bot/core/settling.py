"""Changes to a channel's settings, as they are typed at a terminal: `on=no detectors=text,faces`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.core.bib_format import bib_format
from bot.core.channel import ATTRIBUTE_GROUPS, USUAL_DETECTORS, ChannelSettings
from bot.errors import AskError, WrongField

_YES: Final = {"yes": True, "on": True, "true": True, "no": False, "off": False, "false": False}
_CHOICES: Final = {
    "moderation": ("thread", "moderators", "both"),
    "nothing_found": ("silent", "say"),
    "correctors": ("members", "admins"),
    "digest": ("none", "day", "event"),
    "attributes": ATTRIBUTE_GROUPS,
}
_MODEL: Final = re.compile(r"arn:[a-z\d-]+:rekognition:[a-z\d-]+:\d{12}:project/[\w.-]+/version/[\w.-]+/\d+")
"""Amazon's own pattern for the ARN of a model version."""
_MODEL_EXAMPLE: Final = "a model version's ARN such as arn:aws:rekognition:…:project/…/version/…/1700000000000"


def changed(
    settings: ChannelSettings, changes: Sequence[str], detectors: Sequence[str] = USUAL_DETECTORS
) -> ChannelSettings:
    """Apply changes of the form `name=value`; lists have commas between their parts.

    Args:
        settings: As they are.
        changes: What is typed.
        detectors: All that there are.

    Raises:
        WrongField: A value cannot be; the sentence says what can.
        AskError: A name is unknown; the sentence says which are known.
    """
    known = {**_CHOICES, "detectors": detectors}
    for change in changes:
        name, equals, value = change.partition("=")
        if not equals:
            raise AskError(f"Write a setting as name=value, such as on=no, not {change!r}.")
        if name not in _names():
            raise AskError(f"I don't know the setting {name!r}. There are: {', '.join(_names())}.")
        try:
            settings = replace(settings, **{name: _value(name, getattr(settings, name), value.strip(), known)})
        except AskError as error:
            raise WrongField(name, error.say) from error
    return settings


def differing(before: ChannelSettings, after: ChannelSettings) -> dict[str, str]:
    """The settings that are not the same any more, by name, as they could be typed."""
    return {name: _typed(now) for name in _names() if (now := getattr(after, name)) != getattr(before, name)}


def shown(settings: ChannelSettings) -> str:
    """Every setting, a line each, as it could be typed."""
    return "\n".join(f"{name}={_typed(getattr(settings, name))}" for name in _names())


def _names() -> list[str]:
    return [field.name for field in fields(ChannelSettings)]


def _value(name: str, now: Any, typed: str, known: Mapping[str, Sequence[str]]) -> Any:
    match now:
        case bool():
            return _chosen(name, typed.lower(), _YES)
        case float():
            return _percent(name, typed)
        case tuple():
            return tuple(_one_of(name, part.strip(), known) for part in typed.split(",") if part.strip())
        case _:
            return _event_fact(name, _one_of(name, typed, known))


def _event_fact(name: str, typed: str) -> str:
    """Refuse what nobody could use later; empty takes the setting back."""
    if typed and name in ("event_format", "bib_range"):
        bib_format(typed)
    if typed and name in ("event_date", "time_zone"):
        _when_or_where(name, typed)
    if typed and name == "custom_model" and not _MODEL.fullmatch(typed):
        raise AskError(f"custom_model is {_MODEL_EXAMPLE}, not {typed!r}.")
    return typed


def _when_or_where(name: str, typed: str) -> None:
    try:
        date.fromisoformat(typed) if name == "event_date" else ZoneInfo(typed)
    except (ValueError, OSError, LookupError) as error:
        example = "a day such as 2026-05-17" if name == "event_date" else "a time zone such as Europe/Zurich"
        raise AskError(f"{name} is {example}, not {typed!r}.") from error


def _chosen(name: str, typed: str, choices: dict[str, bool]) -> bool:
    if typed not in choices:
        raise AskError(f"{name} is yes or no, not {typed!r}.")
    return choices[typed]


def _percent(name: str, typed: str) -> float:
    try:
        value = float(typed)
    except ValueError as error:
        raise AskError(f"{name} is a number from 0 to 100, not {typed!r}.") from error
    if not 0 <= value <= 100:  # noqa: PLR2004  # a percentage
        raise AskError(f"{name} is a number from 0 to 100, not {typed}.")
    return value


def _one_of(name: str, typed: str, known: Mapping[str, Sequence[str]]) -> str:
    if name in known and typed not in known[name]:
        raise AskError(f"{name} knows {', '.join(known[name])}, not {typed!r}.")
    return typed


def _typed(value: Any) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:g}"
        case tuple():
            return ",".join(value)
        case _:
            return str(value)
