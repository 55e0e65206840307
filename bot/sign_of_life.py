"""A sign of life in a thread, while a photo is being looked at."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from bot.core.share import Share
from bot.errors import SlackError
from bot.slack import Slack

_AFTER_SECONDS: Final = 1.5
"""When work takes longer, the thread shows that somebody is at it."""

log = logging.getLogger(__name__)


@contextmanager
def sign_of_life(slack: Slack, share: Share) -> Iterator[None]:
    """Show under a photo that it is being looked at, where that takes a while; it costs no message and no scope."""
    shown = threading.Event()

    def show() -> None:
        if _set(slack, share, "is looking at the photo…"):
            shown.set()

    timer = threading.Timer(_AFTER_SECONDS, show)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()  # it may be about to show it
        if shown.is_set():
            _set(slack, share, "")


def _set(slack: Slack, share: Share, status: str) -> bool:
    try:
        slack.status(share.channel, share.thread, status)
    except SlackError as error:
        log.info("no sign of life in %s: %s", share.channel, error)
        return False
    return True
