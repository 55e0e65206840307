"""Start lists, as race offices export them and as they are broken."""

import pytest

from bot.core.start_list import MOST_ROWS, Runner, start_list
from bot.errors import AskError


@pytest.mark.parametrize(
    "text",
    [
        "bib,name\n007,Ada Lind\n",
        "\ufeffBib;Name\r\n007;Ada Lind\r\n",
        "Dorsal\tNombre\n007\tAda Lind\n",
        "007,Ada Lind",
        "\n\n#007 ;  Ada Lind \n\n",
        "Startnummer;Vorname;Nachname\n007;Ada;Lind\n",
        'bib,name\n007,"Ada Lind"\n',
    ],
)
def test_commas_semicolons_and_tabs_with_a_heading_or_without(text: str) -> None:
    assert start_list(text).name("007") == "Ada Lind"


def test_more_columns_are_kept_by_their_heading() -> None:
    listed = start_list("Club,Bib,Name,Age\nTV Sion,12,Ada,31\n,13,Bo,\n")

    assert listed.runners["12"] == Runner("12", "Ada", {"Club": "TV Sion", "Age": "31"})
    assert listed.runners["13"] == Runner("13", "Bo", {})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        (" \n , \n", "empty"),
        ("bib,name\n", "no runner"),
        ("club,person\n12,Ada\n", "Line 1"),
        ("bib,name\n12,Ada\n,Bo\n", "Line 3 of the start list has no bib"),
        ("bib,name\n12,Ada\nBo,13\n", "Line 3"),
        ("bib,name\n12,Ada\n12,Bo\n", "on lines 2 and 3"),
        ('bib,name\n12,"Ada\n', "Line 2"),
        ("bib,name\n" + "1234567890123,Ada\n", "is not a bib number"),
    ],
)
def test_a_broken_list_is_refused_with_the_line(text: str, says: str) -> None:
    with pytest.raises(AskError) as refused:
        start_list(text)

    assert says in refused.value.say


def test_a_hundred_thousand_rows_are_taken_and_no_more() -> None:
    rows = [f"{bib},Runner" for bib in range(MOST_ROWS + 1)]

    assert len(start_list("\n".join(rows[:-1]))) == MOST_ROWS
    with pytest.raises(AskError):
        start_list("\n".join(rows))


@pytest.mark.parametrize(
    ("read", "near"),
    [("1284", ("1234",)), ("134", ("1234",)), ("12345", ("1234",)), ("1243", ()), ("12", ()), ("123", ("1234",))],
)
def test_near_is_one_wrong_or_missing_character_away(read: str, near: tuple[str, ...]) -> None:
    assert start_list("1234,Ada\n9999,Bo").near(read) == near


def test_where_many_bibs_are_near_none_is_suggested() -> None:
    assert start_list("\n".join(f"12{digit},x" for digit in range(10))).near("12") == ()
