"""What a person types after `/findphoto`, and what it asks for; pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html import unescape
from typing import Final, Literal
from unicodedata import category, normalize

from bot.core import photo_terms
from bot.core.bib_query import bib_number
from bot.errors import AskError, Misread

USAGE: Final = (
    "Try /findphoto dog beach, or dog -cat text:finish after:2026-05-01. There are also bib:1234, person:ada, "
    'celebrity:"a name", before:, on:, sharp and bright. A - in front leaves photos out.'
)
"""How `/findphoto` is used, in sentences."""
LONGEST: Final = 150
"""Characters that are read: as the value of a button, which holds 2,000, one may take twelve."""
MOST: Final = 12
"""How many things may be asked for at once."""

Kind = Literal["any", "text", "celebrity", "quality", "bib", "person"]

_KINDS: Final[dict[str, Kind]] = {"text": "text", "celebrity": "celebrity", "bib": "bib", "person": "person"}
_DATES: Final = ("after", "before", "on")
_QUALITIES: Final = (photo_terms.SHARP, photo_terms.BRIGHT)
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Co", "Cs"})
_QUOTES: Final = str.maketrans(dict.fromkeys("“”„«»", '"'))
_PART: Final = re.compile(
    r'(?P<minus>[-–−]?)(?:(?P<prefix>[^\W\d]+):)?(?:"(?P<quoted>[^"]*)(?P<end>"?)|(?P<bare><@[^>]*>|[^\s"]*))'  # noqa: RUF001  # as phones type them
)
_MENTION: Final = re.compile(r"<@(?P<user>[A-Z0-9]+)(?:\|(?P<name>[^>]*))?>")
_DAY: Final = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing that a photo must show, or must not.

    Attributes:
        kind: What it is; `any` is a label, or text read in the photo.
        value: As it was typed: words, a bib's number, a person's name or Slack id, or `me`.
        without: Whether photos that show it are left out.
    """

    kind: Kind
    value: str
    without: bool = False

    @property
    def terms(self) -> tuple[str, ...]:
        """The terms that stand for it in the library; none for a bib or a person."""
        match self.kind:
            case "bib" | "person":
                return ()
            case kind:
                return photo_terms.asked(kind, self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryQuery:
    """Photos that show all that is wanted, within a time.

    Attributes:
        typed: What was typed, with single spaces.
        wanted: What they show, and what they do not.
        since: The first moment, by the camera's clock; None for any.
        until: The moment after the last; None for any.
    """

    typed: str = ""
    wanted: tuple[Wanted, ...] = ()
    since: datetime | None = None
    until: datetime | None = None

    @property
    def shown(self) -> str:
        """What was typed, as people read it: with names in place of Slack's ids."""
        return _MENTION.sub(lambda it: f"@{it['name'] or it['user']}", self.typed)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A part of what was typed; `at` and `inside` are where it and its value begin."""

    at: int
    inside: int
    minus: bool
    prefix: str
    value: str
    quoted: bool


def parse(text: str) -> LibraryQuery:
    """Understand what was typed; words of one part stand next to each other, parts need not.

    Raises:
        AskError: Nothing was typed; the sentence says how to ask.
        Misread: A part cannot be understood; the error says which.
    """
    typed = _plain(text)
    if typed.lower() in ("", "help"):
        raise AskError(USAGE)
    if len(typed) > LONGEST:
        raise Misread(f"That is too long: I read {LONGEST} characters.", typed, LONGEST)
    parts = tuple(_parts(typed))
    spans = [_span(typed, part) for part in parts if part.prefix in _DATES]
    wanted = dict.fromkeys(_wanted(typed, part) for part in parts if part.prefix not in _DATES)
    if len(wanted) > MOST:
        raise Misread(f"That is too much at once: I look for {MOST} things.", typed, parts[MOST].at)
    return LibraryQuery(
        typed=typed,
        wanted=tuple(wanted),
        since=max((since for since, _ in spans if since), default=None),
        until=min((until for _, until in spans if until), default=None),
    )


def _plain(text: str) -> str:
    """One way of writing for quotes and spaces; what is not seen is left out, so that a place can be pointed at."""
    signs = normalize("NFKC", unescape(text))
    visible = "".join(sign for sign in signs if sign.isspace() or category(sign) not in _INVISIBLE)
    return " ".join(visible.translate(_QUOTES).split())


def _parts(typed: str) -> Iterator[_Part]:
    for found in _PART.finditer(typed):
        if found.group():
            yield _part(typed, found)


def _part(typed: str, found: re.Match[str]) -> _Part:
    group = "bare" if found["quoted"] is None else "quoted"
    if group == "quoted" and not found["end"]:
        raise Misread('There is no closing ".', typed, found.start("quoted") - 1)
    return _Part(
        at=found.start(),
        inside=found.start(group),
        minus=bool(found["minus"]),
        prefix=(found["prefix"] or "").lower(),
        value=found[group],
        quoted=group == "quoted",
    )


def _wanted(typed: str, part: _Part) -> Wanted:
    if part.prefix and part.prefix not in _KINDS:
        known = ", ".join(f"{name}:" for name in (*_KINDS, *_DATES))
        raise Misread(f"I don't know {part.prefix[:20]}: here. There are {known}.", typed, part.at + part.minus)
    if not part.value.strip():
        raise Misread("Something is missing here.", typed, part.inside)
    if part.prefix == "bib":
        return Wanted("bib", _bib(typed, part), part.minus)
    if part.prefix == "person":
        return Wanted("person", _person(part.value), part.minus)
    if not part.prefix and not part.quoted and part.value.lower() in _QUALITIES:
        return Wanted("quality", part.value.lower(), part.minus)
    if not photo_terms.spelled(part.value):
        raise Misread("I look for words and numbers.", typed, part.inside)
    return Wanted(_KINDS.get(part.prefix, "any"), part.value, part.minus)


def _bib(typed: str, part: _Part) -> str:
    try:
        return bib_number(part.value)
    except AskError as error:
        raise Misread("This is no bib number.", typed, part.inside) from error


def _person(value: str) -> str:
    """A name, or the Slack id of somebody who was mentioned."""
    mention = _MENTION.fullmatch(value)
    return mention["user"] if mention else value


def _span(typed: str, part: _Part) -> tuple[datetime | None, datetime | None]:
    """From when, and until when: `after:` a day begins with it, `before:` a day ends with the day before."""
    if part.minus:
        raise Misread("A date takes no - in front.", typed, part.at)
    try:
        first, after = map(_midnight, _days(part.value))
    except (ValueError, OverflowError) as error:
        raise Misread("I read dates as 2026-05-17, 2026-05 or 2026.", typed, part.inside) from error
    match part.prefix:
        case "after":
            return first, None
        case "before":
            return None, first
        case _:
            return first, after


def _days(value: str) -> tuple[date, date]:
    """The first day of a day, a month or a year, and the first one after it."""
    found = _DAY.fullmatch(value)
    if not found:
        raise ValueError(value)
    year, month, day = (int(number or 0) for number in found.groups())
    first = date(year, month or 1, day or 1)
    if day:
        return first, first + timedelta(days=1)
    return first, (first + timedelta(days=31)).replace(day=1) if month else first.replace(year=year + 1)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001  # a camera's clock knows no zone
