"""What the shared race photos show, and how well somebody tells it: counted as the photos' own `eval_bibs.py` does."""

import csv
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

SHARED: Final = Path(os.environ.get("SPOTTER_SHARED", Path(__file__).parent.parent.parent / "shared")) / "photos"


def rows_of(*sets: str) -> list[dict[str, str]]:
    """The manifest's rows of some sets."""
    with (SHARED / "manifest.csv").open(newline="", encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["set"] in sets]


@dataclass(frozen=True, slots=True)
class Truth:
    """What a photo shows: numbers that must be found, that may be, and other spellings of the first."""

    numbers: frozenset[str]
    ignored: frozenset[str]
    spellings: Mapping[str, str]

    @classmethod
    def of(cls, row: Mapping[str, str]) -> "Truth":
        """Read a row of the manifest."""
        others = json.loads(row["bibs_alt"] or "{}")
        return cls(
            _each(row["bibs"]) | _each(row["bibs_unlabelled_in_source"]),
            _each(row["bibs_ignore"]),
            {spelling: number for number, spellings in others.items() for spelling in spellings},
        )


def _each(cell: str) -> frozenset[str]:
    return frozenset(filter(None, cell.split(";")))


@dataclass(slots=True)
class Score:
    """Counts over photos: a number in a photo is one item."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    errors: list[str] = field(default_factory=list)

    def add(self, photo: str, told: Iterable[str], truth: Truth) -> None:
        """Take in a photo."""
        found = {truth.spellings.get(number, number) for number in told}
        wrong, missed = found - truth.numbers - truth.ignored, truth.numbers - found
        self.right += len(found & truth.numbers)
        self.wrong += len(wrong)
        self.missed += len(missed)
        if wrong or missed:
            self.errors.append(f"{photo}: wrong {sorted(wrong)}, missed {sorted(missed)}")

    @property
    def precision(self) -> float:
        """The share of what was told that is right."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of what is there that was told."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)

    def __str__(self) -> str:
        """As a part of the table."""
        return (
            f"P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}"
            f"  (right {self.right}, wrong {self.wrong}, missed {self.missed})"
        )
