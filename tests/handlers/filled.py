"""Values of any type of ours, with one text wherever a person or a photo may have put it."""

import types
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import UTC, date, datetime, tzinfo
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from bot.core.geometry import Box
from bot.errors import Misread, SpotterError
from bot.slack import Message
from handlers import blocks

PERMALINK: Final = "https://demo.slack.com/files/U0/F0/run.jpg"
CHANNEL: Final = "C0RACE001"
USER: Final = "U0ADA0001"
OURS: Final[Mapping[str, Any]] = {
    **dict.fromkeys(("actor", "admin", "asker", "by", "corrected", "corrected_by", "invited_by", "moderators"), USER),
    **dict.fromkeys(("named", "reader", "subject", "user", "who"), USER),
    **dict.fromkeys(("channel", "channels", "place"), CHANNEL),
    **dict.fromkeys(("ts", "thread", "thread_ts", "at_ts"), "1763600000.000100"),
    **dict.fromkeys(("file", "files"), "F0RUN0001"),
    **dict.fromkeys(("id", "person", "face", "digest", "likeness", "start_list", "size"), "7"),
    **dict.fromkeys(("detectors", "cannot"), "text"),
    "attributes": "smile",
    "act": "enroll",
    "database": "sqlite",
    **dict.fromkeys(("paragraphs", "find_me", "show_name"), "What I keep of you."),
    "preset": "race",
    "until": "17 May 2027",
    "operations": "detect_text",
    **dict.fromkeys(("days", "today"), "2026-05-17"),
    "permalink": PERMALINK,
    "url": "https://www.wikidata.org/wiki/Q7259",
    "key": "C0RACE001-1763600000.000100",
    "format": "jpg",
    "event_date": "2026-05-17",
    "time_zone": "Europe/Zurich",
}
"""What Slack or an earlier check of ours vouches for, by the name of its field; nobody can write text there."""


def filled(kind: Any, text: str, name: str = "") -> Any:
    """Make a value of a type; two of each where it is a sequence.

    Args:
        kind: The type.
        text: What stands in every text that is not one of `OURS`.
        name: What the value is called where it is used.
    """
    origin = get_origin(kind)
    if kind is str:
        return OURS.get(name, text[:_BIB] if name in _BIBS else text)
    if kind in _PLAIN:
        return _PLAIN[kind]
    if origin is Literal:
        return get_args(kind)[0]
    if origin in (Union, types.UnionType):
        return filled(next(one for one in get_args(kind) if one is not type(None)), text, name)
    if origin:
        return _several(origin, get_args(kind), text, name)
    return _object(kind, text)


def arguments(maker: Callable[..., Any], text: str) -> dict[str, Any]:
    """Make all arguments of a function."""
    hints = get_type_hints(maker)
    return {name: filled(kind, text, name) for name, kind in hints.items() if name != "return"}


_PLAIN: Final[Mapping[Any, Any]] = {
    int: 2,
    float: 91.0,
    bool: True,
    object: 1,
    Any: None,
    datetime: datetime(2026, 5, 17, 10, 30, tzinfo=UTC).replace(tzinfo=None),
    date: date(2026, 5, 17),
    tzinfo: UTC,
    Box: Box(0.1, 0.2, 0.3, 0.4),
}


_BIB: Final = 12
_BIBS: Final = frozenset({"bib", "bibs", "number", "numbers", "watches"})
"""What is read as a bib is short: no format has room for more."""
_RECORDS: Final[Mapping[str, tuple[str, ...]]] = {"failed": ("photo", "error")}


def _several(origin: Any, inner: tuple[Any, ...], text: str, name: str) -> Any:
    if name in _RECORDS:
        return [dict.fromkeys(_RECORDS[name], text)]
    if origin is Mapping or origin is dict:
        return {filled(inner[0], text, name): filled(inner[1], text, name)}
    if origin is tuple and Ellipsis not in inner:
        return tuple(filled(one, text, name) for one in inner)
    one = filled(inner[0], text, name)
    return frozenset({one}) if issubclass(origin, frozenset) else (one, one)


def _object(kind: Any, text: str) -> Any:
    if kind is Message:
        return blocks.plain(blocks.safe(text) or "…")
    if issubclass(kind, SpotterError):
        return Misread(text, text, len(text) // 2)
    hints = get_type_hints(kind)
    return kind(**{one.name: filled(hints[one.name], text, one.name) for one in fields(kind) if one.init})
