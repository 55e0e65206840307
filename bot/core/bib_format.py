"""What a bib number of an event looks like: a count of digits, a range, or a mask."""

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Final

from bot.errors import AskError

LONGEST: Final = 12
"""The longest bib, in characters; the longest seen anywhere has seven."""
LONGEST_MASK: Final = 60
SHORTEST_PART: Final = 2
"""Characters of which something can be found again."""
_PART: Final = re.compile(r"(\\d|\[[A-Za-z0-9-]+\]|[A-Za-z0-9]|\?)(?:\{(\d{1,2})\})?")
_RANGE: Final = re.compile(r"\s*(\d{1,6})\s*(?:-|\u2013|to)\s*(\d{1,6})\s*")
_PREFIX: Final = re.compile(r"^(?:#|N[or]\s*[.:]|N[º°o]\s*\.?|Nr\s*)\s*(?=[A-Z]{0,2}\d)", re.IGNORECASE)
_EDGES: Final = " .,:;!|'\"`()[]{}<>-_*~\u00b7\u2022"
_ANY: Final = "[A-Z0-9]"


@dataclass(frozen=True, slots=True)
class BibFormat:
    r"""How the bib numbers of an event are written.

    Attributes:
        pattern: A regular expression that the whole number matches, in capital letters.
        least: The smallest number, where the event has a range.
        most: The largest number, where the event has a range.
        told: As a person wrote it, such as `100-450` or `[A-F]\d{3}`; empty for the default.
        places: The class of characters of each place, where it is a mask.
    """

    pattern: str = r"\d{2,6}"
    least: int | None = None
    most: int | None = None
    told: str = ""
    places: tuple[str, ...] = ()

    def spelled(self, text: str) -> str:
        """Write a text as this mask has it, where a letter was read for a digit of its shape or the other way round.

        Returns:
            The number; empty where it does not fit so either.
        """
        if len(text) != len(self.places):
            return ""
        signs = [_as(place, sign) for place, sign in zip(self.places, text, strict=True)]
        return "".join(signs) if all(signs) else ""

    def part(self, text: str) -> bool:
        """Tell whether a text may be a part of a number whose other characters are covered: two or more of a mask."""
        if not SHORTEST_PART <= len(text) < len(self.places) or not any(sign.isdigit() for sign in text):
            return False
        slices = (self.places[at : at + len(text)] for at in range(len(self.places) - len(text) + 1))
        return any(all(map(re.fullmatch, places, text)) for places in slices)

    def fits(self, text: str) -> bool:
        """Tell whether a cleaned text is a bib number of this event."""
        if not re.fullmatch(self.pattern, text):
            return False
        digits = "".join(filter(str.isdigit, text))
        return self.least is None or self.most is None or (digits != "" and self.least <= int(digits) <= self.most)

    def within(self, told: str) -> "BibFormat":
        r"""Narrow this format by a second one that an admin wrote, a range beside a mask: `T\d{4}` within `1-2500`.

        Raises:
            AskError: It cannot be understood, or would match everything or nothing.
        """
        other = bib_format(told)
        if self is DIGITS or other.least is None:
            return other if self is DIGITS else self
        return replace(self, least=other.least, most=other.most, told=f"{self.told} within {other.told}")


DIGITS: Final = BibFormat()
"""Two to six digits: a single one is too often something else (facts: peers §4)."""
SHORT_DIGITS: Final = BibFormat(r"\d{1,6}")
"""Where a start list names bibs of a single digit."""


def bib_format(told: str) -> BibFormat:
    r"""Read what an admin wrote: `100-450`, or a mask of letters, digits, `[A-F]`, `\d`, `?` (any one) and `{n}`.

    Raises:
        AskError: It is neither, or it would match everything or nothing.
    """
    told = told.strip()
    if not told:
        return DIGITS
    return _range(told, found) if (found := _RANGE.fullmatch(told)) else _mask(told)


def _range(told: str, found: re.Match[str]) -> BibFormat:
    least, most = int(found[1]), int(found[2])
    if least > most:
        raise AskError(f"The range {told} matches no number: it ends before it begins.")
    return BibFormat(r"\d{1,6}", least, most, told)


def _mask(told: str) -> BibFormat:
    parts = _parts(told.upper().replace(r"\D", r"\d"))
    pattern = "".join(f"{one}{{{count}}}" for one, count in parts)
    length = sum(count for _, count in parts)
    if not 1 <= length <= LONGEST or any(count == 0 for _, count in parts):
        raise AskError(f"The mask {told} is for {length} characters; a bib has 1 to {LONGEST}.")
    if not any("0" <= sign <= "9" for one, _ in parts for sign in _meant(one)):
        raise AskError(f"The mask {told} has no place for a digit, so it would match words. {_HOW}")
    if all(one == _ANY for one, _ in parts):
        raise AskError(f"The mask {told} would match every word of {length} characters. {_HOW}")
    return BibFormat(pattern, told=told, places=tuple(one for one, count in parts for _ in range(count)))


_HOW: Final = r"Write, for example, \d{4}, [A-F]\d{3} or 100-450."


def _as(place: str, sign: str) -> str:
    """The sign itself, or the one of its shape that the place wants."""
    return next((one for one in (sign, *_ALIKE.get(sign, "")) if re.fullmatch(place, one)), "")


_ALIKE: Final = {
    **dict(zip("0123456789", ("ODQ", "ILT", "Z", "", "A", "S", "G", "T", "BS", "S"), strict=True)),
    **dict(zip("ODQILTZASGB", "00011724568", strict=True)),
}
"""Letters and digits of one shape (facts: peers §4 has S for 5 and 9, T for 7; PP-OCR also reads S as 8)."""


def _parts(mask: str) -> list[tuple[str, int]]:
    """Each place of a mask as a class of characters, and how often it comes."""
    parts, at = [], 0
    while at < len(mask):
        found = _PART.match(mask, at)
        if found is None or len(mask) > LONGEST_MASK:
            raise AskError(
                f"I can't read the mask {mask[:LONGEST_MASK]}. It may hold letters, digits,"
                rf" [A-F], \d for a digit, ? for any one, and {{3}} for three times. {_HOW}"
            )
        parts.append((_class(found[1]), int(found[2] or 1)))
        at = found.end()
    return parts


def _class(one: str) -> str:
    one = _ANY if one == "?" else one
    try:
        re.compile(one)
    except re.error as error:
        raise AskError(f"I can't read {one} in the mask: {error.msg}. {_HOW}") from error
    return one


def _meant(one: str) -> str:
    """Every capital letter and digit that a class of characters stands for."""
    return "".join(sign for sign in "0123456789" if re.fullmatch(one, sign))


def cleaned(text: str) -> str:
    """Bring what was read into the form in which bibs are kept: capitals, plain digits, no `#`, `No.` or edge signs."""
    plain = unicodedata.normalize("NFKC", text).upper().strip(_EDGES)
    return _PREFIX.sub("", plain).strip(_EDGES).replace(" ", "")
