"""How well and how fast bibs are read, on the shared race photos, beside the plain pass of rapidocr at twice the size.

Run it as `python -m benchmarks.bibs`; it fails where a figure is missed (DESIGN §9).
"""

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, Final, TypeVar

from PIL import Image

from benchmarks.bib_truth import SHARED, Score, Truth, rows_of
from bot.core.bib_format import bib_format
from bot.core.bibs import Bib, bibs_among
from bot.core.channel import ChannelSettings
from bot.core.event import Event
from bot.core.findings import Face, Word
from bot.core.second_look import MOST_ENLARGED, Region, narrowed
from bot.core.start_list import StartList, start_list
from bot.crops import Crops
from bot.detectors import every_detector
from bot.gate import Gate
from bot.second_looks import SecondLooks
from bot.vision import Vision, embedded

SETS: Final = ("bibs_rbnr_set1", "bibs_prom_classic", "bibs_trail")
CROPS: Final = "bibs_alnum_crops"
MASK: Final = r"[ST]\d{4}"
THREADS: Final = 2
LEAST_F1, LEAST_RECALL, MOST_WRONG, LEAST_CROPS, LEAST_SPEED = 0.98, 0.98, 1, 0.85, 2.0

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Seen:
    """What all looks at a photo brought."""

    words: Sequence[Word]
    faces: Sequence[Face]
    size: tuple[int, int]

    def bibs(self, event: Event | None = None, listed: StartList | None = None) -> Sequence[Bib]:
        """The verdicts."""
        return bibs_among(self.words, self.faces, size=self.size, event=event, start_list=listed)


@dataclass(slots=True)
class Took:
    """Seconds that some looks took: by the clock, and of the processor in this process."""

    clock: float = 0.0
    processor: float = 0.0
    brought: list[Any] = field(default_factory=list)

    def add(self, look: Callable[[Path], Any], file: Path) -> None:
        """Look, and count."""
        clock, processor = time.perf_counter(), time.process_time()
        self.brought.append(look(file))
        self.clock += time.perf_counter() - clock
        self.processor += time.process_time() - processor


def see(gate: Gate, vision: Vision, event: Event, data: bytes) -> Seen:
    """Look at a file as a scan does."""
    photo = gate.open(data)
    faces = [face for face in _ask(vision, "faces", photo.data) if isinstance(face, Face)]
    looks = SecondLooks(partial(_read, vision, Crops(photo)), faces, (photo.width, photo.height), event)
    return Seen(looks(_ask(vision, "text", photo.data)), faces, (photo.width, photo.height))


def _read(vision: Vision, crops: Crops, region: Region) -> Sequence[Word]:
    return _ask(vision, "text", crops(region), region)


def _ask(vision: Vision, name: str, image: bytes, region: Region | None = None) -> Sequence[Any]:
    detector, settings = every_detector()[name], ChannelSettings()
    options = detector.options(settings)
    asked = narrowed(options, region) if region else options
    return detector.read(vision.look(detector.operation, image, asked), settings)


def plain_pass() -> Callable[[Path], Any]:
    """The installed rapidocr as it comes, on a picture at twice its size, with as many threads."""
    import cv2  # noqa: PLC0415  # the gate's processes start from this module, and have no use for it
    from rapidocr import RapidOCR  # noqa: PLC0415  # as above

    reader = RapidOCR(params={"Global.log_level": "critical", "EngineConfig.onnxruntime.intra_op_num_threads": THREADS})

    def read(file: Path) -> Any:
        picture: Any = cv2.imread(str(file))
        return reader(cv2.resize(picture, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC))

    return read


def side_by_side(ours: Callable[[Path], T], theirs: Callable[[Path], Any], files: Sequence[Path]) -> tuple[Took, Took]:
    """Let both look at each photo, one after the other, so that whatever else the machine does slows both."""
    for look in (ours, theirs):
        look(files[0])
    took = Took(), Took()
    for file in files:
        took[0].add(ours, file)
        took[1].add(theirs, file)
    return took


def scored(rows: Sequence[dict[str, str]], seen: Sequence[Seen], lists: Mapping[str, StartList]) -> Score:
    """Score photos with their sets' start lists, or without one where there is none."""
    score = Score()
    for row, one in zip(rows, seen, strict=True):
        listed = lists.get(row["set"])
        told = [bib.number for bib in one.bibs(listed=listed) if bib.state == ("listed" if listed else "read")]
        score.add(row["file"], told, Truth.of(row))
    return score


def read_crops(gate: Gate, vision: Vision) -> tuple[int, int]:
    """How many of the crops with letters and digits are right, and how many there are.

    A crop is a number that a second look cut out of a larger photo, so it is enlarged as a second look does.
    """
    event, rows = Event(format=bib_format(MASK)), rows_of(CROPS)
    told = [_told(see(gate, vision, event, _enlarged(SHARED / row["file"])), event) for row in rows]
    return sum(Truth.of(row).numbers == {number} for row, number in zip(rows, told, strict=True)), len(rows)


def _enlarged(file: Path) -> bytes:
    with Image.open(file) as image:
        sides = round(image.width * MOST_ENLARGED), round(image.height * MOST_ENLARGED)
        larger = image.convert("RGB").resize(sides, Image.Resampling.BICUBIC)
    png = BytesIO()
    larger.save(png, "PNG")
    return png.getvalue()


def _told(seen: Seen, event: Event) -> str:
    """The surest number; a part of one where no more is in the crop, for then the truth is that part."""
    bibs = [bib for bib in seen.bibs(event) if bib.asserted or bib.state == "partial"]
    return bibs[0].number if bibs else ""


def main() -> int:
    """Measure, print the table, and tell by the exit code whether every figure is reached."""
    gate, vision, rows = Gate(workers=THREADS), embedded.connect(workers=THREADS), rows_of(*SETS)
    files = [SHARED / row["file"] for row in rows]
    ours, plain = side_by_side(lambda file: see(gate, vision, Event(), file.read_bytes()), plain_pass(), files)
    lists = {name: start_list((SHARED / name / "startlist.csv").read_text(encoding="utf-8")) for name in SETS}
    without, with_list = scored(rows, ours.brought, {}), scored(rows, ours.brought, lists)
    halves = [scored(rows[half::2], ours.brought[half::2], {}) for half in (0, 1)]
    _print(f"without a list     {without}", *without.errors)
    _print(f"with a list        {with_list}", *with_list.errors)
    for half, score in enumerate(halves, 1):
        _print(f"half {half}, no list    {score}")
    _print(_times("by the clock      ", ours.clock, plain.clock, len(files)))
    _print(_times("of the processor  ", ours.processor, plain.processor, len(files)))
    right, crops = read_crops(gate, vision)
    _print(f"letters and digits {right} of {crops} right ({right / crops:.3f}) with the mask {MASK}")
    reached = (
        without.f1 >= LEAST_F1,
        with_list.wrong <= MOST_WRONG and with_list.recall >= LEAST_RECALL,
        right >= LEAST_CROPS * crops,
        plain.clock >= LEAST_SPEED * ours.clock,
    )
    return 0 if all(reached) else 1


def _times(how: str, ours: float, plain: float, photos: int) -> str:
    each = f"seconds a photo {how.strip()}: {ours / photos:.3f}, plain pass {plain / photos:.3f}"
    return f"{each}: {plain / ours:.2f} times as fast"


def _print(*lines: object) -> None:
    sys.stdout.write("\n  ".join(map(str, lines)) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
