"""Bibs in many pictures at once: files and folders in, an index by bib out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from bot.core.share import Looked
from bot.errors import AskError, PhotoError, SpotterError

_ASSERTED: Final = ("listed", "read")

Look = Callable[[bytes], Looked]
"""Looks at one file's bytes."""


@dataclass(slots=True)
class Index:
    """What a scan found.

    Attributes:
        bibs: By number: each photo it was read in, with the confidence.
        unsure: By number: photos where it may be, with the confidence and why it is not asserted.
        failed: Files that could not be looked at, with the sentence that says why.
        photos: How many files were tried.
        paid_calls: How many calls were paid for.
        cost: Of those calls, in millionths of a dollar.
    """

    bibs: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    unsure: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    failed: list[dict[str, str]] = field(default_factory=list)
    photos: int = 0
    paid_calls: int = 0
    cost: int = 0

    def add(self, photo: str, looked: Looked) -> None:
        """Take in what one look brought."""
        self.photos += 1
        self.paid_calls += looked.paid_calls
        self.cost += looked.cost
        if looked.refusal:
            self.failed.append({"photo": photo, "error": looked.refusal})
        for failure in looked.failures:
            self.failed.append({"photo": photo, "error": failure})
        for bib in looked.bibs:
            found = {"photo": photo, "confidence": round(bib.confidence, 1)}
            if bib.state in _ASSERTED:
                self.bibs.setdefault(bib.number, []).append(found)
            else:
                self.unsure.setdefault(bib.number, []).append({**found, "why": bib.state})

    def only(self, bibs: Sequence[str]) -> None:
        """Keep these bibs; all, where none is named."""
        if bibs:
            self.bibs = {number: found for number, found in self.bibs.items() if number in bibs}
            self.unsure = {number: found for number, found in self.unsure.items() if number in bibs}

    def as_json(self) -> dict[str, Any]:
        """The index in the shape that other programs rely on (DESIGN §8)."""
        return {
            "bibs": dict(sorted(self.bibs.items())),
            "unsure": dict(sorted(self.unsure.items())),
            "photos": self.photos,
            "failed": self.failed,
            "paid_calls": self.paid_calls,
            "cost_usd": self.cost / 1_000_000,
        }


def files_of(paths: Iterable[str]) -> list[Path]:
    """The files to try: each file that is named, and every file of a folder but the hidden ones, sorted.

    Raises:
        AskError: A path is not there.
    """
    found: list[Path] = []
    for path in map(Path, paths):
        if not path.exists():
            raise AskError(f"There is no {path}.")
        found.extend(_inside(path) if path.is_dir() else [path])
    return found


def scan(files: Iterable[Path], look: Look, *, workers: int) -> Iterator[tuple[str, Looked]]:
    """Look at files, several at once, and hand back each with what it brought; a bad file ends nothing."""

    def one(file: Path) -> tuple[str, Looked]:
        try:
            return str(file), look(file.read_bytes())
        except (PhotoError, SpotterError) as error:
            return str(file), Looked(refusal=error.say)
        except OSError as error:
            return str(file), Looked(refusal=f"I can't read this file: {error.strerror}.")

    with ThreadPoolExecutor(workers, thread_name_prefix="scan") as pool:
        yield from pool.map(one, files)


def _inside(folder: Path) -> list[Path]:
    return sorted(
        file
        for file in folder.rglob("*")
        if file.is_file() and not any(part.startswith(".") for part in file.relative_to(folder).parts)
    )
