"""Which photos are good enough to know somebody by, and what is said of the others."""

from typing import Any

import pytest

from bot.core.enrolment import Outcome, engine_refused, problems, progress, told

GOOD: dict[str, Any] = {
    "BoundingBox": {"Left": 0.3, "Top": 0.3, "Width": 0.2, "Height": 0.25},
    "Confidence": 99.9,
    "Pose": {"Yaw": 10.0, "Pitch": -5.0, "Roll": 30.0},
    "Quality": {"Brightness": 60.0, "Sharpness": 80.0},
    "EyesOpen": {"Value": True, "Confidence": 98.0},
    "Sunglasses": {"Value": False, "Confidence": 99.0},
    "FaceOccluded": {"Value": False, "Confidence": 99.0},
}
SMALL = {"BoundingBox": {**GOOD["BoundingBox"], "Width": 0.049}}
WIDTH = 1000


def face(**changed: Any) -> dict[str, Any]:
    return {**GOOD, **changed}


def sure(value: object) -> dict[str, Any]:
    return {"Value": value, "Confidence": 95.0}


def test_a_good_photo_has_no_problem_and_neither_has_one_of_which_the_engine_knows_little() -> None:
    assert problems([GOOD], WIDTH) == ()
    assert problems([{"BoundingBox": GOOD["BoundingBox"], "Confidence": 90.0}], WIDTH) == ()


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        (SMALL, "too small: 49 pixels wide, and I need 50"),
        ({"Confidence": 80.0}, "not sure"),
        ({"Pose": {"Yaw": -46.0, "Pitch": 0.0}}, "turned away"),
        ({"Pose": {"Yaw": 0.0, "Pitch": 46.0}}, "tilted up"),
        ({"Pose": {"Yaw": 0.0, "Pitch": -31.0}}, "looks down"),
        ({"Quality": {"Brightness": 24.0, "Sharpness": 80.0}}, "too dark"),
        ({"Quality": {"Brightness": 60.0, "Sharpness": 19.0}}, "blurred"),
        ({"EyesOpen": sure(value=False)}, "eyes are closed"),
        ({"Sunglasses": sure(value=True)}, "sunglasses"),
        ({"FaceOccluded": sure(value=True)}, "covers the face"),
    ],
)
def test_each_fault_is_named(changed: dict[str, Any], why: str) -> None:
    [said] = problems([face(**changed)], WIDTH)

    assert why in said


def test_sunglasses_are_reason_enough_and_a_guess_is_none() -> None:
    hidden = face(Sunglasses=sure(value=True), EyesOpen=sure(value=False), FaceOccluded=sure(value=True))
    guessed = face(Sunglasses={"Value": True, "Confidence": 60.0}, EyesOpen={"Value": False, "Confidence": 60.0})

    assert len(problems([hidden], WIDTH)) == 1
    assert problems([guessed], WIDTH) == ()


def test_one_face_is_wanted() -> None:
    behind = face(BoundingBox={"Left": 0.0, "Top": 0.0, "Width": 0.1, "Height": 0.1})

    assert "no face" in problems([], WIDTH)[0]
    assert "2 faces" in problems([behind, GOOD], WIDTH)[0]
    assert problems([{**behind, "Confidence": 80.0}, GOOD], WIDTH) == ()


def test_the_engines_own_reasons_are_said_in_words() -> None:
    assert engine_refused(["EXTREME_POSE"]) == ("The face is turned away too far; please look at the camera.",)
    assert engine_refused(["LOW_FACE_QUALITY", "SOMETHING_NEW"]) == ("The face can't be seen well enough.",)
    assert "no face" in engine_refused([])[0]


def test_what_came_of_the_photos_is_said_with_what_is_still_good_to_have() -> None:
    both = [Outcome("a.jpg"), Outcome("b.jpg", "The face is blurred.")]

    assert told(both, 1) == (
        "I took 1 of 2 photos. b.jpg: The face is blurred. I know one photo now. Three to five good ones from different"
        " sides are best."
    )
    assert told([Outcome("a.jpg")], 3, "Ada").startswith("I took the photo of Ada. I know 3 photos now; that is enough")
    assert told(both[1:], 0).startswith("b.jpg: The face is blurred. So far I know no photo")
    assert "Three to five" in progress(2)
