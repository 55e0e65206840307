"""What is typed after `/findphoto`, and where it cannot be understood."""

from datetime import datetime

import pytest

from bot.core.library_query import LONGEST, MOST, LibraryQuery, Wanted, parse
from bot.errors import AskError, Misread


def day(year: int, month: int, number: int) -> datetime:
    return datetime(year, month, number)  # noqa: DTZ001  # a camera's clock knows no zone


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("dog", [Wanted("any", "dog")]),
        ("  dog   beach ", [Wanted("any", "dog"), Wanted("any", "beach")]),
        ("dog dog", [Wanted("any", "dog")]),
        ("dog -cat", [Wanted("any", "dog"), Wanted("any", "cat", without=True)]),
        ('"mobile phone"', [Wanted("any", "mobile phone")]),
        ('text:"finish line"', [Wanted("text", "finish line")]),
        ("text:“finish line”", [Wanted("text", "finish line")]),
        ('-text:"A&amp;B"', [Wanted("text", "A&B", without=True)]),
        ("TEXT:finish", [Wanted("text", "finish")]),
        ("bib:#0042", [Wanted("bib", "0042")]),
        ("person:ada", [Wanted("person", "ada")]),
        ("person:<@U123|ada>", [Wanted("person", "U123")]),
        ('celebrity:"Ada Alm"', [Wanted("celebrity", "Ada Alm")]),
        ("sharp -Bright", [Wanted("quality", "sharp"), Wanted("quality", "bright", without=True)]),
        ('"sharp"', [Wanted("any", "sharp")]),
        ("t-shirt", [Wanted("any", "t-shirt")]),
        ("\uff11\uff10\uff2b", [Wanted("any", "10K")]),
    ],
)
def test_each_part_is_what_it_looks_like(typed: str, wanted: list[Wanted]) -> None:
    assert list(parse(typed).wanted) == wanted


@pytest.mark.parametrize(
    ("typed", "since", "until"),
    [
        ("after:2026-05-01", day(2026, 5, 1), None),
        ("before:2026-05-01", None, day(2026, 5, 1)),
        ("on:2026-05-17", day(2026, 5, 17), day(2026, 5, 18)),
        ("on:2026-12", day(2026, 12, 1), day(2027, 1, 1)),
        ("on:2024", day(2024, 1, 1), day(2025, 1, 1)),
        ("after:2026-05 after:2026-06-02 before:2026-07", day(2026, 6, 2), day(2026, 7, 1)),
    ],
)
def test_dates_bound_the_time(typed: str, since: datetime | None, until: datetime | None) -> None:
    assert parse(typed) == LibraryQuery(typed=typed, since=since, until=until)


@pytest.mark.parametrize(
    ("typed", "at", "say"),
    [
        ("dog -txt:finish", 5, "I don't know txt: here"),
        ("dog  text:", 9, "Something is missing here"),
        ("dog -", 5, "Something is missing here"),
        ('dog text:"finish', 9, "no closing"),
        ("dog !!!", 4, "words and numbers"),
        ("bib:12*4", 4, "no bib number"),
        ("on:2026-02-30", 3, "2026-05-17, 2026-05 or 2026"),
        ("on:yesterday", 3, "2026-05-17, 2026-05 or 2026"),
        ("after:9999-12-31", 6, "2026-05-17, 2026-05 or 2026"),
        ("dog -on:2026", 4, "takes no -"),
        ("a" * (LONGEST + 1), LONGEST, "too long"),
        (" ".join(map(str, range(MOST + 1))), 26, "at once"),
    ],
)
def test_what_cannot_be_understood_is_pointed_at(typed: str, at: int, say: str) -> None:
    with pytest.raises(Misread, match=say) as misread:
        parse(typed)

    assert misread.value.at == at
    assert misread.value.typed == " ".join(typed.split())


@pytest.mark.parametrize("typed", ["", "  ", "help"])
def test_who_types_nothing_is_told_how(typed: str) -> None:
    with pytest.raises(AskError, match="Try /findphoto dog beach"):
        parse(typed)


def test_what_was_typed_is_understood_the_same_again_and_read_with_names() -> None:
    query = parse("person:<@U123|ada>  -“old dog” text:&lt;b&gt;")

    assert parse(query.typed) == query
    assert query.shown == 'person:@ada -"old dog" text:<b>'
