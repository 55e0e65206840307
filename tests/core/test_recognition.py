"""From the faces of a photo to the people in it."""

from collections.abc import Sequence
from datetime import datetime

import pytest

from bot.core.geometry import Box
from bot.core.people import Certainty, FaceMatch, Person, as_read, recognisable
from bot.core.recognition import FaceWord, after_word, around, is_searched, who_is_who
from bot.core.second_look import Region
from bot.core.telling_people import told_of_people

LEFT, MIDDLE, RIGHT = Box(0.1, 0.1, 0.1, 0.1), Box(0.4, 0.1, 0.1, 0.1), Box(0.7, 0.1, 0.1, 0.1)
THEN, NOW = datetime(2026, 1, 1), datetime(2026, 6, 1)  # noqa: DTZ001  # stored moments have no zone


def person(name: str, *, show_name: bool = True, until: datetime = datetime(2027, 1, 1)) -> Person:  # noqa: DTZ001
    return Person(
        id=f"p-{name}",
        user=f"U-{name}",
        name=name.title(),
        state="enrolled",
        find_me=True,
        show_name=show_name,
        photos=1,
        expires_at=until,
    )


def face(certainty: Certainty, who: str = "", box: Box = LEFT) -> FaceMatch:
    similarity = {"probably": 99.5, "maybe": 93.0}.get(certainty, 0.0)
    return FaceMatch(box=box, certainty=certainty, person=f"p-{who}" if who else "", similarity=similarity)


def told(faces: tuple[FaceMatch, ...]) -> list[tuple[str, str]]:
    return [(one.certainty, one.person) for one in faces]


def test_a_face_is_shown_with_all_the_room_that_there_is() -> None:
    region = around(Box(0.375, 0.5, 0.125, 0.125), [], 512)

    assert region == Region(Box(0.25, 0.375, 0.375, 0.375), 112 / 64)


def test_at_the_edge_the_frame_ends_the_room() -> None:
    assert around(Box(0.0, 0.0, 0.5, 0.5), [], 1000).box == Box(0.0, 0.0, 1.0, 1.0)


def test_beside_a_larger_face_less_is_shown() -> None:
    small, large = Box(0.4, 0.4, 0.1, 0.1), Box(0.55, 0.3, 0.2, 0.2)

    part = around(small, [small, large], 1000).box

    assert part.right == pytest.approx(0.575)
    assert around(large, [small, large], 1000).box.left == pytest.approx(0.35)


def test_only_the_face_that_was_meant_counts_as_searched() -> None:
    region = Region(Box(0.3, 0.3, 0.4, 0.4), 1.0)
    meant = Box(0.45, 0.45, 0.1, 0.1)

    assert is_searched(meant, region, Box(0.4, 0.4, 0.2, 0.2))
    assert not is_searched(meant, region, Box(0.0, 0.0, 0.2, 0.2))


def test_everybody_is_in_a_photo_once_where_they_look_most_like_themselves() -> None:
    alike: Sequence[dict[str, float]] = ({"p-ada": 99.2, "p-max": 95.0}, {"p-ada": 99.9}, {})

    assert told(who_is_who((LEFT, MIDDLE, RIGHT), alike)) == [
        ("maybe", "p-max"),
        ("probably", "p-ada"),
        ("unknown", ""),
    ]


def test_a_face_that_was_not_searched_is_told_as_such() -> None:
    assert told(who_is_who((LEFT, RIGHT), ({"p-ada": 89.9}, None))) == [("unknown", ""), ("unsearched", "")]


def test_not_this_person_holds_for_this_face_alone() -> None:
    word = FaceWord(Box(0.11, 0.11, 0.1, 0.1), "p-ada")

    assert told(who_is_who((LEFT,), ({"p-ada": 99.9, "p-max": 91.0},), [word])) == [("maybe", "p-max")]
    assert told(who_is_who((RIGHT,), ({"p-ada": 99.9},), [word])) == [("probably", "p-ada")]


def test_somebodys_word_outranks_the_engine_and_the_last_word_holds() -> None:
    yes, no = FaceWord(LEFT, "p-ada", is_them=True), FaceWord(LEFT, "p-ada")
    alike = ({"p-ada": 91.0, "p-max": 99.0},)

    assert told(who_is_who((LEFT,), alike, [no, yes])) == [("probably", "p-ada")]
    assert told(who_is_who((LEFT,), alike, [yes, no])) == [("probably", "p-max")]


def test_a_word_changes_what_is_known_already() -> None:
    known = (face("maybe", "ada"), face("probably", "max", RIGHT))

    assert told(after_word(known, FaceWord(RIGHT, "p-max"))) == [("maybe", "p-ada"), ("unknown", "")]
    assert told(after_word(known, FaceWord(LEFT, "p-max"))) == told(known)
    assert told(after_word(known, FaceWord(LEFT, "p-max", is_them=True))) == [("probably", "p-max"), ("unknown", "")]


@pytest.mark.parametrize(
    ("certainty", "show_name", "reader", "reads"),
    [
        ("probably", True, "", "Ada"),
        ("probably", True, "U-max", "Ada"),
        ("probably", False, "", ""),
        ("probably", False, "U-max", ""),
        ("probably", False, "U-ada", "Ada"),
        ("maybe", True, "", ""),
        ("maybe", True, "U-max", "Ada"),
        ("maybe", False, "U-max", ""),
        ("maybe", False, "U-ada", "Ada"),
    ],
)
def test_who_reads_a_name(certainty: Certainty, reader: str, reads: str, *, show_name: bool) -> None:
    ada = person("ada", show_name=show_name)

    [read] = as_read([face(certainty, "ada")], {ada.id: ada}, reader)

    assert (read.name, read.person, read.certainty) == ((reads, ada.id, certainty) if reads else ("", "", "unknown"))


def test_whoever_has_no_consent_now_is_nobody() -> None:
    ada, max_ = person("ada", until=THEN), person("max")

    assert recognisable([ada, max_], NOW) == {max_.id: max_}
    assert told(as_read([face("probably", "ada")], recognisable([ada], NOW), "U-ada")) == [("unknown", "")]


def test_names_lead_and_what_was_searched_is_told() -> None:
    ada, max_ = person("ada"), person("max")
    faces = (face("probably", "ada"), face("probably", "max"), face("unknown"), face("unsearched"))

    lines = told_of_people(as_read(faces, {ada.id: ada, max_.id: max_}))

    assert [(line.topic, line.text) for line in lines] == [
        ("named", "probably Ada and Max"),
        ("searched", "4 faces found, 3 searched, 1 unknown"),
    ]


@pytest.mark.parametrize(
    ("faces", "says"),
    [
        ((face("unknown"),), ["1 face found, 1 searched, 1 unknown"]),
        ((face("unsearched"), face("unsearched")), ["2 faces found, none searched"]),
        ((), []),
    ],
)
def test_without_a_name_the_numbers_stand_alone(faces: tuple[FaceMatch, ...], says: list[str]) -> None:
    assert [line.text for line in told_of_people(faces)] == says


def test_where_everybody_is_named_no_number_is_told() -> None:
    ada = person("ada")

    lines = told_of_people(as_read([face("probably", "ada")], {ada.id: ada}))

    assert [line.text for line in lines] == ["probably Ada"]
