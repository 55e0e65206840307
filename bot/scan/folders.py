"""One folder per bib: links to the photos or copies, and keywords beside them. Nothing there is ever overwritten."""

import errno
import filecmp
import os
import re
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final
from urllib.parse import unquote, urlsplit

from bot.scan import Tried
from bot.scan.keywords import keywords

NOT_FOUND: Final = "NOT_FOUND"
"""The folder of the photos in which no bib was found."""

_LONGEST_NAME: Final = 120
_UNSAFE: Final = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\ud800-\udfff]')
_CANNOT_LINK: Final = (errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP, errno.EACCES)


@dataclass(frozen=True, slots=True, kw_only=True)
class BibFolders:
    """Folders by bib under one folder.

    Attributes:
        into: That folder; it is made where it is missing.
        copy: Whether photos are copied; else they are hard links, where the disk can.
        keywords: Whether each photo gets its bibs as keywords, in an XMP file beside it.
        only: The bibs that get a folder; empty for all, and for one of those without any.
    """

    into: Path
    copy: bool = False
    keywords: bool = False
    only: Collection[str] = ()

    def put(self, tried: Tried, bibs: Iterable[str]) -> None:
        """Put a photo into the folder of each of its bibs.

        Raises:
            OSError: The disk is full, or the folder cannot be written to.
        """
        numbers = sorted(bibs)
        for folder in map(_safe, numbers) if numbers or self.only else (NOT_FOUND,):
            (self.into / folder).mkdir(parents=True, exist_ok=True)
            placed = self._place(tried, self.into / folder)
            if self.keywords and numbers:
                with suppress(FileExistsError), _new(placed.with_name(f"{placed.name}.xmp")) as file:
                    file.write(keywords(numbers).encode())

    def _place(self, tried: Tried, folder: Path) -> Path:
        name = Path(_name(tried.source.name))
        for number in range(1, 100_000):
            to = folder / (name if number == 1 else f"{name.stem} ({number}){name.suffix}")
            if self._there(tried, to):
                return to
        raise FileExistsError(errno.EEXIST, "too many photos have this name", str(folder / name))

    def _there(self, tried: Tried, to: Path) -> bool:
        """Whether the photo lies there now: put there just now or by an earlier scan; another of its name may, too."""
        if not os.path.lexists(to):
            with suppress(FileExistsError):
                self._bring(tried, to)
                return True
        return _same(tried, to)

    def _bring(self, tried: Tried, to: Path) -> None:
        path = tried.source.path
        if path and not self.copy and _linked(path, to):
            return
        with _new(to) as copy:
            if path:
                with Path(path).open("rb") as photo:
                    shutil.copyfileobj(photo, copy)
            else:
                copy.write(tried.data)


@contextmanager
def _new(path: Path) -> Iterator[BinaryIO]:
    """Open a file that was not there, and is not there again where writing it fails."""
    with path.open("xb") as file:
        try:
            yield file
        except BaseException:
            path.unlink()
            raise


def _linked(path: str, to: Path) -> bool:
    """Make a hard link to a file, or tell that this disk cannot."""
    try:
        to.hardlink_to(Path(path).resolve())
    except OSError as error:
        if error.errno not in _CANNOT_LINK:
            raise
        return False
    return True


def _same(tried: Tried, there: Path) -> bool:
    """Whether what lies there is this very photo."""
    if not there.is_file():
        return False
    path = tried.source.path
    if not path:
        return there.read_bytes() == tried.data
    return there.samefile(path) or filecmp.cmp(path, there, shallow=False)


def _name(source: str) -> str:
    """A name that any disk takes, out of a path or a link."""
    path = unquote(urlsplit(source).path) if "://" in source else source
    name = _safe(path.replace("\\", "/").rstrip("/").rpartition("/")[2])
    stem, dot, suffix = name.rpartition(".")
    return name if len(name) <= _LONGEST_NAME else f"{(stem or suffix)[: _LONGEST_NAME - 10]}{dot}{suffix[:9]}"


def _safe(name: str) -> str:
    return _UNSAFE.sub("_", name).strip(". ") or "photo"
