"""Content that not everybody wants to see, by Amazon's moderation taxonomy, version 7."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from bot.core.channel import ChannelSettings
from bot.core.findings import Unsafe
from bot.core.plural import listed
from bot.core.report import Line
from bot.detectors import Answer, Detector

FLOOR: Final = 50.0
"""Amazon's own default; what is told is filtered by the channel's settings."""

LEVEL_1: Final = (
    "Explicit",
    "Non-Explicit Nudity of Intimate parts and Kissing",
    "Swimwear or Underwear",
    "Violence",
    "Visually Disturbing",
    "Drugs & Tobacco",
    "Alcohol",
    "Rude Gestures",
    "Gambling",
    "Hate Symbols",
)
"""The top of the taxonomy (developer guide, moderation API, version 7): what settings speak of."""


def options(settings: ChannelSettings) -> dict[str, Any]:
    """Ask low, so that one stored answer serves every channel."""
    return {"MinConfidence": min(FLOOR, settings.moderation_confidence)}


def read(answer: Answer, _settings: ChannelSettings) -> list[Unsafe]:
    """Turn each chain of rows (`Smoking` below `Drugs & Tobacco`) into one finding with its most exact name."""
    rows = answer["ModerationLabels"]
    parents = {_plain(row["Name"]): row.get("ParentName", "") for row in rows}
    inner = {_plain(parent) for parent in parents.values()}
    exact = {_plain(row["Name"]): row for row in rows if _plain(row["Name"]) not in inner}
    found = [_unsafe(row, parents) for row in exact.values()]
    return sorted(found, key=lambda unsafe: -unsafe.confidence)


def _unsafe(row: Mapping[str, Any], parents: Mapping[str, str]) -> Unsafe:
    *_, top = _ancestry(row["Name"], parents)
    return Unsafe(name=row["Name"], level1=_KNOWN.get(_plain(top), top), confidence=row["Confidence"])


def _ancestry(name: str, parents: Mapping[str, str]) -> Iterable[str]:
    """Climb from a name to the top; a parent that has no row of its own is the top."""
    seen: set[str] = set()
    while name and _plain(name) not in seen:
        yield name
        seen.add(_plain(name))
        name = parents.get(_plain(name), "")


def _plain(name: str) -> str:
    """Make spellings equal: Amazon writes `Drug & Tobacco` and `Drugs & Tobacco`, in either case."""
    return " ".join(word.removesuffix("s") for word in re.findall(r"\w+", name.casefold()))


_KNOWN: Final = {_plain(name): name for name in LEVEL_1}


def say(unsafe: Sequence[Unsafe], settings: ChannelSettings) -> list[Line]:
    """Warn, in the plainest words the taxonomy has."""
    sure = [it for it in unsafe if it.confidence >= settings.moderation_confidence]
    names = list(dict.fromkeys(map(_words, sure)))
    return [Line("unsafe", f"May be unsafe: {listed(names)}")] if names else []


def _words(unsafe: Unsafe) -> str:
    name, top = unsafe.name.lower(), unsafe.level1.lower()
    return name if _plain(name) == _plain(top) else f"{name} ({top})"


DETECTOR = Detector(
    operation="detect_moderation_labels",
    options=options,
    read=read,
    say=say,
    title="Unsafe content",
)
