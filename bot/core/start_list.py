"""A start list: who wears which bib. Read from CSV as race offices export it."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.core.bib_format import LONGEST, cleaned
from bot.errors import AskError

MOST_ROWS: Final = 100_000
MOST_NEAR: Final = 5
"""How many bibs one misread number may suggest; with more it says nothing."""
_DELIMITERS: Final = ",;\t"
_BIB: Final = frozenset(
    {
        "bib",
        "bib number",
        "bibnumber",
        "bib no",
        "bib_number",
        "number",
        "no",
        "nr",
        "start number",
        "startnumber",
        "startnummer",
        "dorsal",
        "dossard",
        "pettorale",
        "race number",
        "#",
    }
)
_NAME: Final = frozenset({"name", "full name", "fullname", "runner", "athlete", "participant", "nombre", "nom", "nome"})
_FIRST: Final = frozenset({"first name", "firstname", "first", "given name", "vorname", "prenom", "prénom"})
_LAST: Final = frozenset({"last name", "lastname", "last", "surname", "family name", "nachname", "apellido"})
_LETTERS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Runner:
    """A row of the list.

    Attributes:
        bib: As text, leading zeros kept.
        name: Empty where the list has none.
        more: The other columns, by their heading.
    """

    bib: str
    name: str = ""
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StartList:
    """Every runner of an event, by bib."""

    runners: Mapping[str, Runner]

    def __contains__(self, bib: str) -> bool:
        return bib in self.runners

    def __len__(self) -> int:
        return len(self.runners)

    def name(self, bib: str) -> str:
        """The runner's name; empty where the bib or the name is not listed."""
        runner = self.runners.get(bib)
        return runner.name if runner else ""

    def near(self, bib: str) -> tuple[str, ...]:
        """Listed bibs one misread or missing character away, in order; none where too many are."""
        found = sorted({it for it in _one_edit(bib) if it in self.runners})
        return tuple(found) if len(found) <= MOST_NEAR else ()


def _one_edit(bib: str) -> Iterable[str]:
    """Everything with one character replaced, added, or, from four characters on, taken away."""
    for at in range(len(bib) + 1):
        yield from (bib[:at] + letter + bib[at:] for letter in _LETTERS)
    for at in range(len(bib)) if len(bib) > 1 else ():
        yield from (bib[:at] + letter + bib[at + 1 :] for letter in _LETTERS if letter != bib[at])
        if len(bib) > 3:  # noqa: PLR2004 - of a shorter number too little would be left
            yield bib[:at] + bib[at + 1 :]


def start_list(text: str) -> StartList:
    """Read a start list.

    Args:
        text: CSV with commas, semicolons or tabs; a heading is understood and not needed. Without one the first
            column is the bib and the second the name.

    Raises:
        AskError: It holds no runner, too many, a row without a bib, or a bib twice; the sentence names the line.
    """
    rows = _rows(text.lstrip("\ufeff"))
    if not rows:
        raise AskError("This start list is empty: I need one row for each runner, with the bib first.")
    columns, body = _columns(rows)
    if not body:
        raise AskError("This start list has a heading and no runner below it.")
    if len(body) > MOST_ROWS:
        raise AskError(f"This start list has {len(body):,} rows; I take up to {MOST_ROWS:,}.")
    return StartList(_each_once(_runner(line, row, columns) for line, row in body))


def start_list_of(data: bytes) -> StartList:
    """Read a start list in UTF-8, or in Latin-1 as older programs write it.

    Raises:
        AskError: It is none; the sentence says what is wrong.
    """
    try:
        return start_list(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return start_list(data.decode("latin-1"))


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """Every row that holds anything, with its line."""
    reader = csv.reader(text.splitlines(keepends=True), delimiter=_delimiter(text), strict=True)
    try:
        rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    except csv.Error as error:
        raise AskError(f"Line {reader.line_num} of the start list is broken: {error}.") from error
    return [(line, row) for line, row in rows if any(row)]


def _delimiter(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(_DELIMITERS, key=first.count)


@dataclass(frozen=True, slots=True)
class _Columns:
    bib: int
    names: tuple[int, ...]
    headings: tuple[str, ...] = ()


def _columns(rows: Sequence[tuple[int, list[str]]]) -> tuple[_Columns, Sequence[tuple[int, list[str]]]]:
    first = [cell.casefold() for cell in rows[0][1]]
    bib = next((at for at, cell in enumerate(first) if cell in _BIB), None)
    if bib is not None:
        return _Columns(bib, _names(first), tuple(rows[0][1])), rows[1:]
    if not any(sign.isdigit() for cell in first for sign in cell):
        raise AskError(f"Line {rows[0][0]} of the start list is a heading without a column named bib.")
    return _Columns(0, (1,)), rows


def _names(headings: Sequence[str]) -> tuple[int, ...]:
    def place(names: frozenset[str]) -> tuple[int, ...]:
        return next(((at,) for at, cell in enumerate(headings) if cell in names), ())

    return place(_NAME) or place(_FIRST) + place(_LAST)


def _runner(line: int, row: list[str], columns: _Columns) -> tuple[int, Runner]:
    told = row[columns.bib] if columns.bib < len(row) else ""
    bib = cleaned(told)
    if not bib:
        raise AskError(f"Line {line} of the start list has no bib.")
    if len(bib) > LONGEST or not bib.isalnum() or not any(sign.isdigit() for sign in bib):
        raise AskError(f"Line {line} of the start list: “{told[:30]}” is not a bib number.")
    name = " ".join(row[at] for at in columns.names if at < len(row) and row[at])
    more = {
        heading: cell
        for at, (heading, cell) in enumerate(zip(columns.headings, row, strict=False))
        if at != columns.bib and at not in columns.names and cell
    }
    return line, Runner(bib, name, more)


def _each_once(rows: Iterable[tuple[int, Runner]]) -> dict[str, Runner]:
    runners: dict[str, Runner] = {}
    lines: dict[str, int] = {}
    for line, runner in rows:
        if runners.get(runner.bib, runner) != runner:
            raise AskError(f"Bib {runner.bib} is twice in the start list, on lines {lines[runner.bib]} and {line}.")
        runners[runner.bib] = runner
        lines.setdefault(runner.bib, line)
    return runners
