"""Which words are bib numbers: here any number of two to six digits."""

import pytest

from bot.core.bibs import Bib, bibs_among
from bot.core.findings import Word
from bot.core.geometry import Box

BOX = Box(0.1, 0.2, 0.3, 0.4)
ELSEWHERE = Box(0.5, 0.5, 0.1, 0.1)


def numbers(*texts: str) -> list[str]:
    return [bib.number for bib in bibs_among(Word(text, 99.0, BOX) for text in texts)]


@pytest.mark.parametrize("text", ["12", "1234", "123456", "007", "#1234", "No. 1234", "no1234", " 1234 "])
def test_two_to_six_digits_are_a_bib(text: str) -> None:
    assert numbers(text) == [text.strip().lstrip("#Nno. ")]


@pytest.mark.parametrize(
    "text",
    ["1", "1234567", "1:33:04", "10K", "12.5", "12-34", "A12", "FINISH", "", "#", "№1234", "12 34"],
)
def test_anything_else_is_none(text: str) -> None:
    assert numbers(text) == []


def test_leading_zeros_make_another_number() -> None:
    assert numbers("0042", "42") == ["0042", "42"]


def test_each_number_is_told_once_as_it_was_read_best() -> None:
    words = [Word("1234", 85.0, BOX), Word("#1234", 97.0, ELSEWHERE), Word("1234", 90.0, BOX)]

    assert bibs_among(words) == (Bib("1234", 97.0, ELSEWHERE),)


def test_the_surest_comes_first() -> None:
    words = [Word("11", 85.0, BOX), Word("22", 99.0, BOX), Word("33", 92.0, BOX)]

    assert [bib.number for bib in bibs_among(words)] == ["22", "33", "11"]


def test_what_was_hardly_read_does_not_count() -> None:
    words = [Word("1234", 79.9, BOX), Word("5678", 80.0, BOX)]

    assert [bib.number for bib in bibs_among(words)] == ["5678"]
    assert [bib.number for bib in bibs_among(words, least=50.0)] == ["5678", "1234"]


def test_a_number_that_was_read_may_be_asserted() -> None:
    assert bibs_among([Word("1234", 99.0, BOX)])[0].state == "read"
