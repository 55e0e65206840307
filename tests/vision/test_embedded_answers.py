"""What the embedded engine sees, on drawn pictures and on real photos, in the shapes of the service model."""

import base64
import csv
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from botocore.validate import ParamValidator
from PIL import Image, ImageDraw

from bot.detectors import Answer
from bot.vision.embedded.engine import EYES, Engine
from bot.vision.embedded.requests import service
from bot.vision.rekognition import Rekognition
from tests.vision.conftest import saved

EVERY_OPERATION = sorted(EYES)
ASKED: dict[str, dict[str, Any]] = {
    "DetectFaces": {"Attributes": ["ALL"]},
    "DetectLabels": {"Features": ["GENERAL_LABELS", "IMAGE_PROPERTIES"], "MinConfidence": 0},
    "DetectModerationLabels": {"MinConfidence": 0},
    "DetectText": {},
}


def answered(engine: Engine, operation: str, image: bytes) -> dict[str, Any]:
    body = {"Image": {"Bytes": base64.b64encode(image).decode()}, **ASKED[operation]}
    status, answer = engine.handle(operation, body)
    assert status == 200
    return answer


def strangers(operation: str, answer: Mapping[str, Any]) -> str:
    shape = service().operation_model(operation).output_shape
    assert shape is not None
    report: str = ParamValidator().validate(answer, shape).generate_report()
    return report


def texts(eyes: Rekognition, image: bytes, **options: Any) -> list[str]:
    return [found["DetectedText"] for found in eyes.look("detect_text", image, options)["TextDetections"]]


def labels(eyes: Rekognition, image: bytes, **options: Any) -> dict[str, dict[str, Any]]:
    return {found["Name"]: found for found in eyes.look("detect_labels", image, options)["Labels"]}


@pytest.mark.parametrize("operation", EVERY_OPERATION)
@pytest.mark.parametrize("picture", ["runner", "grey"])
def test_an_answer_about_a_drawn_picture_has_the_services_shape(
    engine: Engine, operation: str, picture: str, request: pytest.FixtureRequest
) -> None:
    assert strangers(operation, answered(engine, operation, request.getfixturevalue(picture))) == ""


@pytest.mark.shared
@pytest.mark.parametrize("operation", EVERY_OPERATION)
@pytest.mark.parametrize("photo", ["general/dog.jpg", "general/page.png", "bibs_rbnr_set1/set1_01.JPG"])
def test_an_answer_about_a_real_photo_has_the_services_shape(
    engine: Engine, operation: str, photo: str, shared: Path
) -> None:
    answer = answered(engine, operation, (shared / "photos" / photo).read_bytes())

    assert strangers(operation, answer) == ""


def test_a_plain_picture_shows_nothing(eyes: Rekognition, grey: bytes) -> None:
    assert texts(eyes, grey) == []
    assert labels(eyes, grey) == {}
    assert eyes.look("detect_faces", grey, {})["FaceDetails"] == []
    assert eyes.look("detect_moderation_labels", grey, {})["ModerationLabels"] == []


def test_a_number_on_a_shirt_is_a_line_and_a_word_where_it_was_drawn(eyes: Rekognition, runner: bytes) -> None:
    line, word = eyes.look("detect_text", runner, {})["TextDetections"]

    assert (line["Type"], line["DetectedText"], line.get("ParentId")) == ("LINE", "1234", None)
    assert (word["Type"], word["DetectedText"], word["ParentId"]) == ("WORD", "1234", line["Id"])
    box = word["Geometry"]["BoundingBox"]
    assert box["Left"] + box["Width"] / 2 == pytest.approx(400 / 800, abs=0.02)
    assert box["Top"] + box["Height"] / 2 == pytest.approx(340 / 600, abs=0.03)
    assert word["Confidence"] > 90


def test_a_small_number_in_a_small_photo_is_read(eyes: Rekognition, runner: bytes) -> None:
    with Image.open(BytesIO(runner)) as image:
        small = saved(image.resize((200, 150)))

    assert "1234" in texts(eyes, small)


def test_a_number_is_read_where_only_large_text_is_asked_for(eyes: Rekognition, runner: bytes) -> None:
    assert texts(eyes, runner, Filters={"WordFilter": {"MinBoundingBoxHeight": 0.05}}) == ["1234", "1234"]


def test_filters_leave_out_words_and_the_lines_that_lose_all_of_theirs(eyes: Rekognition, runner: bytes) -> None:
    left = {"RegionsOfInterest": [{"BoundingBox": {"Left": 0.0, "Top": 0.0, "Width": 0.3, "Height": 1.0}}]}
    middle = {"RegionsOfInterest": [{"Polygon": [{"X": 0.3, "Y": 0.3}, {"X": 0.7, "Y": 0.3}, {"X": 0.5, "Y": 0.9}]}]}

    assert texts(eyes, runner, Filters=left) == []
    assert texts(eyes, runner, Filters=middle) == ["1234", "1234"]
    assert texts(eyes, runner, Filters={"WordFilter": {"MinBoundingBoxHeight": 0.5}}) == []


def test_image_properties_are_computed_only_where_they_were_asked_for(eyes: Rekognition, grey: bytes) -> None:
    asked = eyes.look("detect_labels", grey, {"Features": ["IMAGE_PROPERTIES"]})
    color = asked["ImageProperties"]["DominantColors"][0]

    assert "Labels" not in asked
    assert (color["SimplifiedColor"], color["HexCode"], round(color["PixelPercent"])) == ("grey", "#808080", 100)
    assert asked["ImageProperties"]["Quality"]["Sharpness"] == pytest.approx(0, abs=0.1)
    assert "ImageProperties" not in eyes.look("detect_labels", grey, {})


def test_no_more_colors_are_told_than_were_asked_for_and_the_largest_comes_first(eyes: Rekognition) -> None:
    flag = Image.new("RGB", (300, 200), "#c81e23")
    ImageDraw.Draw(flag).rectangle((0, 0, 299, 60), fill="#2455c0")
    settings = {"ImageProperties": {"MaxDominantColors": 1}}

    answer = eyes.look("detect_labels", saved(flag, "PNG"), {"Features": ["IMAGE_PROPERTIES"], "Settings": settings})

    assert [color["SimplifiedColor"] for color in answer["ImageProperties"]["DominantColors"]] == ["red"]


def test_moderation_speaks_of_the_one_thing_it_knows(eyes: Rekognition, grey: bytes) -> None:
    (label,) = eyes.look("detect_moderation_labels", grey, {"MinConfidence": 0})["ModerationLabels"]

    assert (label["Name"], label["ParentName"], label["TaxonomyLevel"]) == ("Explicit", "", 1)


def test_an_upright_jpeg_is_not_needed(eyes: Rekognition, runner: bytes) -> None:
    with Image.open(BytesIO(runner)) as image:
        exif = image.getexif()
        exif[0x0112] = 6
        file = BytesIO()
        image.transpose(Image.Transpose.ROTATE_90).save(file, "JPEG", exif=exif)

    assert texts(eyes, file.getvalue()) == ["1234", "1234"]


@pytest.mark.shared
@pytest.mark.parametrize(
    ("photo", "expected"),
    [
        ("dog.jpg", {"Dog", "Bicycle", "Animal", "Vehicle"}),
        ("horses.jpg", {"Horse", "Animal"}),
        ("eagle.jpg", {"Bird"}),
        ("chelsea.png", {"Cat", "Pet"}),
        ("coffee.png", {"Cup", "Coffee", "Beverage"}),
        ("astronaut.png", {"Person"}),
    ],
)
def test_the_right_things_are_seen_in_general_photos(
    eyes: Rekognition, shared: Path, photo: str, expected: set[str]
) -> None:
    found = labels(eyes, (shared / "photos/general" / photo).read_bytes())

    assert expected <= found.keys()
    assert all(label["Categories"] for label in found.values())


@pytest.mark.shared
def test_the_truck_behind_the_dog_is_a_truck_or_a_car(eyes: Rekognition, shared: Path) -> None:
    found = labels(eyes, (shared / "photos/general/dog.jpg").read_bytes())

    assert found.keys() & {"Truck", "Car"}
    assert {"Name": "Bike"} in found["Bicycle"]["Aliases"]
    assert {parent["Name"] for parent in found["Dog"]["Parents"]} == {"Animal", "Canine", "Mammal", "Pet"}


@pytest.mark.shared
def test_every_horse_is_counted(eyes: Rekognition, shared: Path) -> None:
    found = labels(eyes, (shared / "photos/general/horses.jpg").read_bytes())

    assert len(found["Horse"]["Instances"]) >= 3
    assert found["Animal"]["Instances"] == []


@pytest.mark.shared
def test_labels_are_filtered_cut_and_sorted_as_asked(eyes: Rekognition, shared: Path) -> None:
    photo = (shared / "photos/general/dog.jpg").read_bytes()
    pets = {"GeneralLabels": {"LabelCategoryInclusionFilters": ["Animals and Pets"], "LabelExclusionFilters": ["Pet"]}}

    confidences = [label["Confidence"] for label in labels(eyes, photo, MaxLabels=4).values()]

    assert len(confidences) == 4
    assert confidences == sorted(confidences, reverse=True)
    assert labels(eyes, photo, Settings=pets).keys() == {"Animal", "Canine", "Dog", "Mammal"}
    assert labels(eyes, photo, MinConfidence=99.9) == {}


@pytest.mark.shared
def test_a_page_is_read_line_by_line(eyes: Rekognition, shared: Path) -> None:
    found = eyes.look("detect_text", (shared / "photos/general/page.png").read_bytes(), {})["TextDetections"]
    lines = {one["Id"]: one["DetectedText"] for one in found if one["Type"] == "LINE"}
    words = [one for one in found if one["Type"] == "WORD"]

    assert "Region-based segmentation" in lines.values()
    assert {"markers", "coins", "histogram"} <= {word["DetectedText"] for word in words}
    assert all(word["DetectedText"] in lines[word["ParentId"]] for word in words)


@pytest.mark.shared
def test_one_face_is_found_with_its_landmarks_and_nothing_that_the_engine_cannot_know(
    eyes: Rekognition, shared: Path
) -> None:
    photo = (shared / "photos/general/astronaut.png").read_bytes()
    (face,) = eyes.look("detect_faces", photo, {"Attributes": ["ALL"]})["FaceDetails"]
    marks = {mark["Type"]: mark for mark in face["Landmarks"]}

    assert face.keys() == {"BoundingBox", "Confidence", "Landmarks", "Pose", "Quality"}
    assert marks["eyeLeft"]["X"] < marks["nose"]["X"] < marks["eyeRight"]["X"]
    assert marks["nose"]["Y"] < marks["mouthLeft"]["Y"]
    assert abs(face["Pose"]["Yaw"]) < 20
    assert face["Quality"]["Sharpness"] > 60


@pytest.mark.shared
def test_a_tilted_head_has_its_roll_and_a_blurred_one_loses_its_sharpness(eyes: Rekognition, shared: Path) -> None:
    with Image.open(shared / "photos/general/astronaut.png") as image:
        tilted = saved(image.convert("RGB").rotate(-20))
        blurred = saved(image.convert("RGB").resize((64, 64)).resize((512, 512)))
    straight = eyes.look("detect_faces", (shared / "photos/general/astronaut.png").read_bytes(), {})["FaceDetails"][0]

    turned = eyes.look("detect_faces", tilted, {})["FaceDetails"][0]
    soft = eyes.look("detect_faces", blurred, {})["FaceDetails"][0]

    assert turned["Pose"]["Roll"] - straight["Pose"]["Roll"] == pytest.approx(20, abs=8)
    assert soft["Quality"]["Sharpness"] < straight["Quality"]["Sharpness"] / 2


@pytest.mark.shared
@pytest.mark.parametrize("name", ["set1_01.JPG", "set1_05.JPG", "set1_10.JPG", "set1_20.JPG"])
def test_the_bib_of_a_runner_is_read(eyes: Rekognition, shared: Path, name: str) -> None:
    with (shared / "photos/manifest.csv").open(newline="") as table:
        bibs = {Path(row["file"]).name: row["bibs"] for row in csv.DictReader(table) if row["set"] == "bibs_rbnr_set1"}

    assert set(bibs[name].split(";")) <= set(texts(eyes, (shared / "photos/bibs_rbnr_set1" / name).read_bytes()))


@pytest.mark.shared
def test_faces_are_counted(eyes: Rekognition, shared: Path) -> None:
    photo = (shared / "photos/faces_public_figures/knn_test_kit_with_rose.jpg").read_bytes()

    faces = eyes.look("detect_faces", photo, {})["FaceDetails"]
    areas = [face["BoundingBox"]["Width"] * face["BoundingBox"]["Height"] for face in faces]

    assert len(faces) == 2
    assert areas == sorted(areas, reverse=True)


@pytest.mark.shared
def test_eight_threads_see_what_one_sees(eyes: Rekognition, shared: Path) -> None:
    photos = [(shared / "photos" / name).read_bytes() for name in ("general/dog.jpg", "bibs_rbnr_set1/set1_05.JPG")]
    operations = ("detect_text", "detect_faces", "detect_labels", "detect_moderation_labels")
    asks = [(operation, photo) for photo in photos for operation in operations] * 2

    def look(ask: tuple[str, bytes]) -> Answer:
        return eyes.look(*ask, {})

    alone = [look(ask) for ask in asks[: len(asks) // 2]] * 2

    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(look, asks))

    assert together == alone
