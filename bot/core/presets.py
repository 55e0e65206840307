"""Settings in words: how sure Spotter must be, and what a channel is mostly for; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from bot.core.channel import USUAL_DETECTORS, ChannelSettings

LEVELS: Final[Mapping[str, Mapping[str, float]]] = {
    "strict": {"confidence": 90.0, "celebrity_confidence": 99.0, "moderation_confidence": 80.0},
    "normal": {"confidence": 80.0, "celebrity_confidence": 95.0, "moderation_confidence": 60.0},
    "eager": {"confidence": 60.0, "celebrity_confidence": 90.0, "moderation_confidence": 50.0},
}
"""The least confidence, 0 to 100, of what is told, by how careful a channel wants to be; `normal` is the default."""

PRESETS: Final[Mapping[str, Mapping[str, Any]]] = {
    "race": {"detectors": ("text", "faces"), "image_properties": False, "extra_looks": True},
    "event": {"detectors": USUAL_DETECTORS, "image_properties": False, "extra_looks": False},
    "moderation": {"detectors": ("moderation",), "image_properties": False, "extra_looks": False},
    "everything": {"image_properties": True, "extra_looks": True},
}
"""What looks at the photos of a channel, by what it is for; all that there is, where nothing is named.

None of them tells more of people than the one before.
"""


def level(settings: ChannelSettings) -> str:
    """How careful a channel is, in a word of `LEVELS`; empty where an admin chose numbers of their own."""
    return next((word for word, least in LEVELS.items() if _has(settings, least)), "")


def with_preset(settings: ChannelSettings, preset: str, detectors: Sequence[str]) -> ChannelSettings:
    """The settings with what a preset stands for; a model of the team's own is asked only where one is named.

    Args:
        settings: As they are.
        preset: A name of `PRESETS`.
        detectors: All that there are.
    """
    settings = replace(settings, **{"detectors": tuple(detectors), **PRESETS[preset]})
    wanted = (name for name in settings.detectors if name != "custom_labels" or settings.custom_model)
    return replace(settings, detectors=tuple(wanted))


def _has(settings: ChannelSettings, values: Mapping[str, Any]) -> bool:
    return all(getattr(settings, name) == value for name, value in values.items())
