"""Where pictures come from: files, every file of a folder, the members of a zip, links."""

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from bot.core.photo import MAX_FILE_BYTES
from bot.errors import AskError, PhotoError
from bot.scan.archive import is_zip, members, read_member

_LINK: Final = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)

Fetch = Callable[[str], bytes]
"""Fetches a link; raises PhotoError where it cannot."""


@dataclass(frozen=True, slots=True)
class Source:
    """One picture to try.

    Attributes:
        name: As the person named it: the path or link given; in a folder or zip, that and the path inside.
        read: Gives its bytes; raises PhotoError or OSError.
        path: The file, where it is one of its own on disk; empty for links and members of zips.
    """

    name: str
    read: Callable[[], bytes]
    path: str = ""


def sources(
    given: Iterable[str], fetch: Fetch, *, leave_out: Callable[[str], bool] = lambda _: False
) -> Iterator[Source]:
    """List what is to be tried, in the order given and by name within a folder, without opening more than it must.

    Args:
        given: Paths and links. A path that is not there fails when it is read, like one that vanishes later.
        fetch: For links.
        leave_out: Says of a path inside a folder that it is not to be tried.
    """
    for one in given:
        if _LINK.match(one):
            yield Source(one, partial(fetch, one))
        elif os.path.isdir(one):  # noqa: PTH112  # a Path would not keep the name as it was given
            yield from _inside(one, leave_out)
        else:
            yield from _of_file(one)


def check_there(paths: Iterable[str]) -> None:
    """Make sure of the paths that somebody typed.

    Raises:
        AskError: One is not there.
    """
    for path in paths:
        if not _LINK.match(path) and not os.path.lexists(path):
            raise AskError(f"There is no {path}.")


def lines_of(text: Iterable[str]) -> list[str]:
    """The paths and links of a list: one a line; empty lines and lines that start with `#` do not count."""
    stripped = (line.strip() for line in text)
    return [line for line in stripped if line and not line.startswith("#")]


def _inside(folder: str, leave_out: Callable[[str], bool]) -> Iterator[Source]:
    """Every file of a folder but the hidden ones; folders behind links are not entered: they may lead in circles."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Source(folder, partial(fail, error))
        return
    for entry in entries:
        if entry.name.startswith(".") or leave_out(entry.path):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _inside(entry.path, leave_out)
        elif not os.path.isdir(entry.path):  # noqa: PTH112  # as above; a link to itself raises nothing here
            yield from _of_file(entry.path)


def _of_file(path: str) -> Iterator[Source]:
    if not is_zip(path):
        yield Source(path, partial(_read, path), path)
        return
    try:
        for name, member in members(path):
            yield Source(f"{path}/{name}", partial(read_member, path, member))
    except PhotoError as error:
        yield Source(path, partial(fail, error))


def _read(path: str) -> bytes:
    """A file's bytes, one more than may be: enough for the gate to refuse it."""
    if not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116  # as above
        raise PhotoError("This is neither a file nor a folder.")
    with Path(path).open("rb") as file:
        return file.read(MAX_FILE_BYTES + 1)


def fail(error: Exception) -> bytes:
    """Stand for what cannot be read: give no bytes, and the reason."""
    raise error
