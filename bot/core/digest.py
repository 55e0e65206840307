"""When the photos of a channel are summed up, where they are not answered one by one. Pure."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.core.channel import ChannelSettings

HOUR: Final = 20
"""The hour, by the channel's clocks, at which a day is summed up; an event, the day after."""
LATE: Final = timedelta(hours=6)
"""How late a summary may still come, where Spotter was away at its hour."""


@dataclass(frozen=True, slots=True)
class Span:
    """The photos that one summary tells of.

    Attributes:
        name: The day, such as `2026-05-17`: the evening it ends, or the day of the event.
        since: Its first moment, in seconds since 1970.
        until: Its end, and the moment at which it is told.
    """

    name: str
    since: float
    until: float

    def holds(self, ts: str) -> bool:
        """Whether a message of this timestamp belongs to it."""
        return self.since <= float(ts) < self.until

    def is_due(self, now: datetime) -> bool:
        """Whether it is to be told at a moment."""
        return 0 <= now.timestamp() - self.until < LATE.total_seconds()


def span_of(settings: ChannelSettings, moment: datetime) -> Span | None:
    """The summary that a photo of a moment belongs to; None where photos are answered one by one.

    Args:
        settings: The channel's; an event without a date is summed up day by day.
        moment: With a zone.
    """
    zone = ZoneInfo(settings.time_zone) if settings.time_zone else UTC
    if settings.digest == "none":
        return None
    if settings.digest == "event" and settings.event_date:
        day = date.fromisoformat(settings.event_date)
        start = datetime.combine(day, time(), zone)
        span = _span(day, start, datetime.combine(day + timedelta(days=1), time(HOUR), zone))
        return span if span.holds(str(moment.timestamp())) else None
    local = moment.astimezone(zone)
    day = local.date() if local.hour < HOUR else local.date() + timedelta(days=1)
    end = datetime.combine(day, time(HOUR), zone)
    return _span(day, datetime.combine(day - timedelta(days=1), time(HOUR), zone), end)


def span_of_message(settings: ChannelSettings, ts: str) -> Span | None:
    """The summary that a message belongs to, by its timestamp; None where photos are answered one by one."""
    return None if settings.digest == "none" else span_of(settings, datetime.fromtimestamp(float(ts), UTC))


def due(settings: ChannelSettings, now: datetime) -> Span | None:
    """The summary that is to be told at a moment (with a zone), if there is one."""
    span = span_of(settings, now - LATE)
    return span if span and span.is_due(now) else None


def _span(day: date, start: datetime, end: datetime) -> Span:
    return Span(day.isoformat(), start.timestamp(), end.timestamp())
