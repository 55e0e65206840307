"""What bad files cost the gate: memory and time of the child that opens each.

Run it as `python -m benchmarks gate`, with the shared photos beside the project or where SPOTTER_SHARED says.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Final

from PIL import Image

from benchmarks.bib_truth import SHARED
from benchmarks.photos import EXAMPLES, jpeg
from benchmarks.row import NOT_HERE, Row, at_most, only
from bot.errors import PhotoError
from bot.gate import Gate

BAD: Final = SHARED.parent / "badfiles"
HUGE: Final = (8000, 6000)
"""48 megapixels, as phones make them."""
MEGABYTE: Final = 1024 * 1024
REFUSED_MB, REFUSED_SECONDS, HUGE_MB = 128, 0.5, 450


class Children(logging.Handler):
    """What the gate logs of its children: the memory each one held, and those that died."""

    def __init__(self) -> None:
        super().__init__()
        self.megabytes = 0.0
        self.died = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Note what a child spent, or its death."""
        if spent := getattr(record, "gate", None):
            self.megabytes = spent["peak_bytes"] / MEGABYTE
        self.died += record.levelno >= logging.WARNING


def rows(quick: bool) -> Iterator[Row]:  # noqa: FBT001  # every benchmark's
    """Open every bad file, then a huge good one."""
    children = Children()
    log = logging.getLogger("bot.gate")
    log.setLevel(logging.DEBUG)
    log.addHandler(children)
    log.propagate = False
    with closing(Gate(workers=1)) as gate:
        gate.open((EXAMPLES / "01_start.jpg").read_bytes())  # the first child waits for the server it is forked from
        yield from _bad(gate, children, quick=quick) if BAD.is_dir() else [Row("bad files", NOT_HERE)]
        seconds, _ = _opened(gate, children, _huge())
        yield at_most("a 48 MP photo: memory of its child", children.megabytes, HUGE_MB, "MB")
        yield only("a 48 MP photo: time", seconds, "s")


def _bad(gate: Gate, children: Children, *, quick: bool) -> Iterator[Row]:
    files = [file for file in sorted(BAD.rglob("*")) if file.is_file() and file.parent != BAD]
    refused, most_memory, most_seconds = 0, 0.0, 0.0
    for file in files[:: 20 if quick else 1]:
        seconds, is_refused = _opened(gate, children, file.read_bytes())
        if is_refused:
            refused += 1
            most_memory, most_seconds = max(most_memory, children.megabytes), max(most_seconds, seconds)
    yield at_most(f"{len(files)} bad files: children that crashed", children.died, 0, "")
    yield at_most(f"{refused} that are refused: most memory of a child", most_memory, REFUSED_MB, "MB")
    yield at_most(f"{refused} that are refused: longest", most_seconds, REFUSED_SECONDS, "s")


def _opened(gate: Gate, children: Children, data: bytes) -> tuple[float, bool]:
    """How many seconds it took, and whether it was refused; what is refused unseen has no child."""
    children.megabytes = 0.0
    began = time.perf_counter()
    try:
        gate.open(data)
    except PhotoError:
        return time.perf_counter() - began, True
    return time.perf_counter() - began, False


def _huge() -> bytes:
    with Image.open(EXAMPLES / "01_start.jpg") as image:
        return jpeg(image.convert("RGB").resize(HUGE))
