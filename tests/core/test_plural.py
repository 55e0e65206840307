"""Counts read as English."""

import pytest

from bot.core.plural import counted, listed, plural, singular


@pytest.mark.parametrize(
    ("number", "noun", "read"),
    [
        (0, "dog", "no dogs"),
        (1, "dog", "a dog"),
        (1, "umbrella", "an umbrella"),
        (1, "uniform", "a uniform"),
        (1, "hourglass", "an hourglass"),
        (2, "bicycle", "2 bicycles"),
        (3, "person", "3 people"),
        (2, "bus", "2 buses"),
        (2, "city", "2 cities"),
        (2, "toy", "2 toys"),
        (2, "sports car", "2 sports cars"),
        (2, "wine glass", "2 wine glasses"),
        (2, "sunglasses", "2 sunglasses"),
        (2, "man", "2 men"),
    ],
)
def test_a_number_and_a_noun_read_as_english(number: int, noun: str, read: str) -> None:
    assert counted(number, noun) == read


def test_lists_end_with_an_and_and_long_ones_are_counted() -> None:
    assert [listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert listed(["a", "b", "c", "d"], 2) == "a, b and 2 more"
    assert listed(["a", "b"], 2) == "a and b"


@pytest.mark.parametrize(
    "noun",
    ["dog", "bus", "horse", "house", "box", "glass", "city", "tie", "movie", "prize", "beach", "person", "lens"],
)
def test_one_and_many_compare_equal(noun: str) -> None:
    assert singular(plural(noun)) == singular(noun)


def test_what_is_no_plural_stays() -> None:
    assert [singular(word) for word in ("glass", "tennis", "gas", "10s", "")] == ["glass", "tennis", "gas", "10s", ""]
