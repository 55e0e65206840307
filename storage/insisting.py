"""What may not be lost for a database that is away for a moment, such as one that is restarted: it is tried again."""

import time
from collections.abc import Callable
from typing import Final

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

_AWAY: Final = (OperationalError, InterfaceError, PoolTimeoutError)
_FIRST_SECONDS: Final = 0.1
_LONGEST_SECONDS: Final = 3.0


def insist(transaction: Callable[[], None], seconds: float = 30.0) -> None:
    """Make a transaction, and again where the database is away.

    Args:
        transaction: All of one, and harmless where it is made twice: a commit may succeed unheard.
        seconds: After which no further try begins.

    Raises:
        OperationalError: The database stayed away.
    """
    until, wait = time.monotonic() + seconds, _FIRST_SECONDS
    while True:
        try:
            return transaction()
        except _AWAY:
            if time.monotonic() + wait > until:
                raise
        time.sleep(wait)
        wait = min(2 * wait, _LONGEST_SECONDS)
