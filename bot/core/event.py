"""An event as its photographers know it: what its bibs look like, when it is, and what is none of its bibs."""

from dataclasses import dataclass
from datetime import date

from bot.core.bib_format import DIGITS, BibFormat, bib_format
from bot.core.channel import ChannelSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What an admin has told of a race; every default is that of an event of which nothing was told.

    Attributes:
        name: As people call it.
        format: How its bibs are written.
        refused: Words and numbers that are never a bib, such as a sponsor's `42195`, in capital letters.
        day: When it takes place; its year is on shirts and banners.
        time_zone: Of the place, by its IANA name, such as `Europe/Lisbon`.
    """

    name: str = ""
    format: BibFormat = DIGITS
    refused: frozenset[str] = frozenset()
    day: date | None = None
    time_zone: str = ""


def event_of(settings: ChannelSettings) -> Event:
    """The event that an admin described in a channel's settings.

    Raises:
        AskError: Its mask or range cannot be understood, which is told when it is set.
    """
    return Event(
        format=bib_format(settings.event_format).within(settings.bib_range),
        refused=frozenset(word.upper() for word in settings.refuse),
        day=date.fromisoformat(settings.event_date) if settings.event_date else None,
        time_zone=settings.time_zone,
    )
