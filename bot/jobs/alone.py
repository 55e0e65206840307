"""One process on one SQLite file."""

import sqlite3

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
