"""One line of the table: what was promised, what was measured, and whether the promise is kept."""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

QUICK: Final = "--quick"
"""Asks a benchmark for a small run: it shows that it works, and its figures mean little."""
MISSED: Final = 2
"""The exit code of a benchmark that missed a goal; one that broke ends with Python's own 1."""
NOT_HERE: Final = "not measured: it needs the shared photos beside the project"


@dataclass(frozen=True, slots=True)
class Row:
    """A figure.

    Attributes:
        what: Was measured, in words.
        figure: With its unit.
        goal: With its unit; empty where nothing is promised.
        kept: Whether the goal is reached.
    """

    what: str
    figure: str
    goal: str = ""
    kept: bool = True

    @property
    def verdict(self) -> str:
        """One word; empty where nothing is promised."""
        if not self.goal:
            return ""
        return "kept" if self.kept else "MISSED"

    def __str__(self) -> str:
        return f"| {self.what} | {self.figure} | {self.goal} | {self.verdict} |"


def at_most(what: str, figure: float, goal: float, unit: str) -> Row:
    """A figure that is better the lower it is."""
    return Row(what, _told(figure, unit), f"≤ {_told(goal, unit)}", figure <= goal)


def at_least(what: str, figure: float, goal: float, unit: str) -> Row:
    """A figure that is better the higher it is."""
    return Row(what, _told(figure, unit), f"≥ {_told(goal, unit)}", figure >= goal)


def only(what: str, figure: float, unit: str) -> Row:
    """A figure without a promise."""
    return Row(what, _told(figure, unit))


def run(rows: Callable[[bool], Iterable[Row]]) -> int:
    """Measure as the command line asks for, and print each row as it comes; `MISSED` where a goal is."""
    kept = [_printed(row) for row in rows(QUICK in sys.argv)]
    return 0 if all(kept) else MISSED


def say(line: object) -> None:
    """Print something beside the rows, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _printed(row: Row) -> bool:
    say(row)
    return row.kept


def _told(figure: float, unit: str) -> str:
    digits = 0 if abs(figure) >= 100 else 1 if abs(figure) >= 10 else 3  # noqa: PLR2004  # three that count
    number = f"{figure:,.{digits}f}"
    return f"{number.rstrip('0').rstrip('.') if '.' in number else number} {unit}".rstrip()
