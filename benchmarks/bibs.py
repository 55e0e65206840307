"""A scan of the shared race photos, scored and timed beside rapidocr's plain pass at twice the size (DESIGN §9)."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import cv2
from PIL import Image
from rapidocr import RapidOCR

from benchmarks.bib_truth import SHARED, Score, Truth, rows_of
from benchmarks.row import NOT_HERE, Row, at_least, at_most, only, say
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
"""What either side may use: a scan for photos side by side, the plain pass for one after the other."""
TURN: Final = 30
"""Photos that one side looks at before the other has its turn, so that what else the machine does slows both."""
LEAST_F1, LEAST_RECALL, MOST_WRONG, LEAST_CROPS, LEAST_SPEED = 0.98, 0.98, 1, 0.85, 2.0


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

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Count what is done meanwhile."""
        clock, processor = time.perf_counter(), time.process_time()
        yield
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
    reader = RapidOCR(params={"Global.log_level": "critical", "EngineConfig.onnxruntime.intra_op_num_threads": THREADS})

    def read(file: Path) -> Any:
        picture: Any = cv2.imread(str(file))
        return reader(cv2.resize(picture, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC))

    return read


def side_by_side(
    scan: Callable[[Path], Seen], plain: Callable[[Path], Any], files: Sequence[Path]
) -> tuple[list[Seen], Took, Took]:
    """Let both look at all photos by turns: what the scan saw, and what each took."""
    for look in (scan, plain):
        look(files[0])
    seen: list[Seen] = []
    ours, theirs = Took(), Took()
    with ThreadPoolExecutor(THREADS) as pool:
        for start in range(0, len(files), TURN):
            turn = files[start : start + TURN]
            with ours.counted():
                seen += pool.map(scan, turn)
            with theirs.counted():
                for file in turn:
                    plain(file)
    return seen, ours, theirs


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

    def read(row: Mapping[str, str]) -> str:
        return _told(see(gate, vision, event, _enlarged(SHARED / row["file"])), event)

    with ThreadPoolExecutor(THREADS) as pool:
        told = list(pool.map(read, rows))
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


def rows(quick: bool) -> Iterator[Row]:  # noqa: FBT001  # every benchmark's
    """Measure all sets together."""
    if not SHARED.is_dir():
        yield Row("embedded bib scan", NOT_HERE)
        return
    photos = rows_of(*SETS)[:: 10 if quick else 1]
    gate, vision, files = (
        Gate(workers=THREADS),
        embedded.connect(workers=THREADS),
        [SHARED / row["file"] for row in photos],
    )
    seen, ours, plain = side_by_side(lambda file: see(gate, vision, Event(), file.read_bytes()), plain_pass(), files)
    yield from _scores(photos, seen)
    right, crops = read_crops(gate, vision)
    yield at_least(
        f"{crops} bibs of letters and digits, with the mask `{MASK}`: right, of 1", right / crops, LEAST_CROPS, ""
    )
    what = f"embedded bib scan of {len(files)} photos: as fast as the plain `rapidocr` pass at 2×"
    yield at_least(what, plain.clock / ours.clock, LEAST_SPEED, "×")
    yield only("embedded bib scan: a photo", ours.clock / len(files), "s")
    say(_times("of the processor", ours.processor, plain.processor, len(files)))


def _scores(photos: Sequence[dict[str, str]], seen: Sequence[Seen]) -> Iterator[Row]:
    lists = {name: start_list((SHARED / name / "startlist.csv").read_text(encoding="utf-8")) for name in SETS}
    without, with_list = scored(photos, seen, {}), scored(photos, seen, lists)
    for name, score in (("without a list", without), ("with a list", with_list)):
        say("\n  ".join((f"{name} {score}", *score.errors)))
    for half in (0, 1):
        say(f"half {half + 1}, no list {scored(photos[half::2], seen[half::2], {})}")
    yield at_least("embedded bib scan, without a start list: F1", without.f1, LEAST_F1, "")
    yield at_most("embedded bib scan, with the start lists: wrong numbers", with_list.wrong, MOST_WRONG, "")
    yield at_least("embedded bib scan, with the start lists: recall", with_list.recall, LEAST_RECALL, "")


def _times(how: str, ours: float, plain: float, photos: int) -> str:
    each = f"seconds a photo {how.strip()}: {ours / photos:.3f}, plain pass {plain / photos:.3f}"
    return f"{each}: {plain / ours:.2f} times as fast"
