"""How the embedded engine finds faces and tells them apart."""

import csv
from collections.abc import Mapping
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image

from bot.vision.embedded import face_scale, weights
from bot.vision.embedded.face_filter import reasons
from bot.vision.embedded.face_finder import SURE, FaceFinder
from bot.vision.embedded.face_scale import MAYBE, PROBABLY, STRANGERS, Scale, cosine_of, learnt, percent
from bot.vision.embedded.face_vectors import FaceVectors
from bot.vision.embedded.pictures import Pixels
from bot.vision.embedded.yunet import YuNet
from tests.vision.people import CLARA, TOMAS, portrait

GOOD: Mapping[str, Any] = {
    "Confidence": 95.0,
    "Pose": {"Yaw": 0.0, "Pitch": 0.0},
    "Quality": {"Brightness": 50.0, "Sharpness": 80.0},
}


@pytest.fixture(scope="module")
def finder() -> FaceFinder:
    return FaceFinder()


@pytest.fixture(scope="module")
def vectors(finder: FaceFinder) -> FaceVectors:
    return FaceVectors(finder)


def pixels(image: bytes, side: int = 0) -> Pixels:
    with Image.open(BytesIO(image)) as picture:
        ready = picture.convert("RGB").resize((side, side)) if side else picture.convert("RGB")
    return np.asarray(ready, np.uint8)[:, :, ::-1].copy()


def test_ninety_nine_and_ninety_percent_are_the_engines_own_points() -> None:
    assert percent(PROBABLY) == pytest.approx(99)
    assert percent(MAYBE) == pytest.approx(90)


def test_percents_grow_with_the_cosine_and_lead_back_to_it() -> None:
    cosines = np.linspace(-1, 1, 201)
    percents = [percent(float(cosine)) for cosine in cosines]

    assert all(lower < higher for lower, higher in pairwise(percents[:180]))
    assert 0 <= percents[0] < percents[-1] <= 100
    assert [cosine_of(percent(cosine)) for cosine in (-0.2, 0.1, 0.5)] == pytest.approx([-0.2, 0.1, 0.5])
    assert (cosine_of(0), cosine_of(100)) == (-1, 1)


def test_a_scale_takes_away_what_all_share_and_shrinks_what_differs_within_people() -> None:
    shared, within, between = np.eye(128, dtype=np.float32)[:3] * 3
    people = np.array([[shared + side * between + look * within for look in (-1, 1)] for side in (-1, 1)], np.float32)

    scaled = Scale(*learnt(people)).fitted(people.reshape(4, 128)).reshape(2, 2, 128)

    assert scaled[0, 0] @ scaled[0, 1] > 0.9
    assert scaled[0, 0] @ scaled[1, 0] < 0


def test_the_strangers_of_the_scale_are_told_apart_by_it() -> None:
    people = np.load(STRANGERS).astype(np.float32)
    ready = np.array([face_scale.fitted(pictures) for pictures in people[:, ::3]])
    same = [float(one @ other) for one, other, _ in ready]

    assert ready.shape == (26, 3, 128)
    assert min(same) > PROBABLY
    assert max(float(ready[i, 0] @ ready[j, 0]) for i in range(26) for j in range(i)) < MAYBE


def test_the_same_person_is_alike_and_another_is_not(finder: FaceFinder, vectors: FaceVectors) -> None:
    first, second, other = (
        vectors.of(ready, rows[0])
        for ready, rows in (finder.find(pixels(portrait(*one))) for one in (*CLARA[:2], TOMAS[0]))
    )

    assert percent(float(first @ second)) > 99
    assert percent(float(first @ other)) < 50


def opencv_finds(picture: Pixels) -> Any:
    """The same weights behind OpenCV's own detector."""
    detector = cv2.FaceDetectorYN.create(str(weights.FACE_FINDER.path()), "", picture.shape[1::-1], SURE)
    found: Any = detector.detect(picture)[1]
    return np.zeros((0, 15)) if found is None else found


@pytest.mark.parametrize(("width", "height"), [(480, 480), (333, 517), (90, 40), (600, 400)])
def test_faces_are_where_opencv_finds_them(width: int, height: int) -> None:
    picture = cv2.resize(pixels(portrait(*TOMAS[0], around=20)), (width, height)).astype(np.uint8, copy=False)
    two = np.concatenate((picture, picture[:, ::-1]), axis=1)

    found = YuNet(weights.FACE_FINDER.path(), SURE)(two)

    assert len(found) >= (2 if width > 100 else 0)
    assert found == pytest.approx(opencv_finds(two), abs=0.01)


def test_where_nobody_is_no_face_is_found() -> None:
    assert YuNet(weights.FACE_FINDER.path(), SURE)(np.zeros((33, 40, 3), np.uint8)).shape == (0, 15)


@pytest.mark.parametrize("side", [120, 480, 1400, 2000, 4000])
def test_a_face_that_fills_the_picture_is_found_once_at_every_size(finder: FaceFinder, side: int) -> None:
    ready, rows = finder.find(pixels(portrait(*CLARA[0], around=20), side))

    assert len(rows) == 1
    assert rows[0][2] / ready.shape[1] == pytest.approx(0.7, abs=0.12)


@pytest.mark.parametrize(
    ("change", "width", "why"),
    [
        ({}, 100, []),
        ({"Pose": {"Yaw": -60.0, "Pitch": 0.0}}, 100, ["EXTREME_POSE"]),
        ({"Pose": {"Yaw": 0.0, "Pitch": 45.0}}, 100, ["EXTREME_POSE"]),
        ({"Quality": {"Brightness": 10.0, "Sharpness": 10.0}}, 100, ["LOW_BRIGHTNESS", "LOW_SHARPNESS"]),
        ({"Confidence": 71.0}, 40, ["LOW_CONFIDENCE", "SMALL_BOUNDING_BOX"]),
    ],
)
def test_the_quality_filter_tells_why(change: Mapping[str, Any], width: float, why: list[str]) -> None:
    assert reasons({**GOOD, **change}, width, "HIGH") == why
    assert reasons({**GOOD, **change}, width, "NONE") == []


def test_the_engines_own_choice_of_a_bar_lies_between() -> None:
    small = {bar: bool(reasons(GOOD, 40, bar)) for bar in ("LOW", "AUTO", "MEDIUM", "HIGH")}

    assert small == {"LOW": False, "AUTO": False, "MEDIUM": False, "HIGH": True}


@pytest.mark.shared
def test_celebrities_are_known_again_by_one_photo_and_nobody_is_taken_for_another(
    finder: FaceFinder, vectors: FaceVectors, shared: Path
) -> None:
    """Real people, whom the scale has never seen."""
    with (shared / "photos/manifest.csv").open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["set"] == "faces_celebrities"]
    people = [row["persons"] for row in rows]
    photos = (np.asarray(cv2.imread(str(shared / "photos" / row["file"])), np.uint8) for row in rows)
    seen = np.array([vectors.of(ready, found[0]) for ready, found in map(finder.find, photos)])

    alike = seen @ seen.T
    same = np.array([[one == other for other in people] for one in people])

    assert alike[same].min() > PROBABLY
    assert alike[~same].max() < PROBABLY
    assert (alike[~same] < MAYBE).mean() > 0.99
