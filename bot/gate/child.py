"""The gate's child process: one photo, few means, then the end.

It is forked from a server that has imported this module and Pillow, and nothing of the rest of the bot.
"""

import json
import os
import signal
import sys
import threading
import time
import warnings
from contextlib import suppress
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

from bot.core.photo import MAX_FILE_BYTES, MAX_PIXELS
from bot.errors import TooLarge, TooSmall
from bot.gate.admission import check_size
from bot.gate.picture import Picture, forbid_bombs, open_header, read_pixels, read_whole

if sys.platform != "win32":
    import resource

CPU_SECONDS: Final = 10
MEMORY_BYTES: Final = 768 * 1024 * 1024
"""What the child may map on top of what it has mapped at its start (facts: trip B)."""
MAX_HEADER_BYTES: Final = 4096
OUT_OF_MEMORY: Final = "out of memory"


def serve(connection: Connection, kind: str, *, large: bool = False) -> None:
    """Receive a photo of this kind, send what came of it: a header in JSON, then the JPEG, empty where there is none.

    Where it is `large` that is wanted, a JPEG of all pixels follows, empty where the first one shows as much.

    The header's `cause` is what a decoder complained of, or `OUT_OF_MEMORY`. A refusal for size has none: the parent
    judges sizes itself.
    """
    with connection:
        confine()
        data = connection.recv_bytes(MAX_FILE_BYTES)
        header, jpeg = _judge(data, kind)
        whole = _whole(data, kind) if large and header.get("shrunk") else b""
        spent = {"peak_bytes": _peak_bytes(), "cpu_seconds": time.process_time()}
        connection.send_bytes(json.dumps({**header, **spent}).encode())
        connection.send_bytes(jpeg)
        if large:
            connection.send_bytes(whole)


def _judge(data: bytes, kind: str) -> tuple[dict[str, Any], bytes]:
    size = (0, 0)
    try:
        image = open_header(data, kind)
        size = image.size
        check_size(*size)
        return _found(read_pixels(image, kind))
    except (TooLarge, TooSmall):
        return _refused(size), b""
    except MemoryError:
        return _refused(size, cause=OUT_OF_MEMORY), b""
    except Exception as error:  # noqa: BLE001  # decoders raise anything: SyntaxError for a PNG, KeyError for an MPO
        return _refused(size, cause=repr(error)[:200]), b""


def _whole(data: bytes, kind: str) -> bytes:
    with suppress(Exception):  # what is too large for this child's memory was read smaller already
        return read_whole(open_header(data, kind))
    return b""


def _refused(size: tuple[int, int], *, cause: str = "") -> dict[str, Any]:
    return {"original_width": size[0], "original_height": size[1], "cause": cause}


def _found(picture: Picture) -> tuple[dict[str, Any], bytes]:
    header = {
        "width": picture.width,
        "height": picture.height,
        "digest": picture.digest,
        "likeness": picture.likeness,
        "taken": picture.taken.isoformat() if picture.taken else "",
        "animated": picture.animated,
        "padded": picture.padded,
        "shrunk": picture.shrunk,
    }
    return {**_refused(picture.original), **header}, picture.jpeg


def confine() -> None:
    """Leave the child little to do harm with: no secrets, no files, no connections, little memory and time.

    A limit of one descriptor lets it keep the open ones and open no other, be it file or socket, without privileges.
    """
    os.environ.clear()
    _hush()
    warnings.simplefilter("ignore")
    forbid_bombs(MAX_PIXELS)
    threading.Thread(target=_die_with_parent, daemon=True).start()
    if sys.platform != "win32":
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
        _limit(resource.RLIMIT_CPU, CPU_SECONDS)
        _limit(resource.RLIMIT_AS, _mapped_bytes() + MEMORY_BYTES)
        _limit(resource.RLIMIT_CORE, 0)
        _limit(resource.RLIMIT_NOFILE, 1)


def _hush() -> None:
    """Decoders complain on standard error, in words that a hostile file may choose; the log gets none of it."""
    with Path(os.devnull).open("wb") as nowhere:
        for stream in (1, 2):
            os.dup2(nowhere.fileno(), stream)


def _die_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _limit(which: int, most: int) -> None:
    with suppress(ValueError, OSError):  # macOS knows no RLIMIT_AS; the time-out still holds there
        resource.setrlimit(which, (most, most))


def _mapped_bytes() -> int:
    """The address space in use; 0 where the system does not tell."""
    with suppress(OSError):
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    return 0


def _peak_bytes() -> int:
    """The most memory that the child has held, for the log; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
