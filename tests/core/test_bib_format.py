"""Masks and ranges: what an admin may write, and what it means."""

import pytest

from bot.core.bib_format import bib_format
from bot.errors import AskError


@pytest.mark.parametrize(
    ("told", "fitting", "other"),
    [
        ("", "0815", "7"),
        ("100-450", "450", "451"),
        ("100 to 450", "100", "99"),
        (r"\d{4}", "0007", "007"),
        (r"[A-F]\d{3}", "F001", "G001"),
        (r"[af]\d", "A1", "B1"),
        ("M2??", "M2X9", "M2X"),
        (r"?\d\d", "K12", "12"),
    ],
)
def test_a_format_fits_the_whole_number(told: str, fitting: str, other: str) -> None:
    wanted = bib_format(told)

    assert wanted.fits(fitting)
    assert not wanted.fits(other)
    assert not wanted.fits(fitting + "0" * 7)


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ("????", "every word"),
        ("?{12}", "every word"),
        ("ABC", "no place for a digit"),
        ("[A-F]{2}", "no place for a digit"),
        ("450-100", "ends before it begins"),
        (r"\d{0}", "1 to 12"),
        (r"\d{13}", "1 to 12"),
        (".*", "can't read the mask"),
        (r"\d+", "can't read the mask"),
        ("(a|b)1", "can't read the mask"),
        ("[Z-A]1", "can't read [Z-A]"),
        ("1" * 500, "can't read the mask"),
    ],
)
def test_a_format_that_matches_everything_or_nothing_is_refused_with_a_sentence(told: str, says: str) -> None:
    with pytest.raises(AskError) as refused:
        bib_format(told)

    assert says in refused.value.say
