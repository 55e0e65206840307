"""One process on one SQLite file."""

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.errors import SetupError


def alone(path: str) -> sqlite3.Connection:
    """Hold an exclusive lock that lives exactly as long as its connection and this process, on every system.

    Raises:
        SetupError: Another process holds it.
    """
    lock = sqlite3.connect(f"{path}.lock", isolation_level=None, timeout=0, check_same_thread=False)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        lock.close()
        raise SetupError(f"Another Spotter already runs on {path}. Stop it first, or use PostgreSQL.") from error
    return lock


def is_held(path: str) -> bool:
    """Whether a process runs on this file; nothing is locked and nothing is made to find out."""
    try:
        lock = sqlite3.connect(f"{Path(f'{path}.lock').absolute().as_uri()}?mode=ro", uri=True, timeout=0)
        with closing(lock):
            lock.execute("select 1 from sqlite_master")
    except sqlite3.OperationalError as error:
        return error.sqlite_errorcode == sqlite3.SQLITE_BUSY
    return False
