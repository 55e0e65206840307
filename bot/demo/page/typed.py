"""What a person types, as Slack sends it on: mentions by id, links in brackets, the rest escaped."""

import re
from collections.abc import Callable, Iterable

from bot.demo.records import Channel, User

_LINK = re.compile(r"https?://[^\s<>|]+")


def as_message(text: str, users: Iterable[User], channels: Iterable[Channel]) -> str:
    """Write a message: `@Spotter` as `<@U0SPOTTER>`."""
    return _written(text, users, channels, lambda mark, target, _: f"<{mark}{target}>")


def as_command(text: str, users: Iterable[User], channels: Iterable[Channel], *, escape: bool) -> str:
    """Write what follows a slash command: as typed, or where the app wants it, `@mia` as `<@U0MEMBER1|mia>`."""
    if not escape:
        return text
    return _written(text, users, channels, lambda mark, target, name: f"<{mark}{target}|{name}>")


def _written(
    text: str, users: Iterable[User], channels: Iterable[Channel], mention: Callable[[str, str, str], str]
) -> str:
    written = _LINK.sub(lambda link: f"<{link.group()}>", _escaped(text))
    names = {f"@{name}": mention("@", user.id, user.name) for user in users for name in (user.real_name, user.name)}
    names |= {f"#{place.name}": mention("#", place.id, place.name) for place in channels if place.name}
    # The longest first: “@Mia Member” before “@Mia”.
    known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    if not known:
        return written
    lower = {name.lower(): said for name, said in names.items()}
    return re.sub(rf"(?<![\w/])({known})(?!\w)", lambda it: lower[it[1].lower()], written, flags=re.IGNORECASE)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
