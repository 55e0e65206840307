"""How well and how fast bibs are read, on the shared race photos, beside the plain pass of rapidocr at twice the size.

Run it as `python -m benchmarks.bibs`; it fails where a figure is missed (DESIGN §9).
"""

import csv
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

import cv2
import numpy as np
from rapidocr import RapidOCR

from bot.core.bib_format import bib_format
from bot.core.bibs import Bib, bibs_among
from bot.core.channel import ChannelSettings
from bot.core.event import Event
from bot.core.findings import Face, Word
from bot.core.photo import Photo
from bot.core.second_look import Region
from bot.core.start_list import StartList, start_list
from bot.crops import crop
from bot.detectors import every_detector
from bot.errors import PhotoError
from bot.gate import Gate
from bot.second_looks import SecondLooks
from bot.vision import Vision, embedded

SHARED: Final = Path(os.environ.get("SPOTTER_SHARED", Path(__file__).parent.parent.parent / "shared")) / "photos"
SETS: Final = ("bibs_rbnr_set1", "bibs_prom_classic", "bibs_trail")
CROPS: Final = "bibs_alnum_crops"
MASK: Final = r"[ST]\d{4}"
THREADS: Final = 2
LEAST_F1, LEAST_RECALL, MOST_WRONG, LEAST_CROPS, LEAST_SPEED = 0.98, 0.98, 1, 0.85, 2.0


T = TypeVar("T")


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


@dataclass(frozen=True, slots=True)
class Seen:
    """What all looks at a photo brought."""

    words: Sequence[Word]
    faces: Sequence[Face]
    size: tuple[int, int]

    def bibs(self, event: Event | None = None, listed: StartList | None = None) -> list[str]:
        """The numbers that are asserted."""
        found: Sequence[Bib] = bibs_among(self.words, self.faces, size=self.size, event=event, start_list=listed)
        return [bib.number for bib in found if bib.asserted and (listed is None or bib.state == "listed")]


def see(gate: Gate, vision: Vision, event: Event, file: Path) -> Seen:
    """Look at a file as a scan does."""
    photo = gate.open(file.read_bytes())
    faces = [face for face in _ask(vision, "faces", photo.data) if isinstance(face, Face)]
    looks = SecondLooks(partial(_read, vision, photo), faces, (photo.width, photo.height), event)
    return Seen(looks(_ask(vision, "text", photo.data)), faces, (photo.width, photo.height))


def _read(vision: Vision, photo: Photo, region: Region) -> Sequence[Word]:
    return _ask(vision, "text", crop(photo, region))


def _ask(vision: Vision, name: str, image: bytes) -> Sequence[Any]:
    detector, settings = every_detector()[name], ChannelSettings()
    return detector.read(vision.look(detector.operation, image, detector.options(settings)), settings)


def plain_pass() -> Callable[[Path], Any]:
    """The installed rapidocr as it comes, on a picture at twice its size, with as many threads."""
    reader = RapidOCR(params={"Global.log_level": "critical", "EngineConfig.onnxruntime.intra_op_num_threads": THREADS})

    def read(file: Path) -> Any:
        picture = np.asarray(cv2.imread(str(file)))
        return reader(cv2.resize(picture, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC))

    return read


def timed(look: Callable[[Path], T], files: Sequence[Path], *, workers: int) -> tuple[float, list[T]]:
    """Seconds for all files, after one that warms up, and what each brought."""
    look(files[0])
    with ThreadPoolExecutor(workers) as pool:
        begun = time.perf_counter()
        found = list(pool.map(look, files))
        return time.perf_counter() - begun, found


def rows_of(*sets: str) -> list[dict[str, str]]:
    """The manifest's rows of some sets."""
    with (SHARED / "manifest.csv").open(newline="", encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["set"] in sets]


def scored(rows: Sequence[dict[str, str]], seen: Sequence[Seen], lists: Mapping[str, StartList]) -> Score:
    """Score photos with their sets' start lists, or without one where there is none."""
    score = Score()
    for row, one in zip(rows, seen, strict=True):
        score.add(row["file"], one.bibs(listed=lists.get(row["set"])), Truth.of(row))
    return score


def main() -> int:
    """Measure, print the table, and tell by the exit code whether every figure is reached."""
    gate, vision, rows = Gate(workers=THREADS), embedded.connect(workers=THREADS), rows_of(*SETS)
    files = [SHARED / row["file"] for row in rows]
    ours, seen = timed(partial(see, gate, vision, Event()), files, workers=THREADS)
    theirs, _ = timed(plain_pass(), files, workers=1)
    lists = {name: start_list((SHARED / name / "startlist.csv").read_text(encoding="utf-8")) for name in SETS}
    without, with_list = scored(rows, seen, {}), scored(rows, seen, lists)
    halves = [scored(rows[half::2], seen[half::2], {}) for half in (0, 1)]
    right, crops = _crops(gate, vision)
    _print(f"without a list     {without}")
    _print(f"with a list        {with_list}")
    for half, score in enumerate(halves, 1):
        _print(f"half {half}, no list    {score}")
    _print(f"letters and digits {right} of {crops} right with the mask {MASK}")
    _print(
        f"seconds a photo    ours {ours / len(files):.3f}, plain pass {theirs / len(files):.3f}: {theirs / ours:.2f} ×"
    )
    for title, score in (("without a list", without), ("with a list", with_list)):
        _print(f"errors {title}:", *score.errors)
    reached = (
        without.f1 >= LEAST_F1,
        with_list.wrong <= MOST_WRONG and with_list.recall >= LEAST_RECALL,
        right >= LEAST_CROPS * crops,
        theirs >= LEAST_SPEED * ours,
    )
    return 0 if all(reached) else 1


def _crops(gate: Gate, vision: Vision) -> tuple[int, int]:
    """How many of the alphanumeric crops are right, and how many there are."""
    event, rows = Event(format=bib_format(MASK)), rows_of(CROPS)
    told = [_told(gate, vision, event, SHARED / row["file"]) for row in rows]
    return sum(Truth.of(row).numbers == set(found) for row, found in zip(rows, told, strict=True)), len(rows)


def _told(gate: Gate, vision: Vision, event: Event, file: Path) -> list[str]:
    """What a crop tells: nothing where it is too small to be looked at; a part where no more is there."""
    try:
        seen = see(gate, vision, event, file)
    except PhotoError:
        return []
    found = bibs_among(seen.words, seen.faces, size=seen.size, event=event)
    asserted = [bib.number for bib in found if bib.asserted]
    return asserted or [bib.number for bib in found if bib.state == "partial"][:1]


def _print(*lines: object) -> None:
    sys.stdout.write("\n  ".join(map(str, lines)) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
