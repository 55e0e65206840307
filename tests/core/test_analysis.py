"""One photo's findings for other programs, and for people at a terminal."""

import json

from bot.core.analysis import as_text, faces_as_text, faces_json, to_json
from bot.core.bibs import UNLISTED, Bib
from bot.core.findings import Celebrity, Color, Face, ImageQuality, Label, Tally, Unsafe, Word
from bot.core.geometry import Box
from bot.core.people import FaceMatch
from bot.core.report import Line
from bot.core.share import Looked

BOX = Box(0.1, 0.2, 0.3, 0.4)
BOX_JSON = {"left": 0.1, "top": 0.2, "width": 0.3, "height": 0.4}
LOOKED = Looked(
    found={
        "labels": (Label("Dog", 98.0, (BOX,)), ImageQuality(80.0, 70.0, 60.0), Color("grey", "#888888", 40.0)),
        "text": (Word("1234", 99.0, BOX, line=3),),
        "faces": (Face(BOX, 97.0, attributes={"Smile": ("yes", 96.0)}), Tally("emotions", {"happy": 1})),
        "celebrities": (Celebrity("Ada", 95.0, BOX, ("https://imdb.com/1",)),),
        "moderation": (Unsafe("Smoking", "Drugs & Tobacco", 90.0),),
    },
    bibs=(Bib("1234", 99.0, BOX),),
    lines=(Line("things", "a dog"),),
    remarks=("It is animated.",),
    failures=("no budget",),
    cannot=("no celebrities here",),
)
PEOPLE = (
    FaceMatch(box=BOX, certainty="probably", person="p-1", name="Ada", similarity=99.5),
    FaceMatch(box=BOX, certainty="maybe", person="p-2", name="Max", similarity=93.0),
    FaceMatch(box=BOX, certainty="unsearched"),
)
PEOPLE_JSON = [
    {"box": BOX_JSON, "name": "Ada", "maybe": None, "similarity": 99.5},
    {"box": BOX_JSON, "name": None, "maybe": "Max", "similarity": 93.0},
    {"box": BOX_JSON, "name": None, "maybe": None, "similarity": None},
]
KEYS = ["photo", "labels", "words", "bibs", "faces", "people", "celebrities", "moderation"]


def test_the_object_of_a_photo_holds_every_finding() -> None:
    told = to_json("race/1.jpg", LOOKED)

    assert list(told)[: len(KEYS)] == KEYS
    assert told["photo"] == "race/1.jpg"
    assert [label["name"] for label in told["labels"]] == ["Dog"]
    assert told["words"] == [{"text": "1234", "confidence": 99.0, "box": BOX_JSON, "line": 3, "angle": 0.0}]
    assert [(bib["number"], bib["confidence"], bib["box"], bib["state"]) for bib in told["bibs"]] == [
        ("1234", 99.0, BOX_JSON, "read")
    ]
    assert [face["attributes"] for face in told["faces"]] == [{"Smile": ("yes", 96.0)}]
    assert told["celebrities"][0]["links"] == ("https://imdb.com/1",)
    assert told["moderation"] == [{"name": "Smoking", "level1": "Drugs & Tobacco", "confidence": 90.0}]
    assert told["quality"] == {"brightness": 80.0, "sharpness": 70.0, "contrast": 60.0}
    assert told["colors"] == [{"name": "grey", "hex": "#888888", "share": 40.0}]
    assert told["remarks"] == ["It is animated."]
    assert told["failed"] == ["no budget", "no celebrities here"]
    assert "error" not in told


def test_counts_over_a_photo_stand_beside_no_face() -> None:
    assert "happy" not in json.dumps(to_json("1.jpg", LOOKED))


def test_every_key_is_there_also_where_nothing_was_found() -> None:
    told = to_json("1.jpg", Looked())

    assert list(told)[: len(KEYS)] == KEYS
    assert told["quality"] is None
    assert not any(told[key] for key in KEYS[1:])


def test_a_refused_photo_has_its_error() -> None:
    assert to_json("1.txt", Looked(refusal="I can read JPEG."))["error"] == "I can read JPEG."
    assert as_text("1.txt", Looked(refusal="I can read JPEG.")) == "1.txt: I can read JPEG."


def test_the_object_can_be_written_as_json() -> None:
    assert json.loads(json.dumps(to_json("1.jpg", LOOKED)))["bibs"][0]["number"] == "1234"


def test_a_person_reads_the_findings_first_then_what_failed() -> None:
    assert as_text("1.jpg", LOOKED).splitlines() == [
        "1.jpg",
        "  Bib 1234",
        "  a dog",
        "  It is animated.",
        "  no budget",
        "  no celebrities here",
    ]


def test_a_person_reads_what_is_doubted_and_no_number_that_was_refused() -> None:
    bibs = (
        Bib("77", 99.0, BOX, "listed", name="Ada"),
        Bib("1240", 90.0, BOX, "read", UNLISTED),
        Bib("5KM", 90.0, BOX, "refused"),
    )

    assert as_text("1.jpg", Looked(bibs=bibs)).splitlines() == [
        "1.jpg",
        "  Bib 77 (Ada)",
        "  not on the start list: 1240",
    ]


def test_a_person_reads_that_nothing_was_found() -> None:
    assert as_text("1.jpg", Looked()) == "1.jpg\n  Nothing found."


def test_every_face_is_told_and_named_by_how_sure_it_is() -> None:
    assert to_json("1.jpg", LOOKED, PEOPLE)["people"] == PEOPLE_JSON
    assert faces_json("1.jpg", Looked(), PEOPLE) == {"photo": "1.jpg", "faces": PEOPLE_JSON}
    assert faces_json("1.jpg", Looked(refusal="No photo."), ()) == {"photo": "1.jpg", "faces": [], "error": "No photo."}


def test_people_are_named_to_whoever_looks_at_a_terminal() -> None:
    named = ["  probably Ada (99 %)", "  maybe Max (93 %)"]

    assert faces_as_text("1.jpg", Looked(), PEOPLE).splitlines() == [
        "1.jpg",
        *named,
        "  3 faces found, 2 searched, 1 unknown",
    ]
    assert faces_as_text("1.jpg", Looked(), ()) == "1.jpg\n  No face found."
    assert faces_as_text("1.jpg", Looked(refusal="No photo."), ()) == "1.jpg: No photo."
    assert as_text("1.jpg", Looked(), PEOPLE).splitlines() == ["1.jpg", *named]
