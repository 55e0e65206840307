"""Bibs in many pictures at once: files, folders, zips and links in; each with what was found in it out, in order."""

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final

from bot.core.share import Looked
from bot.errors import LoginPage, NotAPhoto, SpotterError, VisionBusy
from bot.scan.sources import Source

_AHEAD: Final = 2
"""How many pictures wait for each worker: more would only take memory."""

Look = Callable[[bytes], Looked]
"""Looks at one picture's bytes."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Tried:
    """One picture that was tried.

    Attributes:
        source: Where it came from.
        looked: What was found in it, or why it was refused.
        data: Its bytes, where it does not lie on disk as a file of its own.
    """

    source: Source
    looked: Looked
    data: bytes = field(default=b"", repr=False)


def scan(sources: Iterable[Source], look: Look, *, workers: int) -> Iterator[Tried]:
    """Look at pictures, several at once, and hand back each in its turn; a bad one ends nothing.

    Only a few are in memory at a time, however many there are. On Ctrl-C those in hand are finished and handed back,
    since they may be paid for, before KeyboardInterrupt is passed on.

    Raises:
        VisionBusy: The service is busy or down; scan again later, since answers that came are kept.
    """
    waiting: deque[Future[Tried]] = deque()
    pool = ThreadPoolExecutor(workers, thread_name_prefix="scan")
    try:
        for source in sources:
            waiting.append(pool.submit(_tried, source, look))
            while len(waiting) >= workers * _AHEAD or (waiting and waiting[0].done()):
                yield _next(waiting)
        while waiting:
            yield _next(waiting)
    except KeyboardInterrupt:
        pool.shutdown(wait=False, cancel_futures=True)
        log.warning("stopping: what is in hand is finished first")
        yield from [one.result() for one in waiting if not one.cancelled()]
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _next(waiting: deque[Future[Tried]]) -> Tried:
    """The next in turn; it stays in the row until it is there, so that Ctrl-C meanwhile does not lose it."""
    tried = waiting[0].result()
    waiting.popleft()
    return tried


def _tried(source: Source, look: Look) -> Tried:
    try:
        data = source.read()
        return Tried(source, look(data), b"" if source.path else data)
    except LoginPage:
        return Tried(source, Looked(refusal=NotAPhoto("a web page").say))
    except VisionBusy:  # whoever scans goes on later
        raise
    except SpotterError as error:
        return Tried(source, Looked(refusal=error.say))
    except OSError as error:
        return Tried(source, Looked(refusal=f"I can't read this file: {error.strerror or error}."))
    except Exception:
        log.exception("%r could not be looked at", source.name)
        return Tried(source, Looked(refusal="Something went wrong on my side with this photo; the log tells more."))
