"""The gate: a hostile file comes in, a safe photo or a refusal goes out.

This process reads no more of a file than its first bytes. All else happens in a child that lives for one photo: it may
use little memory and time, can open neither files nor connections, and sends back numbers and a JPEG that it encoded
itself, never a pickled object (facts: Pillow's security handbook; trust §2.1; trip A4).
"""

import json
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext, ForkServerProcess, SpawnContext, SpawnProcess
from typing import Any, Final

from bot.core.photo import ENGINE_MAX_BYTES, STORED_MAX_BYTES, Photo
from bot.errors import DamagedPhoto, PhotoError, TooLarge
from bot.gate.admission import admit, check_size
from bot.gate.child import MAX_HEADER_BYTES, OUT_OF_MEMORY, serve

SECONDS: Final = 20.0
"""How long a child may take, waiting included, before it is killed."""

_log = logging.getLogger(__name__)


class Gate:
    """Opens photos, each in its own child process; safe to share between threads.

    The program's `__main__` should import little, since every child imports it, too.

    Args:
        workers: How many photos may be open at once; others wait.
        seconds: How long a child may take before it is killed.
        large: Whether photos that must be made smaller are wanted whole, too: see `Photo.large`.
    """

    def __init__(self, *, workers: int = 4, seconds: float = SECONDS, large: bool = False) -> None:
        self._context = _context()
        self._workers = workers
        self._seconds = seconds
        self._large = large
        self._slots = threading.BoundedSemaphore(workers)
        self._starting = threading.Lock()
        self._closed = False

    def open(self, data: bytes) -> Photo:
        """Make a file safe to look at; blocks until that is done.

        Raises:
            NotAPhoto: Its bytes are none of the eight formats.
            LoginPage: It is an HTML page, as Slack sends one where a scope is missing.
            DamagedPhoto: It is empty, cannot be decoded, or its decoder crashed or took too long.
            TooLarge: Over 25 MB, 64 megapixels or 20:1, or over the child's memory.
            TooSmall: Under 40 pixels on a side.
        """
        try:
            kind = admit(data)
            with self._slots:
                if self._closed:
                    raise RuntimeError("The gate is closed.")
                return self._ask(data, kind)
        except PhotoError as error:
            from bot.metrics import REFUSED_FILES  # noqa: PLC0415  # every child imports this package, too

            REFUSED_FILES.labels(type(error).__name__).inc()
            raise

    def close(self) -> None:
        """Wait for the photos in hand; none may follow."""
        for _ in range(self._workers):
            self._slots.acquire()
        self._closed = True
        self._slots.release(self._workers)

    def _ask(self, data: bytes, kind: str) -> Photo:
        ours, theirs = self._context.Pipe()
        with ours, self._child(theirs, kind):
            try:
                photo = _photo(*_exchange(ours, data), kind)
                return replace(photo, large=ours.recv_bytes(STORED_MAX_BYTES)) if self._large else photo
            except (EOFError, OSError, ValueError, TypeError, KeyError) as error:
                _log.warning("The child that opened a %s of %d bytes gave no answer: %r", kind, len(data), error)
                raise DamagedPhoto from error

    @contextmanager
    def _child(self, theirs: Connection, kind: str) -> Iterator[None]:
        """A child for one photo, gone at the end whatever happens; starting and reaping are not thread-safe."""
        process = self._context.Process(target=serve, args=(theirs, kind), kwargs={"large": self._large}, daemon=True)
        with self._starting, theirs:
            process.start()
        timer = threading.Timer(self._seconds, process.kill)
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()
            self._reap(process)

    def _reap(self, process: ForkServerProcess | SpawnProcess) -> None:
        if not wait([process.sentinel], timeout=1):
            process.kill()
        with self._starting:
            process.join()
            if process.exitcode:
                _log.warning("The child that opened a photo ended with exit code %d", process.exitcode)
            process.close()


def _context() -> ForkServerContext | SpawnContext:
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload(["bot.gate.child"])
    return context


def _exchange(ours: Connection, data: bytes) -> tuple[dict[str, Any], bytes]:
    ours.send_bytes(data)
    header = json.loads(ours.recv_bytes(MAX_HEADER_BYTES))
    return header, ours.recv_bytes(ENGINE_MAX_BYTES)


def _photo(header: dict[str, Any], jpeg: bytes, kind: str) -> Photo:
    _log.debug("Opened a %s", kind, extra={"gate": header})
    if header["cause"] == OUT_OF_MEMORY:
        raise TooLarge("This picture takes too much memory to open. Please make it smaller and upload it again.")
    if header["cause"]:
        _log.info("A %s could not be decoded: %.200s", kind, header["cause"])
        raise DamagedPhoto
    check_size(int(header["original_width"]), int(header["original_height"]))
    return Photo(
        data=jpeg,
        width=int(header["width"]),
        height=int(header["height"]),
        original_width=int(header["original_width"]),
        original_height=int(header["original_height"]),
        kind=kind,
        digest=str(header["digest"]),
        likeness=str(header["likeness"]),
        taken=datetime.fromisoformat(header["taken"]) if header["taken"] else None,
        animated=bool(header["animated"]),
        padded=bool(header["padded"]),
    )
