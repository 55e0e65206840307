"""Every detector in the folder, whoever wrote it, and what each makes of known answers."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest
from botocore.loaders import Loader
from botocore.model import OperationModel, ServiceModel, Shape
from botocore.validate import ParamValidator

from bot.core.channel import ATTRIBUTE_GROUPS, ChannelSettings
from bot.core.findings import Celebrity, Face, Label, Tally, Unsafe, Word
from bot.core.geometry import Box
from bot.core.report import Line
from bot.detectors import (
    Answer,
    Detector,
    celebrities,
    custom_labels,
    every_detector,
    faces,
    labels,
    moderation,
    protective_equipment,
    text,
)

ANSWERS: Final = Path(__file__).parent / "answers"
RECORDINGS: Final = sorted(ANSWERS.glob("*/*.json"))
DEFAULT: Final = ChannelSettings()
MODEL: Final = "arn:aws:rekognition:eu-west-1:123456789012:project/club/version/club.1/1700000000000"
EVERYTHING: Final = ChannelSettings(image_properties=True, attributes=ATTRIBUTE_GROUPS, emotions_confirmed=True)
AWS: Final = ServiceModel(Loader().load_service_model("rekognition", "service-2"))
OPERATIONS: Final = {name.lower(): name for name in AWS.operation_names}


def aws(operation: str) -> OperationModel:
    return AWS.operation_model(OPERATIONS[operation.replace("_", "").replace("-", "").lower()])


def answer(name: str) -> Answer:
    loaded: Answer = json.loads((ANSWERS / f"{name}.json").read_text())
    return loaded


def misfits(value: Any, shape: Shape | None) -> str:
    """Let botocore name what does not fit its own model; empty where all does."""
    assert shape is not None
    return str(ParamValidator().validate(value, shape).generate_report())


def said(detector: Detector[Any], name: str, settings: ChannelSettings = DEFAULT) -> list[str]:
    told = detector.say(detector.read(answer(f"{detector.operation}/{name}"), settings), settings)
    return [line.text for line in told]


def assert_fits(detector: Detector[Any], recorded: Answer) -> Iterator[Line]:
    """Read and say an answer with the sparest and with the fullest settings."""
    for settings in (DEFAULT, EVERYTHING):
        lines = detector.say(detector.read(recorded, settings), settings)
        assert all(line.text.strip() for line in lines)
        yield from lines


@pytest.mark.parametrize("recording", RECORDINGS, ids=lambda it: f"{it.parent.name}/{it.stem}")
def test_recordings_have_the_shape_of_aws(recording: Path) -> None:
    assert misfits(json.loads(recording.read_text()), aws(recording.parent.name).output_shape) == ""


@pytest.mark.parametrize("detector", every_detector().values(), ids=every_detector())
def test_every_detector_reads_and_says_its_recordings(detector: Detector[Any]) -> None:
    recordings = list((ANSWERS / detector.operation).glob("*.json"))

    lines = [line for it in recordings for line in assert_fits(detector, json.loads(it.read_text()))]

    assert lines, f"add an answer to tests/answers/{detector.operation}/"


@pytest.mark.parametrize("detector", every_detector().values(), ids=every_detector())
@pytest.mark.parametrize("settings", [DEFAULT, EVERYTHING, ChannelSettings(confidence=0, moderation_confidence=0)])
def test_every_detector_asks_only_what_aws_takes(detector: Detector[Any], settings: ChannelSettings) -> None:
    asked = replace(settings, custom_model=MODEL)
    request = {"Image": {"Bytes": b"x"}, **detector.options(asked)}

    assert misfits(request, aws(detector.operation).input_shape) == ""
    assert detector.lacks(asked) == ""


@pytest.mark.shared
def test_every_answer_that_others_recorded_is_read_and_said(shared: Path) -> None:
    detectors = {aws(it.operation).name.lower(): it for it in every_detector().values()}
    recordings = [it for it in (shared / "answers").glob("*/*.json") if not it.parent.name.startswith("malformed")]
    ours = [(it, detectors.get(it.stem.split("_")[0].replace("-", "").lower())) for it in recordings]

    read = [list(assert_fits(one, json.loads(it.read_text()))) for it, one in ours if one]

    assert len(recordings) >= 70
    assert len(read) >= 14


def test_nothing_found_is_nothing_whatever_was_asked() -> None:
    none = {name: it.read(answer(f"{it.operation}/none"), EVERYTHING) for name, it in every_detector().items()}

    assert not any(none.values())
    assert none.keys() == every_detector().keys()


def test_nothing_found_says_nothing() -> None:
    assert [said(detector, "none") for detector in every_detector().values()] == [[]] * len(every_detector())


def test_celebrities_wait_for_faces_and_the_others_for_nobody() -> None:
    assert {name: it.after for name, it in every_detector().items() if it.after} == {"celebrities": "faces"}


def test_labels_count_people_and_things_and_leave_out_ancestors_gender_and_moods() -> None:
    assert said(labels.DETECTOR, "race") == ["3 people", "2 bicycles, a dog, a truck and grass"]


def test_labels_with_boxes_stay_above_what_was_not_counted() -> None:
    [people, things] = said(labels.DETECTOR, "awscli")

    assert people == "2 people"
    assert things.startswith("14 cars, 10 wheels, a skateboard, ")
    assert "vehicle" not in things


def test_people_without_boxes_are_not_counted() -> None:
    assert said(labels.DETECTOR, "botocore") == ["people"]


def test_names_of_places_keep_their_capitals() -> None:
    bridge = Label("Golden Gate Bridge", 99.0, categories=("Popular Landmarks",))

    assert labels.things([bridge, Label("TV", 98.0), Label("Mobile Phone", 97.0)]) == [
        "Golden Gate Bridge",
        "TV",
        "mobile phone",
    ]


def test_labels_below_what_is_told_are_kept_for_search_and_moods_are_not() -> None:
    kept = [it for it in labels.read(answer("detect_labels/race"), DEFAULT) if isinstance(it, Label)]

    assert "Helicopter" in {label.name for label in kept}
    assert "Happy" not in {label.name for label in kept}
    assert {label.name: label.aliases for label in kept}["Bicycle"] == ("Bike",)


def test_quality_and_colours_are_told_only_where_asked() -> None:
    assert said(labels.DETECTOR, "race", ChannelSettings(image_properties=True))[-1] == (
        "a dark, sharp picture, mostly green 42 %, grey 22 %"
    )
    assert labels.options(DEFAULT)["Features"] == ["GENERAL_LABELS"]
    assert said(labels.DETECTOR, "moto", EVERYTHING) == ["a mobile phone"]


def test_labels_are_asked_no_higher_than_they_are_told() -> None:
    assert labels.options(ChannelSettings(confidence=30))["MinConfidence"] == 30
    assert labels.options(ChannelSettings(confidence=99))["MinConfidence"] == labels.FLOOR


def test_text_is_quoted_line_by_line_largest_first_each_once_without_bib_numbers() -> None:
    assert said(text.DETECTOR, "race") == ["It reads “FINISH”, “SPONSOR” and “LISBOA”"]


def test_at_most_six_phrases_are_quoted() -> None:
    signs = ("START", "Water", "exit", "Lisboa", "Bakery", "GO CLARA", "Camera", "Kudos", "Finish")
    words = [Word(sign, 99.0, Box(0, 0, 0.1, 0.1)) for sign in signs]

    [line] = text.say(words, DEFAULT)

    assert line.text.count("“") == text.MOST_QUOTES
    assert line.text.endswith("and 3 more")


def test_a_sign_that_is_read_twice_is_quoted_once() -> None:
    signs = ("FERNMOOR HALF 2026", "FERNMOORHALF 2026", "Fernmoor half", "FINISH", "0")
    words = [Word(sign, 99.0, Box(0, 0, 0.1, 0.3 - 0.01 * n)) for n, sign in enumerate(signs)]

    assert [line.text for line in text.say(words, DEFAULT)] == ["It reads “FERNMOOR HALF 2026” and “FINISH”"]


def test_words_keep_their_line_their_order_and_how_they_run() -> None:
    words = text.read(answer("detect_text/race"), DEFAULT)

    assert [word.text for word in words][:4] == ["LISBOA", "252", "5000 e 10000", "SPONSOR"]
    assert {word.text: word.line for word in words}["252"] == 1
    assert {word.text: round(word.angle) for word in words}["SPONSOR"] == 90
    assert {word.text: round(word.angle) for word in words}["252"] == 0
    assert "x" not in {word.text for word in words}


def test_faces_are_counted_and_placed_and_poor_ones_named() -> None:
    assert said(faces.DETECTOR, "group") == ["3 faces: 2 left and 1 right", "1 dark, 1 blurred"]
    assert said(faces.DETECTOR, "botocore") == ["a face, right"]


def test_faces_tell_what_the_channel_asked_for_counted_over_the_photo() -> None:
    asked = ChannelSettings(attributes=("smile", "glasses", "age range"))

    assert said(faces.DETECTOR, "group", asked)[1:] == [
        "1 dark, 1 blurred, 2 smiling, 2 with glasses, look 22 to 30, 26 to 36 and 30 to 40 years old"
    ]
    assert said(faces.DETECTOR, "awscli", asked)[1].endswith("years old")


def test_only_the_groups_that_were_asked_for_are_asked_and_kept() -> None:
    kept = faces.read(answer("detect_faces/group"), ChannelSettings(attributes=("smile",)))

    assert faces.options(DEFAULT) == {"Attributes": ["DEFAULT"]}
    assert faces.options(ChannelSettings(attributes=("age range", "glasses"))) == {
        "Attributes": ["DEFAULT", "AGE_RANGE", "EYEGLASSES", "SUNGLASSES"]
    }
    assert {name for face in kept if isinstance(face, Face) for name in face.attributes} == {"Smile"}


def test_every_group_of_the_settings_is_known() -> None:
    assert set(faces.ATTRIBUTES) == set(ATTRIBUTE_GROUPS)


def test_gender_is_a_count_over_several_faces_and_never_with_one() -> None:
    asked = ChannelSettings(attributes=("gender",))
    kept = faces.read(answer("detect_faces/group"), asked)

    assert [it.counts for it in kept if isinstance(it, Tally)] == [{"female": 2, "male": 1}]
    assert "Gender" not in {name for face in kept if isinstance(face, Face) for name in face.attributes}
    assert said(faces.DETECTOR, "group", asked)[-1] == "by appearance 2 female and 1 male"
    assert "male" not in str(said(faces.DETECTOR, "awscli", asked))


def test_emotions_need_the_confirmation_and_are_never_kept_with_a_face() -> None:
    asked = ChannelSettings(attributes=("emotions",))
    confirmed = ChannelSettings(attributes=("emotions",), emotions_confirmed=True)
    kept = faces.read(answer("detect_faces/group"), confirmed)

    assert "EMOTIONS" not in faces.options(asked)["Attributes"]
    assert "EMOTIONS" in faces.options(confirmed)["Attributes"]
    assert "happy" not in " ".join(said(faces.DETECTOR, "group", asked))
    assert not any(face.attributes for face in kept if isinstance(face, Face))
    [mood] = [line for line in faces.say(kept, confirmed) if "2 happy" in line.text]
    assert mood.fleeting


def test_celebrities_are_named_surest_first_with_whole_links_to_web_pages_only() -> None:
    [line] = celebrities.say(celebrities.read(answer("recognize_celebrities/known_gender"), DEFAULT), DEFAULT)

    assert line.text == "Looks like Ada Alm and Bo Berg"
    assert [(it.title, it.url) for it in line.links] == [
        ("Ada Alm on ada.example", "https://ada.example/about?me=1&you=2"),
        ("Bo Berg on wikidata.org", "https://www.wikidata.org/wiki/Q1"),
        ("Bo Berg on imdb.com", "https://www.imdb.com/name/nm0000001"),
    ]


def test_less_sure_celebrities_are_kept_and_told_only_where_the_channel_allows() -> None:
    kept = celebrities.read(answer("recognize_celebrities/known_gender"), DEFAULT)

    assert [it.name for it in kept] == ["Ada Alm", "Bo Berg", "Cy Cole"]
    assert "Cy Cole" in celebrities.say(kept, ChannelSettings(celebrity_confidence=80))[0].text
    assert all(isinstance(it, Celebrity) for it in kept)


@pytest.mark.parametrize(
    ("url", "whole"),
    [
        ("www.imdb.com/name/nm1", "https://www.imdb.com/name/nm1"),
        ("//www.imdb.com", "https://www.imdb.com"),
        ("http://a.example/b?c=d&e#f", "http://a.example/b?c=d&e#f"),
        ("https://a.example|https://slack.com", ""),
        ("https://a.example/<!channel>", ""),
        ("https://a.example/x y", ""),
        ("https://user@a.example/", ""),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("ftp://a.example", ""),
        ("localhost/x", ""),
        ("", ""),
    ],
)
def test_only_web_addresses_become_links(url: str, whole: str) -> None:
    assert celebrities.page(url) == whole


def test_three_rows_are_one_finding_however_its_parents_are_spelled() -> None:
    found = moderation.read(answer("detect_moderation_labels/smoking_v7"), DEFAULT)

    assert [(it.name, it.level1) for it in found] == [
        ("Smoking", "Drugs & Tobacco"),
        ("Alcohol", "Alcohol"),
        ("Middle Finger", "Rude Gestures"),
    ]
    assert said(moderation.DETECTOR, "smoking_v7") == ["May be unsafe: smoking (drugs & tobacco) and alcohol"]


def test_names_of_another_taxonomy_fall_back_to_their_highest_known_parent() -> None:
    row = {"Name": "Weapon Violence", "ParentName": "Some New Branch", "Confidence": 90.0}

    assert moderation.read({"ModerationLabels": [row]}, DEFAULT) == [Unsafe("Weapon Violence", "Some New Branch", 90.0)]


def test_rows_that_name_each_other_as_parents_do_not_hang() -> None:
    rows = [{"Name": "A", "ParentName": "B", "Confidence": 90.0}, {"Name": "B", "ParentName": "B", "Confidence": 90.0}]

    assert [it.level1 for it in moderation.read({"ModerationLabels": rows}, DEFAULT)] == ["B"]


def test_protective_equipment_counts_who_wears_all_of_it_and_what_is_missing_or_unclear() -> None:
    assert said(protective_equipment.DETECTOR, "site") == [
        "Protective equipment is complete on 1 of 3 people",
        "head cover: missing on 1, unclear on 1",
        "hand cover: missing on 1, unclear on 1",
        "face cover: missing on 1, unclear on 1",
    ]


def test_each_person_has_what_they_wear_and_what_not() -> None:
    found = protective_equipment.read(answer("detect_protective_equipment/site"), DEFAULT)

    assert [(it.verdict, *it.items.values()) for it in found] == [
        ("wearing", "wearing", "wearing", "wearing"),
        ("missing", "unclear", "missing", "missing"),
        ("missing", "missing", "unclear", "unclear"),
    ]


def test_what_the_teams_own_model_sees_is_told_in_its_words_surest_first() -> None:
    assert said(custom_labels.DETECTOR, "club") == ["Your model sees club logo, worn shoe (2) and home race"]


def test_without_a_model_an_admin_is_told_to_name_one() -> None:
    assert custom_labels.lacks(DEFAULT).startswith("No model of your own is named")
