"""Spotter introduces itself, a global shortcut asks for a channel, and a workflow finds a bib."""

from collections.abc import Iterator

import pytest

from bot.demo.records import Channel, Json, Upload
from tests import pictures
from tests.trip.conftest import SQLITE_ALONE, Trip
from tests.trip.people import modal

pytestmark = SQLITE_ALONE
HINT = "This is my first answer here."


@pytest.fixture
def told(trip: Trip) -> Iterator[Trip]:
    """A workspace that tells of those who come, and of workflows."""
    more = {"member_joined_channel", "function_executed"}
    trip.slack.workspace.subscriptions |= more
    yield trip
    trip.slack.workspace.subscriptions -= more


def test_a_channel_that_i_come_to_is_told_who_i_am_once(told: Trip) -> None:
    channel = told.channel(joined=False)

    for _ in range(2):
        told.slack.invite(channel)
        told.settle()
        told.slack.kick(channel)

    [message] = told.slack.messages(channel)
    assert message.text.startswith("Hello, I am Spotter.")


def test_its_buttons_open_the_settings_and_the_help(told: Trip) -> None:
    channel, user = told.channel(joined=False), told.slack.member.id
    told.slack.invite(channel)
    told.settle()
    [message] = told.slack.messages(channel)

    told.slack.press(told.slack.admin.id, message, "settings")

    assert modal(told, told.slack.admin.id, "settings").is_open
    helped = told.whisper(user, lambda: told.slack.press(user, message, "help"))
    assert "/findbib 1234: Find a runner's photos." in helped.text
    read = told.whisper(user, lambda: told.slack.press(user, message, "settings"))
    assert "Admins change this" in read.text


def test_somebody_else_who_comes_is_not_told(told: Trip) -> None:
    channel = told.channel()

    told.slack.invite(channel, told.slack.guest.id)

    told.settle()
    assert told.slack.messages(channel) == []


def test_the_first_answer_of_a_channel_that_nobody_settled_has_a_hint(trip: Trip) -> None:
    slack = trip.slack
    channel = Channel(id=slack.workspace.new_id("C"), name="new", members={slack.member.id, slack.bot.id})
    slack.workspace.channels[channel.id] = channel

    first = trip.answer(trip.drop(channel.id, Upload("1.jpg", pictures.bib("4811"))))
    second = trip.answer(trip.drop(channel.id, Upload("2.jpg", pictures.bib("4812"))))

    assert HINT in first.text
    assert HINT not in second.text


def test_settled_channels_get_no_hint(trip: Trip) -> None:
    assert HINT not in trip.answer(trip.drop(trip.channel(), Upload("3.jpg", pictures.bib("4813")))).text


def test_scan_photos_can_be_asked_for_from_anywhere_and_asks_for_the_channel(trip: Trip) -> None:
    admin, channel = trip.slack.admin.id, trip.channel(scan_hosts=("photos.example",))
    trip.slack.global_shortcut(admin, "scan_photos")
    form = modal(trip, admin, "scan")

    refused = trip.slack.submit(admin, form, {"channel": trip.channel(joined=False), "links": "x"})
    assert "I am not in that channel" in refused.body["errors"]["channel"]

    trip.slack.submit(admin, form, {"channel": channel, "links": "https://photos.example/1.jpg"})

    direct = trip.slack.direct_messages(admin).id
    trip.slack.wait(lambda: any("1 link" in one.text for one in trip.slack.messages(direct)))
    assert trip.settings(channel).scan_hosts == ("photos.example",)


def ended(trip: Trip, bib: str) -> Json:
    """How a step of a workflow ends."""
    run = trip.slack.run_step("find_bib", {"bib": bib})
    trip.slack.wait(lambda: bool(trip.slack.workspace.steps[run]))
    return trip.slack.workspace.steps[run]


def test_a_workflow_finds_a_bib_in_public_channels_alone(told: Trip) -> None:
    public, private = told.channel(), told.channel(private=True)
    told.bot.spotter.forget_access(told.slack.team_id, "")
    seen = told.drop(public, Upload("public.jpg", pictures.bib("4821")))
    hidden = told.drop(private, Upload("private.jpg", pictures.bib("4821")))
    told.answer(seen)
    told.answer(hidden)

    outputs = ended(told, "4821")["outputs"]

    assert outputs["count"] == 1
    assert [seen.files[0] in link for link in outputs["links"].splitlines()] == [True]


def test_a_workflow_that_asks_for_nothing_is_told_why_it_failed(told: Trip) -> None:
    assert ended(told, "")["error"].startswith("Try /findbib 1234")
