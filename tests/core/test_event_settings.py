"""What an admin tells of an event is checked when it is told."""

import pytest

from bot.core.channel import ChannelSettings
from bot.core.settling import changed, shown
from bot.errors import AskError

FACTS = [
    r"event_format=[A-F]\d{3}",
    "bib_range=1-2500",
    "refuse=2026,ACME",
    "event_date=2026-05-17",
    "time_zone=Europe/Zurich",
]


def test_what_is_told_of_an_event_is_kept_and_shown_as_it_was_typed() -> None:
    settings = changed(ChannelSettings(), FACTS)

    assert settings.refuse == ("2026", "ACME")
    assert set(FACTS) <= set(shown(settings).splitlines())


@pytest.mark.parametrize("fact", FACTS)
def test_it_can_be_taken_back(fact: str) -> None:
    emptied = f"{fact.partition('=')[0]}="

    assert changed(changed(ChannelSettings(), [fact]), [emptied]) == ChannelSettings()


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ("event_format=*", "mask"),
        ("bib_range=9-1", "range"),
        ("event_date=17.5.2026", "a day such as"),
        ("event_date=2026-13-01", "a day such as"),
        ("time_zone=Middle/Earth", "a time zone such as"),
        ("time_zone=../../etc/passwd", "a time zone such as"),
    ],
)
def test_what_nobody_could_use_is_refused(fact: str, said: str) -> None:
    with pytest.raises(AskError, match=said):
        changed(ChannelSettings(), [fact])
