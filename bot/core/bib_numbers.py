"""Numbers that may be meant, or may have been read, in place of another."""

from collections.abc import Callable, Iterator
from itertools import chain, pairwise, product
from string import ascii_uppercase, digits
from typing import Final

_ANY: Final = digits + ascii_uppercase
_LOOK_ALIKE: Final = ("17I", "27Z", "08OQD", "06G", "38B", "56S", "689", "49", "35")
"""Characters that are taken for one another on cloth, the likelier first."""
_LEAST_PART: Final = 2
_MOST_ZEROS: Final = 3


def fitting(pattern: str) -> tuple[str, ...]:
    """Every number that fits a pattern; each `?` is a digit or a letter, so two of them give 1,296 numbers."""
    return tuple(map("".join, product(*(_ANY if sign == "?" else sign for sign in pattern))))


def near(number: str) -> tuple[str, ...]:
    """Numbers one misreading or one slip of the finger away, the likeliest first.

    Leading zeros more or less come first, then look-alike characters, then a character missing or added at an end,
    then any other one, then neighbours that changed places. A single digit is near to no other.
    """
    found = dict.fromkeys(chain(_zeros(number), _slips(number) if len(number) > 1 else ()))
    return tuple(one for one in found if one != number and any(map(str.isdigit, one)))


def parts(number: str) -> tuple[str, ...]:
    """What may be read of a number that is cut or covered: its beginnings and ends of two or more characters."""
    lengths = range(len(number) - 1, _LEAST_PART - 1, -1)
    return tuple(dict.fromkeys(part for length in lengths for part in (number[:length], number[-length:])))


def _zeros(number: str) -> Iterator[str]:
    bare = number.lstrip("0")
    if bare.isdigit():
        yield from ("0" * zeros + bare for zeros in range(_MOST_ZEROS + 1))


def _slips(number: str) -> Iterator[str]:
    places = range(len(number))
    yield from _replaced(number, _taken_for)
    yield from (number[1:], number[:-1])
    yield from (one for sign in _ANY for one in (sign + number, number + sign))
    yield from _replaced(number, _of_its_kind)
    yield from (_swapped(number, place, after) for place, after in pairwise(places))
    yield from (number[:place] + number[place + 1 :] for place in places)
    yield from (number[:place] + sign + number[place:] for place in places for sign in digits)


def _replaced(number: str, others: Callable[[str], str]) -> Iterator[str]:
    for place, sign in enumerate(number):
        yield from (number[:place] + other + number[place + 1 :] for other in others(sign))


def _taken_for(sign: str) -> str:
    return "".join(group for group in _LOOK_ALIKE if sign in group)


def _of_its_kind(sign: str) -> str:
    return digits if sign.isdigit() else ascii_uppercase


def _swapped(number: str, place: int, after: int) -> str:
    return number[:place] + number[after] + number[place] + number[after + 1 :]
