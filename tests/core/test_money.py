"""Calls have the prices of facts, and amounts read well."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.core.channel import ChannelSettings
from bot.core.money import dollars, micro_dollars, month, price
from bot.detectors import every_detector


@pytest.mark.parametrize(
    ("operation", "options", "cost"),
    [
        ("detect_text", {}, 1_000),
        ("detect_labels", {"MinConfidence": 50}, 1_000),
        ("detect_labels", {"Features": ["GENERAL_LABELS"]}, 1_000),
        ("detect_labels", {"Features": ["GENERAL_LABELS", "IMAGE_PROPERTIES"]}, 1_750),
        ("detect_labels", {"Features": ["IMAGE_PROPERTIES"]}, 750),
        ("search_users_by_image", {}, 1_000),
        ("list_faces", {}, 0),
        ("detect_protective_equipment", {}, 1_000),
        ("detect_custom_labels", {}, 0),
    ],
)
def test_a_call_costs_what_amazon_lists(operation: str, options: dict[str, object], cost: int) -> None:
    assert price(operation, options) == cost


def test_a_photo_through_every_default_detector_and_one_search_costs_six_tenths_of_a_cent() -> None:
    settings = ChannelSettings()
    calls = [(it.operation, it.options(settings)) for it in map(every_detector().__getitem__, settings.detectors)]

    total = sum(price(*call) for call in calls) + price("search_users_by_image", {})

    assert dollars(total) == "$0.0060"


def test_an_operation_without_a_price_is_refused_rather_than_free() -> None:
    with pytest.raises(LookupError, match="add the price of start_face_detection"):
        price("start_face_detection", {})


@pytest.mark.parametrize(
    ("micro", "read"),
    [(0, "$0.0000"), (1_750, "$0.0018"), (6_000, "$0.0060"), (1_250_000, "$1.25"), (1_234_500_000, "$1,234.50")],
)
def test_amounts_read_as_people_write_them(micro: int, read: str) -> None:
    assert dollars(micro) == read


def test_an_amount_set_in_dollars_is_kept_to_the_last_micro_dollar() -> None:
    assert [micro_dollars(amount) for amount in (25.0, 0.1, 0.000001)] == [25_000_000, 100_000, 1]


def test_the_month_is_that_of_utc() -> None:
    kiritimati = timezone(timedelta(hours=14))

    assert month(datetime(2026, 11, 30, 23, 59, tzinfo=UTC)) == "2026-11"
    assert month(datetime(2026, 12, 1, 9, 0, tzinfo=kiritimati)) == "2026-11"
