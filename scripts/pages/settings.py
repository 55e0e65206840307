"""What can be set: by the operator in the environment, by admins for each channel."""

from dataclasses import fields
from importlib import import_module
from typing import Any, Literal, get_args, get_origin

from annotated_types import Ge, Le
from pydantic import SecretStr
from pydantic.fields import FieldInfo

from bot.core import presets as core_presets
from bot.core.channel import ATTRIBUTE_GROUPS, USUAL_DETECTORS, ChannelSettings
from bot.core.settling import shown
from bot.detectors import every_detector, every_name
from bot.settings import Settings
from scripts.pages.markdown import attributes, first_line, table

_LISTS = {"detectors": every_name(), "attributes": ATTRIBUTE_GROUPS}


def environment() -> str:
    """Every variable of the environment."""
    rows = [
        (f"`{one.validation_alias}`", _default(one.default), _bounds(one), one.description or "")
        for one in Settings.model_fields.values()
    ]
    return table(("variable", "unless you set it", "what it may be", "what it is"), rows)


def _default(value: object) -> str:
    return f"`{value}`" if value not in ("", ()) and not isinstance(value, SecretStr) else ""


def _bounds(field: FieldInfo) -> str:
    if get_origin(field.annotation) is Literal:
        return _choices(get_args(field.annotation))
    least = next((one.ge for one in field.metadata if isinstance(one, Ge)), None)
    most = next((one.le for one in field.metadata if isinstance(one, Le)), None)
    return "" if least is None else f"{least:,} to {most:,}"


def channel_settings() -> str:
    """Every setting of a channel."""
    new = dict(line.split("=", 1) for line in shown(ChannelSettings()).splitlines())
    told = attributes(ChannelSettings.__doc__)
    rows = [
        (f"`{one.name}`", f"`{new[one.name]}`" if new[one.name] else "", _may_be(one.name, one.type), told[one.name])
        for one in fields(ChannelSettings)
    ]
    return table(("setting", "in a new channel", "what it may be", "what it is"), rows)


def _may_be(name: str, kind: Any) -> str:
    if get_origin(kind) is Literal:
        return _choices(get_args(kind))
    if name in _LISTS:
        return f"any of {_choices(_LISTS[name])}, with commas between"
    return {bool: "`yes`, `no`", float: "0 to 100"}.get(kind, "")


def presets() -> str:
    """Every preset, and every level of confidence."""
    rows = [
        (f"`{name}`", _settled(core_presets.with_preset(ChannelSettings(), name, every_name())))
        for name in core_presets.PRESETS
    ]
    levels = [
        (name.capitalize(), *(f"{least:g}" for least in told.values())) for name, told in core_presets.LEVELS.items()
    ]
    of_levels = tuple(f"`{name}`" for name in core_presets.LEVELS["normal"])
    return f"{table(('preset', 'who looks'), rows)}\n\n{table(('how careful', *of_levels), levels)}"


def _settled(settings: ChannelSettings) -> str:
    more = {"extra_looks": settings.extra_looks, "image_properties": settings.image_properties}
    return _choices(settings.detectors) + "".join(f"; `{name}`" for name, on in more.items() if on)


def detectors() -> str:
    """Every detector."""
    rows = [
        (
            f"`{name}`",
            first_line(import_module(f"bot.detectors.{name}").__doc__),
            "a new channel" if name in USUAL_DETECTORS else "a channel where an admin chose it",
        )
        for name in every_detector()
    ]
    return table(("detector", "what it looks for", "it looks in"), rows)


def _choices(values: tuple[str, ...]) -> str:
    return ", ".join(f"`{value}`" for value in values)
