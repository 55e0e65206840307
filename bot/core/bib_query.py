"""What a person types after `/findbib`, and what it asks for."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NoReturn
from unicodedata import category, decimal, normalize

from bot.errors import AskError

USAGE: Final = (
    "Try /findbib 1234, 1234 1240-1250, 14?9, A123 or a runner's name; /findbib ? for photos with people and no bib;"
    " /findbib watch 1234, unwatch 1234 or watches."
)
"""How `/findbib` is used, in a sentence."""
MOST_NUMBERS: Final = 500
"""How many numbers may be asked for at once, ranges counted out."""
MOST_UNKNOWN: Final = 2
"""How many `?` a pattern may hold: each stands for one of 36 characters."""
LONGEST_NAME: Final = 80
"""How many characters of a name are looked up."""

_BIB: Final = re.compile(r"(?=[A-Z]*[0-9])[A-Z0-9]{1,12}")
_RANGE: Final = re.compile(r"(?P<letters>[A-Z]{0,3})(?P<first>[0-9]{1,7})-(?P=letters)(?P<last>[0-9]{1,7})")
_PATTERN: Final = re.compile(r"(?=.*[A-Z0-9])[A-Z0-9?]{2,12}")
_PREFIX: Final = re.compile(r"#|\b(?:no|nr)\b\.?\s*(?=#?[0-9])|\b(?:no|nr)\.?(?=[0-9])", re.IGNORECASE)
_DASH: Final = re.compile(r"(?<=[0-9])\s*[-‐‑‒–—−]\s*(?=[A-Za-z]{0,3}[0-9])")  # noqa: RUF001  # as phones type them
_BETWEEN: Final = re.compile(r"[\s,;`\"“”]+")


@dataclass(frozen=True, slots=True)
class Numbers:
    """Photos with any of these bibs, in the order in which they were typed; leading zeros count."""

    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Photos whose bib fits: each `?` is one digit or letter."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Name:
    """Photos of a runner on the start list, as the name was typed."""

    name: str


@dataclass(frozen=True, slots=True)
class Unnumbered:
    """Photos with people and no bib."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Tell me whenever this bib turns up."""

    number: str


@dataclass(frozen=True, slots=True)
class Unwatch:
    """Tell me no more of this bib."""

    number: str


@dataclass(frozen=True, slots=True)
class WatchList:
    """Which bibs do I watch?"""


Search = Numbers | Pattern | Name | Unnumbered
Query = Numbers | Pattern | Name | Unnumbered | Watch | Unwatch | WatchList


def parse(text: str) -> Query:
    """Understand what was typed; full-width digits, `#` and `No.` are fine.

    Raises:
        AskError: It is nothing that can be looked for; the sentence says how to ask.
    """
    typed = _plain(text)
    match typed.upper().split():
        case ["WATCHES"]:
            return WatchList()
        case ["WATCH", *words]:
            return Watch(_one_bib(words))
        case ["UNWATCH", *words]:
            return Unwatch(_one_bib(words))
        case ["?"]:
            return Unnumbered()
        case [] | ["HELP"]:
            raise AskError(USAGE)
        case words:
            return _search(typed, words)


def parse_search(text: str) -> Search:
    """Understand what asks for photos.

    Raises:
        AskError: It asks for something else, or is nothing that can be looked for.
    """
    query = parse(text)
    if isinstance(query, Watch | Unwatch | WatchList):
        raise AskError(USAGE)
    return query


def bib_number(text: str) -> str:
    """Read one bib number, as a person types it into a form.

    Raises:
        AskError: It is none.
    """
    return _one_bib(_plain(text).upper().split())


def _plain(text: str) -> str:
    """One way of writing for every digit, dash and space; no decoration around numbers."""
    visible = "".join(_digit(sign) for sign in normalize("NFKC", text) if category(sign) != "Cf")
    return _DASH.sub("-", _PREFIX.sub("", _BETWEEN.sub(" ", visible))).strip()


def _digit(sign: str) -> str:
    return str(decimal(sign)) if sign.isdecimal() else sign


def _search(typed: str, words: Sequence[str]) -> Query:
    if _is_name(typed):
        return Name(typed[:LONGEST_NAME])
    if "?" in typed:
        return Pattern(_one_pattern(words))
    return Numbers(_numbers(words))


def _is_name(typed: str) -> bool:
    return any(map(str.isalpha, typed)) and not any(sign.isdigit() or sign in "?*<>@" for sign in typed)


def _one_bib(words: Sequence[str]) -> str:
    if len(words) != 1:
        raise AskError(f"I need one bib number here. {USAGE}")
    return words[0] if _BIB.fullmatch(words[0]) else _refuse(words[0])


def _one_pattern(words: Sequence[str]) -> str:
    if len(words) > 1:
        raise AskError("I can look for one number with ? at a time, such as 14?9.")
    if words[0].count("?") > MOST_UNKNOWN:
        raise AskError(f"At most {MOST_UNKNOWN} characters may be ?, as in 1?3?.")
    return words[0] if _PATTERN.fullmatch(words[0]) else _refuse(words[0])


def _numbers(words: Iterable[str]) -> tuple[str, ...]:
    numbers: dict[str, None] = {}
    for word in words:
        numbers.update(dict.fromkeys(_meant(word)))
        if len(numbers) > MOST_NUMBERS:
            _too_many()
    return tuple(numbers)


def _meant(word: str) -> Iterator[str]:
    if _BIB.fullmatch(word):
        yield word
    elif ends := _RANGE.fullmatch(word):
        yield from _counted(ends["letters"], ends["first"], ends["last"])
    else:
        _refuse(word)


def _counted(letters: str, first: str, last: str) -> Iterator[str]:
    """Count from one end to the other, as wide as the first is written."""
    low, high = sorted((int(first), int(last)))
    if high - low >= MOST_NUMBERS:
        _too_many()
    width = min(len(first), len(last))
    return (f"{letters}{number:0{width}d}" for number in range(low, high + 1))


def _too_many() -> NoReturn:
    raise AskError(f"That is too much at once: I can look for {MOST_NUMBERS} numbers.")


def _refuse(word: str) -> NoReturn:
    hint = "Use ? for one character that you don't know. " if "*" in word else ""
    raise AskError(f"I can't read “{word[:20]}” as a bib number. {hint}{USAGE}")
