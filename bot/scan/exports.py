"""The index as people and spreadsheets read it."""

import csv
from typing import Any, Final, TextIO

from bot.core.money import dollars
from bot.core.plural import counted, plural
from bot.scan.index import Index, in_order

_COLUMNS: Final = ("bib", "photo", "confidence", "why")
_FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A cell that starts so is run by spreadsheets (OWASP, CSV Injection)."""


def write_csv(index: Index, file: TextIO) -> None:
    """Write a row for each bib of each photo; `why` is empty where the bib is asserted.

    Args:
        index: What was found.
        file: Open for text, with `newline=""`.
    """
    rows = csv.writer(file)
    rows.writerow(_COLUMNS)
    for found in (index.bibs, index.unsure):
        for number, photos in in_order(found).items():
            rows.writerows(
                (_cell(number), _cell(one["photo"]), one["confidence"], one.get("why", "")) for one in photos
            )


def as_text(index: Index) -> str:
    """What a person reads at a terminal: what is sure first, the sum last."""
    lines = [
        *_lines(index.bibs),
        *(f"unsure: {line}" for line in _lines(index.unsure)),
        *(f"failed: {one['photo']}: {one['error']}" for one in index.failed),
        _sum(index),
    ]
    return "\n".join(map(_printable, lines))


def _lines(found: dict[str, list[dict[str, Any]]]) -> list[str]:
    return [f"{number}: {', '.join(map(_photo, photos))}" for number, photos in in_order(found).items()]


def _photo(found: dict[str, Any]) -> str:
    return f"{found['photo']} ({found['why']})" if "why" in found else str(found["photo"])


def _sum(index: Index) -> str:
    found = f"{counted(len(index.bibs), 'bib')} in {index.photos} {plural('photo') if index.photos != 1 else 'photo'}"
    bare = f"; {index.bare} without a bib" if index.bare and not index.only else ""
    failed = f"; {len(index.failed)} failed" if index.failed else ""
    calls = "call" if index.paid_calls == 1 else "calls"
    paid = f"; {index.paid_calls} paid {calls}, {dollars(index.cost)}" if index.paid_calls else ""
    return f"{found[0].upper()}{found[1:]}{bare}{failed}{paid}."


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULAS) else text


def _printable(text: str) -> str:
    """A file's name may hold what would steer the terminal, or bytes that are no text."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)
