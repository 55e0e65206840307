"""A scan waits a little for a busy service."""

import time
from collections.abc import Callable
from typing import Final

from bot.core.share import Looked
from bot.errors import VisionBusy

_TRIES: Final = 5
_WAIT_SECONDS: Final = 1.0


def patiently(look: Callable[[], Looked]) -> Looked:
    """Look, and look again where the service is busy or down, after as long as it says.

    Raises:
        VisionBusy: It was so five times in a row.
    """
    for _ in range(_TRIES - 1):
        try:
            return look()
        except VisionBusy as error:
            time.sleep(max(_WAIT_SECONDS, error.after))
    return look()
