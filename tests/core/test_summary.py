"""The first line says the finding, and nothing is told twice."""

import pytest

from bot.core.report import Line, PhotoReport, Report
from bot.core.summary import details, failures, headline, summary

BIB = Line("bibs", "Bib 1234")
PEOPLE = Line("people", "3 people")
THINGS = Line("things", "2 bicycles, a dog")
UNSAFE = Line("unsafe", "May be unsafe: alcohol")
NAMED, ALONE = Line("named", "probably Ada"), Line("people", "a person")
WAITING = PhotoReport(file="W", state="waiting")
REFUSED = PhotoReport(file="R", state="refused", refusal="This looks like a PDF.")


def photo(*lines: Line, bibs: tuple[str, ...] = (), failures: tuple[str, ...] = ()) -> PhotoReport:
    return PhotoReport(file="F", bibs=bibs, lines=lines, failures=failures)


@pytest.mark.parametrize(
    ("photos", "said"),
    [
        ([photo(THINGS, PEOPLE, BIB, bibs=("1234",))], "Bib 1234 · 3 people"),
        ([photo(PEOPLE, bibs=("77", "1234"))], "Bibs 77, 1234 · 3 people"),
        ([photo(THINGS, PEOPLE)], "3 people · 2 bicycles, a dog"),
        ([photo(Line("things", "a dog, a truck"))], "A dog, a truck"),
        ([photo(THINGS, Line("things", "Your model sees a logo"))], "2 bicycles, a dog"),
        ([photo(THINGS, ALONE)], "A person · 2 bicycles, a dog"),
        ([photo(THINGS, ALONE, NAMED)], "Probably Ada · 2 bicycles, a dog"),
        ([photo(PEOPLE, NAMED)], "Probably Ada · 3 people"),
        ([photo(BIB, UNSAFE, bibs=("1234",))], "May be unsafe: alcohol"),
        ([photo()], "I found nothing in this photo."),
        ([photo(failures=("Budget.",))], "I could not look at everything in this photo."),
        ([REFUSED], "This looks like a PDF."),
        ([WAITING], "Looking at the photo…"),
        ([WAITING, WAITING], "Looking at 2 photos…"),
        ([REFUSED, REFUSED], "I could not look at these 2 photos."),
        ([photo(bibs=("1",)), photo(bibs=("1", "2"))], "Bibs 1, 2 · 2 photos"),
        ([photo(bibs=("1",)), REFUSED], "Bib 1 · 1 photo"),
        ([photo(bibs=("1",)), WAITING, WAITING], "Bib 1 · 1 of 3 photos so far"),
        ([photo(UNSAFE, bibs=("1",)), photo()], "1 of 2 photos may be unsafe · Bib 1"),
        ([photo(UNSAFE), WAITING], "1 of 1 photo may be unsafe · 1 of 2 photos so far"),
        ([photo(THINGS), photo(PEOPLE)], "3 people and more · 2 photos"),
        ([photo(), photo()], "Nothing found · 2 photos"),
    ],
)
def test_the_first_line_is_the_finding(photos: list[PhotoReport], said: str) -> None:
    assert summary(Report(tuple(photos))) == said


def test_the_headline_and_the_details_are_all_lines_each_once() -> None:
    one = photo(THINGS, PEOPLE, THINGS, BIB, bibs=("1234",))

    assert headline(one) == "Bib 1234 · 3 people"
    assert details(one) == (THINGS,)


def test_many_numbers_are_named_in_part_and_counted() -> None:
    [said] = [summary(Report((photo(bibs=tuple(map(str, range(100, 160)))),)))]

    assert said.startswith("Bibs 100, 101, ")
    assert said.endswith(", 119 and 40 more")


def test_a_failure_is_told_once_with_the_number_of_photos_where_it_was_not_all() -> None:
    first, second = photo(failures=("Busy.", "Denied.")), photo(failures=("Busy.",))

    assert failures(Report((first, second))) == ("Busy.", "Denied. (1 photo)")
