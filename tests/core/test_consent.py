"""What somebody agrees to, and how names and days are read."""

from datetime import UTC, date, datetime

import pytest

from bot.core import consent
from bot.errors import AskError

TODAY = date(2026, 11, 20)


def test_the_form_says_all_that_the_law_asks_for() -> None:
    form = consent.consent_form(consent.where_kept(paid=True, region="eu-west-1"), "U9")

    for words in (
        "Who:",
        "Why:",
        "eu-west-1",
        "not stored",
        "12 months",
        "/faces forget",
        "18",
        "/findbib",
        "no effect",
    ):
        assert words in form.text
    assert form.text.endswith(f"{form.find_me}\n\n{form.show_name}")
    assert not any("\n" in paragraph for paragraph in form.paragraphs)
    assert form.invited_by == "U9"


def test_another_word_is_another_hash() -> None:
    here, there = (consent.consent_form(consent.where_kept(paid=paid, region="eu-west-1")) for paid in (False, True))

    assert "on the machine that Spotter runs on" in here.text
    assert here.hash != there.hash
    assert here.hash == consent.text_hash(here.text)


@pytest.mark.parametrize(
    "name",
    ["", "  ", "42", "<!channel>", "a@b", "*Ada*", "Ada\u202e", "http://x.example", ":tada:", "x" * 81],
)
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(AskError):
        consent.name_of(name)


@pytest.mark.parametrize(
    "name",
    ["Zoë O’Neil-Łuk", "Ada (2)", "runner_07", "محمد علی", "王秀英", "नेहा", "می\u200cرضا"],  # noqa: RUF001  # names
)
def test_names_of_every_script_are_names(name: str) -> None:
    assert consent.name_of(f"  {name} ") == name


def test_a_day_is_read_and_never_lies_ahead() -> None:
    assert consent.day_of(" 2026-05-17 ", TODAY) == "2026-05-17"
    for wrong in ("17.5.2026", "", "2026-11-21"):
        with pytest.raises(AskError):
            consent.day_of(wrong, TODAY)


@pytest.mark.parametrize(
    ("months", "day"),
    [(12, (2025, 1, 31)), (1, (2024, 2, 29)), (11, (2024, 12, 31)), (-1, (2023, 12, 31)), (13, (2025, 2, 28))],
)
def test_a_month_ends_where_it_ends(months: int, day: tuple[int, int, int]) -> None:
    assert consent.months_later(datetime(2024, 1, 31, tzinfo=UTC), months) == datetime(*day, tzinfo=UTC)
