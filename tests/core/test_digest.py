"""When photos are summed up."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.channel import ChannelSettings
from bot.core.digest import due, span_of, span_of_message

LISBON = ZoneInfo("Europe/Lisbon")
DAILY = ChannelSettings(digest="day", time_zone="Europe/Lisbon")
RACE = ChannelSettings(digest="event", event_date="2026-05-17", time_zone="Europe/Lisbon")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 5, day, hour, minute, tzinfo=LISBON)


@pytest.mark.parametrize(("moment", "name"), [(at(17, 19, 59), "2026-05-17"), (at(17, 20), "2026-05-18")])
def test_a_day_ends_in_the_evening_by_the_channels_clocks(moment: datetime, name: str) -> None:
    span = span_of(DAILY, moment)

    assert span is not None
    assert span.name == name
    assert span.holds(f"{moment.timestamp():.6f}")


@pytest.mark.parametrize(
    ("settings", "moment", "name"),
    [
        (DAILY, at(17, 19, 59), ""),
        (DAILY, at(17, 20), "2026-05-17"),
        (DAILY, at(18, 1, 59), "2026-05-17"),
        (DAILY, at(18, 2, 1), ""),
        (RACE, at(17, 20), ""),
        (RACE, at(18, 20), "2026-05-17"),
        (RACE, at(19, 20), ""),
        (ChannelSettings(digest="event"), datetime(2026, 5, 17, 20, tzinfo=UTC), "2026-05-17"),
        (ChannelSettings(), at(17, 20), ""),
    ],
)
def test_a_summary_is_due_for_some_hours_from_its_end_on(
    settings: ChannelSettings, moment: datetime, name: str
) -> None:
    span = due(settings, moment)

    assert (span.name if span else "") == name


def test_photos_of_other_days_than_the_events_are_answered_one_by_one() -> None:
    assert span_of(RACE, at(17, 9)) is not None
    assert span_of(RACE, at(17, 9) - timedelta(days=1)) is None
    assert span_of_message(ChannelSettings(), "no moment at all") is None


def test_a_day_on_which_the_clocks_change_is_whole() -> None:
    span = span_of(DAILY, datetime(2026, 3, 29, 12, tzinfo=LISBON))  # the clocks go forward in the night before

    assert span is not None
    assert (span.until - span.since) / 3_600 == 23
