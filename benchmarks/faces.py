"""How well the embedded engine knows people again, and how fast.

Run it as `python -m benchmarks faces`, with the shared photos beside the project or where SPOTTER_SHARED says. It
prints figures and goals, and ends with 1 where a goal is missed. Nobody is tried on a scale that was learnt from their
pictures, but for the rows that say so.
"""

import csv
import os
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from http import HTTPStatus
from pathlib import Path
from statistics import quantiles
from typing import Any, Final

import cv2
import numpy as np

from benchmarks.faces_trials import MAYBE, NAMED, People, Trial, held_out
from benchmarks.row import NOT_HERE, Row, at_least, at_most, say
from bot.core.gallery import GalleryFace
from bot.core.geometry import Box
from bot.core.plural import counted
from bot.vision import embedded
from bot.vision.collections import Collections
from bot.vision.embedded.engine import Engine
from bot.vision.embedded.face_finder import FaceFinder
from bot.vision.embedded.face_scale import of_length_one
from bot.vision.embedded.face_vectors import FaceVectors
from bot.vision.embedded.galleries import MODEL
from storage import Storage

PHOTOS: Final = Path(os.environ.get("SPOTTER_SHARED", Path(__file__).parents[2] / "shared")) / "photos"
INVENTED, REAL = ("faces_synthetic",), ("faces_public_figures", "faces_celebrities")
ROUNDS: Final = 60
CURVE: Final = (50.0, 75.0, 80.0, 90.0, 95.0, 98.0, 99.0, 99.5, 99.9)
GOALS: Final[Mapping[int, tuple[float, float]]] = {1: (0.88, 0.97), 2: (0.95, 0.99)}
"""By how many pictures are enrolled: how many are named, and named or maybe, at least."""
STRANGERS_NAMED, STRANGERS_MAYBE = 0.001, 0.03
MANY: Final = 100_000
SEARCH_MS: Final = 50.0


def rows(quick: bool) -> Iterator[Row]:  # noqa: FBT001  # every benchmark's
    """Measure everything."""
    if PHOTOS.is_dir():
        yield from _of_photos(ROUNDS // 10 if quick else ROUNDS)
    else:
        yield Row("people known again", NOT_HERE)
    yield _search_time(MANY // 10 if quick else MANY)


def _of_photos(rounds: int) -> Iterator[Row]:
    people = real_people()
    for enrol in GOALS:
        yield from _recognition(people, enrol, rounds)
    with _memory() as storage:
        faces = Collections(embedded.connect(store=storage.faces).client)
        _through_the_door(faces)
        _gate(faces)


def _recognition(people: People, enrol: int, rounds: int) -> Iterator[Row]:
    trials = [*held_out(people, enrol, rounds)]
    known = [trial for trial in trials if trial.enrolled]
    strangers = [trial for trial in trials if not trial.enrolled]
    say(f"\nenrolled with {enrol}: {len(known)} pictures of enrolled people, {len(strangers)} of strangers")
    say(f"{'at least':>10}{'right':>9}{'invented':>10}{'real':>9}{'wrong':>9}{'strangers told':>16}")
    for least in CURVE:
        say(_row(least, known, strangers))
    named, told = GOALS[enrol]
    what = f"people enrolled with {counted(enrol, 'photo')}"
    yield at_least(f"{what}: named, of 1", _right(known, NAMED), named, "")
    yield at_least(f"{what}: named or maybe, of 1", _right(known, MAYBE), told, "")
    yield at_most(f"{what}: strangers named, of 1", _wrong(strangers, NAMED), STRANGERS_NAMED, "")
    yield at_most(f"{what}: strangers maybe, of 1", _wrong(strangers, MAYBE), STRANGERS_MAYBE, "")


def _row(least: float, known: Sequence[Trial], strangers: Sequence[Trial]) -> str:
    invented = [trial for trial in known if trial.person.startswith("invented")]
    real = [trial for trial in known if not trial.person.startswith("invented")]
    rights = (_right(known, least), _right(invented, least), _right(real, least))
    right, of_invented, of_real = (f"{share:.3f}" for share in rights)
    wrong, told = f"{_wrong(known, least):.4f}", f"{_wrong(strangers, least):.4f}"
    return f"{least:>9.1f}%{right:>9}{of_invented:>10}{of_real:>9}{wrong:>9}{told:>16}"


def _through_the_door(faces: Collections) -> None:
    """Enrol and search as the bot does; the invented people are those that the scale was learnt from."""
    say(f"\n{'through boto3, as shipped':<37}people{'tried':>7}{'named':>8}{'maybe':>8}{'strangers':>11}{'told':>7}")
    for sets in (REAL, INVENTED):
        for enrol in GOALS:
            trials, count = _tried(faces, "-".join((*sets, str(enrol))), photos_of(sets), enrol)
            known = [trial for trial in trials if trial.enrolled]
            strangers = [trial for trial in trials if not trial.enrolled]
            shares = f"{_right(known, NAMED):>8.3f}{_right(known, MAYBE):>8.3f}"
            say(
                f"{' '.join(sets)[:28]:<30}{enrol:>2} each{count:>6}{len(known):>7}{shares}"
                f"{len(strangers):>11}{_wrong(strangers, MAYBE):>7.3f}"
            )


def _tried(
    faces: Collections, collection: str, photos: Mapping[str, Sequence[Path]], enrol: int
) -> tuple[list[Trial], int]:
    """Enrol three people of four, where they have photos enough, and look for everybody else's and their others."""
    faces.ensure(collection)
    able = [person for person, files in photos.items() if len(files) > enrol]
    enrolled = [person for place, person in enumerate(able) if place % 4]
    for person in enrolled:
        _enrol(faces, collection, person, photos[person][:enrol])
    trials = [
        _looked_for(faces, collection, person, file, enrolled=person in enrolled)
        for person, files in photos.items()
        for file in (files[enrol:] if person in enrolled else files)
    ]
    return trials, len(enrolled)


def _enrol(faces: Collections, collection: str, person: str, files: Sequence[Path]) -> None:
    taken = [faces.index(collection, file.read_bytes(), file.stem).face for file in files]
    faces.create_user(collection, person, f"create-{person}")
    faces.associate(collection, person, [*filter(None, taken)], f"associate-{person}")
    faces.wait_until_active(collection, person)


def _looked_for(faces: Collections, collection: str, person: str, file: Path, *, enrolled: bool) -> Trial:
    matches = faces.search(collection, file.read_bytes(), least=0, most=1).matches
    best = matches[0] if matches else None
    return Trial(person, enrolled, best.user if best else "", best.similarity if best else 0.0)


def _gate(faces: Collections) -> None:
    """Tell what the engine makes of Amazon's examples of good and bad enrolment photos."""
    faces.ensure("gate")
    say(f"\n{'enrolment photo':<18}{'should':<9}{'engine':<9}why")
    for row in rows_of(("faces_enrol_quality",)):
        told = faces.index("gate", (PHOTOS / row["file"]).read_bytes(), Path(row["file"]).stem)
        verdict = "accept" if told.face else "reject"
        seen = ", ".join(told.reasons) or ("" if told.face else "no face")
        say(f"{Path(row['file']).name:<18}{row['expect']:<9}{verdict:<9}{row['labels']}: {seen}")


def _search_time(many: int) -> Row:
    with _memory() as storage:
        ids = _fill(storage, many)
        engine = Engine(storage.faces)
        started = time.perf_counter()
        _milliseconds(engine, ids[0])
        say(f"\n{many:,} faces: read from the database in {time.perf_counter() - started:.1f} s, then searched")
        took = quantiles((_milliseconds(engine, face) for face in ids[:200]), n=100)
        say(f"p50 {took[49]:.1f} ms, p99 {took[98]:.1f} ms")
        return at_most(f"search among {many:,} faces, embedded: median", took[49], SEARCH_MS, "ms")


def _milliseconds(engine: Engine, face: str) -> float:
    started = time.perf_counter()
    status, _ = engine.handle("SearchFaces", {"CollectionId": "many", "FaceId": face})
    took = (time.perf_counter() - started) * 1000
    return took if status == HTTPStatus.OK else float("inf")


def _fill(storage: Storage, many: int) -> list[str]:
    vectors = of_length_one(np.random.default_rng(2026).normal(size=(many, 128)))
    ids = [f"{place:08x}-0000-4000-8000-000000000000" for place in range(many)]
    frame = Box(0, 0, 1, 1)
    with storage.faces.changing("many") as gallery:
        gallery.create(MODEL, {})
        gallery.add(
            [GalleryFace(id_, id_, "", frame, 99, row.tobytes()) for id_, row in zip(ids, vectors, strict=True)]
        )
    return ids


def real_people() -> People:
    """Describe every photo that shows one real person."""
    finder = FaceFinder()
    vectors = FaceVectors(finder)
    return {
        person: np.array([_described(file, finder, vectors) for file in files])
        for person, files in photos_of(REAL).items()
    }


def _described(file: Path, finder: FaceFinder, vectors: FaceVectors) -> Any:
    ready, rows = finder.find(np.asarray(cv2.imread(str(file)), np.uint8))
    return vectors.plain(ready, rows[0])


def photos_of(sets: Sequence[str]) -> Mapping[str, Sequence[Path]]:
    """The photos of each person, those of several people left out."""
    photos: dict[str, list[Path]] = defaultdict(list)
    for row in rows_of(sets):
        if row["persons"] and ";" not in row["persons"]:
            photos[row["persons"]].append(PHOTOS / row["file"])
    return photos


def rows_of(sets: Sequence[str]) -> Iterator[dict[str, str]]:
    """The manifest's rows of some sets."""
    with (PHOTOS / "manifest.csv").open(newline="", encoding="utf-8") as file:
        yield from (row for row in csv.DictReader(file) if row["set"] in sets)


@contextmanager
def _memory() -> Iterator[Storage]:
    with (
        tempfile.TemporaryDirectory(prefix="faces") as folder,
        closing(Storage(f"sqlite:///{folder}/faces.db")) as storage,
    ):
        storage.upgrade()
        yield storage


def _right(trials: Sequence[Trial], least: float) -> float:
    return sum(trial.right(least) for trial in trials) / max(1, len(trials))


def _wrong(trials: Sequence[Trial], least: float) -> float:
    return sum(trial.wrong(least) for trial in trials) / max(1, len(trials))
