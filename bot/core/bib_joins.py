"""Numbers that were read in pieces: a small letter before large digits, a last digit that stands apart."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from bot.core.bib_format import BibFormat, cleaned
from bot.core.findings import Word
from bot.core.geometry import Box

MOST_PIECES: Final = 3
NEAREST, FURTHEST = 0.35, 2.0
"""From the middle of a piece's last character to that of the next one's first, in widths of the wider character.

Finders draw their boxes too wide, so that pieces seem to overlap; what lies nearer is the same character, read twice.
"""
LEVEL: Final = 0.5
"""How far the middles of two pieces may differ in height, compared with the lower piece."""
SMALLEST: Final = 0.4
"""The height of the lower piece, compared with the other's: letters before a number are printed about half as high."""
JOINED: Final = 0.97
"""What is left of the confidence of the piece that was read worst."""


def joined(words: Sequence[Word], wanted: BibFormat) -> Iterator[Word]:
    """Put pieces side by side together that make a whole number of a mask; without a mask nobody knows what is whole.

    Args:
        words: What was read and may belong to a bib, in all looks.
        wanted: The event's format.
    """
    pieces = [word for word in words if 0 < len(_signs(word)) < len(wanted.places) and _signs(word).isalnum()]
    rows = [[piece] for piece in pieces]
    for _ in range(MOST_PIECES - 1):
        rows = [[*row, piece] for row in rows for piece in pieces if _goes_on(row[-1], piece)]
        for row in rows:
            number = wanted.spelled("".join(map(_signs, row)))
            if wanted.fits(number):
                yield _whole(row, number)


def _signs(word: Word) -> str:
    return cleaned(word.text)


def _goes_on(one: Word, other: Word) -> bool:
    """Whether a piece stands where another, to its left, ends."""
    low, high = sorted((one.box.height, other.box.height))
    level = abs(one.box.center[1] - other.box.center[1]) <= LEVEL * low
    ours, theirs = one.box.width / len(one.text), other.box.width / len(other.text)
    step = (other.box.left + theirs / 2) - (one.box.right - ours / 2)
    near = NEAREST <= step / max(ours, theirs) <= FURTHEST
    return near and level and low >= SMALLEST * high


def _whole(pieces: Sequence[Word], number: str) -> Word:
    boxes = [piece.box for piece in pieces]
    left, top = min(box.left for box in boxes), min(box.top for box in boxes)
    width, height = max(box.right for box in boxes) - left, max(box.bottom for box in boxes) - top
    sure = JOINED * min(piece.confidence for piece in pieces)
    return replace(pieces[0], text=number, confidence=sure, box=Box(left, top, width, height), line=-1)
