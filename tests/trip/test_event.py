"""What an admin tells of a channel's race, by modal: the start list, and what its bibs look like."""

import pytest

from bot.demo.records import Message, Upload, View
from tests import pictures
from tests.trip.conftest import SQLITE_ALONE, Trip

pytestmark = SQLITE_ALONE


def opened(trip: Trip, channel: str, word: str, callback: str) -> View:
    """Type `/spotter …` as an admin, and give the modal that opens."""
    admin, slack = trip.slack.admin.id, trip.slack
    assert slack.command(admin, channel, "/spotter", word).ok
    slack.wait(lambda: any(view.content["callback_id"] == callback for view in slack.views(admin)))
    return next(view for view in slack.views(admin) if view.content["callback_id"] == callback)


def sent(trip: Trip, view: View, values: dict[str, object]) -> Message:
    """Send a modal in, and read what is said to that."""
    admin, slack = trip.slack.admin.id, trip.slack
    return trip.whisper(admin, lambda: slack.submit(admin, view, values))


def test_pasted_rows_become_the_start_list(trip: Trip) -> None:
    channel = trip.channel()

    said = sent(trip, opened(trip, channel, "startlist", "start_list"), {"rows": "4101;Bo Berg\n4102;Ada Alm"})

    assert said.text.startswith("The start list is in use: 2 runners.")
    dropped = trip.drop(channel, Upload("finish.jpg", pictures.bib("4102")))
    assert trip.answer(dropped).text.startswith("Bib 4102 (Ada Alm)")


def test_a_number_that_is_not_on_the_start_list_is_doubted(trip: Trip) -> None:
    channel = trip.channel()
    sent(trip, opened(trip, channel, "startlist", "start_list"), {"rows": "1,Bo\n2,Ada"})

    dropped = trip.drop(channel, Upload("finish.jpg", pictures.bib("4103")))

    assert trip.answer(dropped).text.startswith("Not on the start list: 4103")


def test_a_file_becomes_the_start_list(trip: Trip) -> None:
    view = opened(trip, trip.channel(), "startlist", "start_list")

    said = sent(trip, view, {"file": [Upload("list.csv", "bib,name\n4104,José\n".encode("latin-1"), "text/csv")]})

    assert "1 runner" in said.text


@pytest.mark.parametrize(
    ("rows", "why"),
    [("", "Choose a file"), ("bib,name\n,Ada\n", "ine 2"), ("7,Bo\n7,Ada", "7")],
    ids=["nothing", "a row without a bib", "a bib twice"],
)
def test_a_broken_start_list_says_in_its_form_what_is_wrong(trip: Trip, rows: str, why: str) -> None:
    view = opened(trip, trip.channel(), "startlist", "start_list")

    ack = trip.slack.submit(trip.slack.admin.id, view, {"rows": rows})

    assert why in ack.body["errors"]["rows"]
    assert view.is_open


def test_the_events_mask_decides_what_a_bib_is(trip: Trip) -> None:
    channel = trip.channel()
    said = sent(trip, opened(trip, channel, "event", "event"), {"bib_range": "1-500", "refuse": "2026, LISBOA"})
    assert said.text.startswith("Saved.")

    inside = trip.drop(channel, Upload("inside.jpg", pictures.bib("417")))
    outside = trip.drop(channel, Upload("outside.jpg", pictures.bib("4170")))

    assert trip.answer(inside).text.startswith("Bib 417")
    trip.settle()
    assert trip.slack.replies(outside) == []


def test_a_mask_that_nobody_understands_is_refused_with_a_sentence(trip: Trip) -> None:
    channel = trip.channel()

    view = opened(trip, channel, "event", "event")

    ack = trip.slack.submit(trip.slack.admin.id, view, {"event_format": "(a+)+$"})

    assert "mask" in ack.body["errors"]["event_format"].lower()
    assert trip.settings(channel).event_format == ""


@pytest.mark.parametrize("word", ["startlist", "event"])
def test_members_are_refused(trip: Trip, word: str) -> None:
    user = trip.slack.member.id
    said = trip.whisper(user, lambda: trip.slack.command(user, trip.channel(), "/spotter", word))

    assert said.text == "Only workspace admins can do this."
