"""What can be typed after `/findbib`."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import bib_numbers, bib_query, names
from bot.core.bib_query import Name, Numbers, Pattern, Query, Unnumbered, Unwatch, Watch, WatchList, parse
from bot.errors import AskError


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1234", Numbers(("1234",))),
        ("  #1234 ", Numbers(("1234",))),
        ("No. 1234", Numbers(("1234",))),
        ("no 1234", Numbers(("1234",))),
        ("№1234", Numbers(("1234",))),
        ("１２３４", Numbers(("1234",))),  # noqa: RUF001  # full-width digits
        ("١٢٣٤", Numbers(("1234",))),
        ("`1234`", Numbers(("1234",))),
        ("04", Numbers(("04",))),
        ("a123", Numbers(("A123",))),
        ("1234 1240", Numbers(("1234", "1240"))),
        ("1234, 1240; 1234", Numbers(("1234", "1240"))),
        ("1240-1242", Numbers(("1240", "1241", "1242"))),
        ("1242 – 1240", Numbers(("1240", "1241", "1242"))),  # a phone's dash
        ("008-011", Numbers(("008", "009", "010", "011"))),
        ("98-101", Numbers(("98", "99", "100", "101"))),
        ("A9-A11", Numbers(("A9", "A10", "A11"))),
        ("1234 1240-1241", Numbers(("1234", "1240", "1241"))),
        ("14?9", Pattern("14?9")),
        ("b?2?", Pattern("B?2?")),
        ("?", Unnumbered()),
        ("Zoë Müller", Name("Zoë Müller")),
        ("O'Neil-Smith", Name("O'Neil-Smith")),
        ("watch 1234", Watch("1234")),
        ("WATCH #a12", Watch("A12")),
        ("unwatch 1234", Unwatch("1234")),
        ("watches", WatchList()),
    ],
)
def test_what_is_typed_is_understood(typed: str, meant: Query) -> None:
    assert parse(typed) == meant


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Try /findbib 1234"),
        ("help", "Try /findbib 1234"),
        ("14*", r"Use \? for one character"),
        ("1-501", "500 numbers"),
        ("1-400 501-800", "500 numbers"),
        ("0-9999999", "500 numbers"),
        ("1???", r"At most 2 characters may be \?"),
        ("??", "can't read"),
        ("14?9 1234", "one number with"),
        ("Anna 1234", "can't read “ANNA”"),
        ("<@U123>", "can't read"),
        ("1234 & 5", "can't read “&”"),
        ("watch", "one bib number"),
        ("watch 14?9", "can't read"),
        ("watch 1234 1240", "one bib number"),
        ("1234567890123", "can't read"),
    ],
)
def test_what_cannot_be_looked_for_is_refused_with_the_usage(typed: str, said: str) -> None:
    with pytest.raises(AskError, match=said):
        parse(typed)


def test_five_hundred_numbers_may_be_asked_for_at_once() -> None:
    asked = parse("1001-1500")

    assert isinstance(asked, Numbers)
    assert len(asked.numbers) == bib_query.MOST_NUMBERS


@given(st.text(max_size=60))
def test_whatever_is_typed_is_understood_or_refused(typed: str) -> None:
    with suppress(AskError):
        assert parse(typed) is not None


def test_a_number_typed_into_a_form_is_read_the_same_way() -> None:
    assert bib_query.bib_number(" No. 0123 ") == "0123"


def test_a_pattern_stands_for_digits_and_letters() -> None:
    fitting = bib_numbers.fitting("1?9")

    assert {"109", "199", "1A9", "1Z9"} <= set(fitting)
    assert len(fitting) == 36


@pytest.mark.parametrize(
    ("number", "likelier", "less_likely"),
    [
        ("04", "4", "14"),  # a leading zero before another digit
        ("1234", "7234", "1934"),  # a look-alike before another digit
        ("1234", "123", "134"),  # one missing at the end before one missing inside
        ("1234", "12345", "12934"),  # one more at the end before one more inside
        ("123", "A123", "1923"),
    ],
)
def test_the_likelier_number_comes_first(number: str, likelier: str, less_likely: str) -> None:
    near = bib_numbers.near(number)

    assert near.index(likelier) < near.index(less_likely)


@given(st.from_regex(r"[0-9]{1,6}", fullmatch=True))
def test_no_number_is_near_to_itself_and_none_is_named_twice(number: str) -> None:
    near = bib_numbers.near(number)

    assert number not in near
    assert len(near) == len(set(near))


def test_neighbours_that_changed_places_are_near() -> None:
    assert "1324" in bib_numbers.near("1234")


def test_a_single_digit_is_near_to_no_other_digit() -> None:
    assert bib_numbers.near("4") == ("04", "004", "0004")


def test_parts_of_a_number_have_two_characters_or_more() -> None:
    assert bib_numbers.parts("1234") == ("123", "234", "12", "34")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Zoë MÜLLER", " zoe muller"),
        ("O'Neil-Łuk", " oneil luk"),
        ("Weiß, Jørn", " weiss jorn"),
        ("王 小明", " 王 小明"),
        ("—", ""),
    ],
)
def test_names_are_compared_without_case_accents_and_punctuation(name: str, key: str) -> None:
    assert names.key(name) == key
