"""What a photo can be found by."""

from dataclasses import asdict
from typing import Any

import pytest

from bot.core.findings import Celebrity, Face, ImageQuality, Label, Word
from bot.core.geometry import Box
from bot.core.photo_terms import ANY_PHOTO, asked, terms

BOX = Box(0.1, 0.1, 0.2, 0.2)


def found_by(*findings: Any) -> set[str]:
    stored = [{"kind": type(one).__name__, **asdict(one)} for one in findings]
    return set(terms(stored)) - {ANY_PHOTO}


def read(*words: str, line: int = 0) -> list[Word]:
    return [Word(word, 99.0, BOX, line) for word in words]


def test_every_photo_can_be_found() -> None:
    assert terms([]) == {ANY_PHOTO}


def test_a_label_is_found_by_its_name_its_aliases_and_its_parents() -> None:
    phone = Label("Mobile Phone", 90.0, aliases=("Cell Phone",), parents=("Electronics",))

    assert found_by(phone) == {"mobile", "phone", "mobile phone", "cell", "cell phone", "electronic"}


def test_nobody_is_found_by_gender_or_age() -> None:
    about = ("Person Description",)
    labels = (
        Label("Woman", 99.0, categories=about, parents=("Person",)),
        Label("Person", 99.0, categories=about),
        Label("Bride", 90.0, parents=("Person", "Woman")),
    )

    assert found_by(*labels) == {"person", "bride"}


def test_text_is_found_by_its_words_and_by_neighbours_in_a_line() -> None:
    assert found_by(*read("FINISH", "Line"), *read("Zürich", line=1)) == {
        *("finish", "line", "finish line", "zurich"),
        *("text:finish", "text:line", "text:finish line", "text:zurich"),
    }


def test_words_without_a_line_have_no_neighbours() -> None:
    assert "finish line" not in found_by(*read("FINISH", "LINE", line=-1))


def test_celebrities_are_found_where_they_are_sure() -> None:
    assert found_by(Celebrity("Ada Alm", 96.0, BOX), Celebrity("Bo Berg", 94.0, BOX)) == {
        "celebrity:ada",
        "celebrity:alm",
        "celebrity:ada alm",
    }


def test_a_picture_is_sharp_and_bright_as_measured_else_as_its_best_face_is() -> None:
    dull = Face(BOX, 99.0, brightness=20.0, sharpness=90.0)

    assert found_by(ImageQuality(80.0, 70.0, 10.0), dull) == {"quality:bright", "quality:sharp"}
    assert found_by(dull, Face(BOX, 99.0)) == {"quality:sharp"}


@pytest.mark.parametrize(
    ("phrase", "wanted"),
    [
        ("Dogs", ("dog",)),
        ("mobile phones", ("mobile phone",)),
        ("the finish line", ("the finish", "finish line")),
        ("!!", ()),
    ],
)
def test_a_phrase_asks_for_its_words_two_by_two(phrase: str, wanted: tuple[str, ...]) -> None:
    assert asked("any", phrase) == wanted
    assert asked("text", phrase) == tuple(f"text:{term}" for term in wanted)


def test_a_word_as_long_as_a_page_is_cut_the_same_on_both_sides() -> None:
    [short] = asked("any", "x" * 5_000)

    assert found_by(*read("x" * 4_000)) == {short, f"text:{short}"}
