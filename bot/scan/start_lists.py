"""Start lists as files."""

from pathlib import Path
from typing import Final

from bot.core.start_list import StartList, start_list_of
from bot.errors import AskError

_MOST_BYTES: Final = 25 * 1024 * 1024
_SUFFIXES: Final = (".csv", ".tsv")


def read_start_list(path: str) -> StartList:
    """Read a start list.

    Raises:
        AskError: It cannot be read, or is none; the sentence says what is wrong.
    """
    try:
        with Path(path).open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise AskError(f"I can't read the start list {path}: {error.strerror}.") from error
    if len(data) > _MOST_BYTES:
        raise AskError("This start list is longer than 25 MB.")
    return start_list_of(data)


def is_start_list(path: str) -> bool:
    """Tell whether a file is named like a start list, and can be read as one."""
    if not path.lower().endswith(_SUFFIXES) or not Path(path).is_file():
        return False
    try:
        read_start_list(path)
    except AskError:
        return False
    return True
