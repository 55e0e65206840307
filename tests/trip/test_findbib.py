"""`/findbib`, from a photo that is dropped to the picture that is shown, watched and corrected."""

import json

import pytest

from bot.demo.records import Message, Upload
from tests import pictures
from tests.trip.conftest import SQLITE_ALONE, Trip
from tests.trip.searching import find, press, shown

pytestmark = SQLITE_ALONE


def test_a_bib_is_found_with_its_picture(trip: Trip) -> None:
    dropped = trip.drop(trip.channel(), Upload("finish.jpg", pictures.bib("5101")))
    trip.answer(dropped)

    found = find(trip, dropped.channel, "/findbib 5101")

    assert found.text.startswith("Bib 5101: 1 photo")
    assert shown(found) == list(dropped.files)


def test_a_heic_photo_is_a_link_since_slack_shows_none_in_a_block(trip: Trip) -> None:
    dropped = trip.drop(trip.channel(), Upload("finish.heic", pictures.heic(pictures.sheet("5102"))))
    trip.answer(dropped)

    found = find(trip, dropped.channel, "/findbib 5102")

    assert shown(found) == []
    assert "finish.heic" in found.text


def test_near_misses_are_offered_where_nothing_is_found(trip: Trip) -> None:
    dropped = trip.drop(trip.channel(), Upload("finish.jpg", pictures.bib("5194")))
    trip.answer(dropped)

    found = find(trip, dropped.channel, "/findbib 5184")
    meant = press(trip, found, "findbib_page", name="5194")

    assert "Did you mean 5194" in found.text
    assert meant.text.startswith("Bib 5194")


def test_a_watched_bib_is_told_by_direct_message_once(trip: Trip) -> None:
    channel, watcher = trip.channel(), trip.slack.other.id
    trip.bot.spotter.forget_access(trip.slack.team_id, watcher)
    assert (
        find(trip, channel, "/findbib watch 5108", user=watcher).text == "I will tell you whenever bib 5108 turns up."
    )

    trip.answer(trip.drop(channel, Upload("finish.jpg", pictures.bib("5108"))))
    trip.slack.redeliver()
    trip.drop(trip.channel(), Upload("again.jpg", pictures.bib("5108")))
    trip.settle()

    told = [one for one in trip.slack.messages(trip.slack.direct_messages(watcher).id) if "5108" in one.text]
    assert [one.text for one in told] == ["Bib 5108 turned up in a photo."]


@pytest.mark.parametrize("typed", ["", "12*4", "<!channel>", "1-9999999"])
def test_what_cannot_be_looked_for_gets_a_line_that_says_how(trip: Trip, typed: str) -> None:
    said = find(trip, trip.slack.race.id, f"/findbib {typed}")

    assert "/findbib 1234" in said.text or "500 numbers" in said.text


def test_a_mention_in_a_thread_finds_a_bib_for_everybody(trip: Trip) -> None:
    dropped = trip.drop(trip.channel(), Upload("finish.jpg", pictures.bib("5109")))
    trip.answer(dropped)

    trip.bot.spotter.forget_access(trip.slack.team_id, trip.slack.other.id)
    trip.slack.say(trip.slack.other.id, dropped.channel, f"<@{trip.slack.bot.id}> findbib 5109", dropped.ts)
    trip.settle()

    assert shown(trip.slack.replies(dropped)[-1]) == list(dropped.files)


def test_the_message_menu_finds_a_bib_from_inside_a_thread(trip: Trip) -> None:
    user = trip.slack.member.id
    dropped = trip.drop(trip.channel(), Upload("finish.jpg", pictures.bib("5110")))
    trip.answer(dropped)
    trip.bot.spotter.forget_access(trip.slack.team_id, user)

    trip.slack.shortcut(user, dropped, "find_bib")
    trip.slack.wait(lambda: bool(trip.slack.views(user)))
    trip.slack.submit(user, trip.slack.views(user)[-1], {"bib": "5110"})
    trip.slack.wait(lambda: bool(trip.slack.ephemerals(user)) and "5110" in trip.slack.ephemerals(user)[-1].text)

    assert trip.slack.ephemerals(user)[-1].thread_ts == dropped.ts


def correct(trip: Trip, dropped: Message, *, was: str, right: str, user: str = "") -> None:
    """Open the form below an answer, fill it in, and wait until the answer has changed."""
    user = user or trip.slack.member.id
    trip.bot.spotter.forget_access(trip.slack.team_id, user)
    [answer] = trip.slack.replies(dropped)
    trip.slack.press(user, answer, "photo_reply", "correct")
    trip.slack.wait(lambda: bool(trip.slack.views(user)))
    view = trip.slack.views(user)[-1]
    trip.whisper(user, lambda: trip.slack.submit(user, view, {"was": was or "none", "right": right}))
    trip.settle()


def test_a_corrected_bib_is_told_at_once_and_found(trip: Trip) -> None:
    dropped = trip.drop(trip.channel(), Upload("finish.jpg", pictures.bib("5111")))
    trip.answer(dropped)

    correct(trip, dropped, was="5111", right="5199")

    assert trip.slack.replies(dropped)[0].text.startswith("Bib 5199")
    assert find(trip, dropped.channel, "/findbib 5199").text.startswith("Bib 5199: 1 photo")
    assert find(trip, dropped.channel, "/findbib 5111").text.startswith("I found no photo of bib 5111")


def test_a_correction_survives_another_share_of_the_photo_and_stays_in_its_channel(trip: Trip) -> None:
    photo = Upload("finish.jpg", pictures.bib("5112"))
    first = trip.drop(trip.channel(private=True), photo)
    trip.answer(first)
    correct(trip, first, was="5112", right="5198")

    again, elsewhere = trip.drop(first.channel, photo), trip.drop(trip.channel(), photo)

    assert trip.answer(again).text.startswith("Bib 5198")
    assert trip.answer(elsewhere).text.startswith("Bib 5112")


def test_an_admin_takes_a_correction_back_and_a_member_cannot(trip: Trip) -> None:
    dropped = trip.drop(trip.channel(), Upload("finish.jpg", pictures.bib("5113")))
    trip.answer(dropped)
    correct(trip, dropped, was="5113", right="5197")
    for user in (trip.slack.other.id, trip.slack.admin.id):
        trip.bot.spotter.forget_access(trip.slack.team_id, user)
        trip.slack.press(user, trip.slack.replies(dropped)[0], "photo_reply", "correct")
        trip.slack.wait(lambda user=user: bool(trip.slack.views(user)))  # type: ignore[misc]  # bound now
        view = trip.slack.views(user)[-1]
        undo = next(block["accessory"] for block in view.content["blocks"] if "accessory" in block)
        trip.whisper(user, lambda: trip.slack.press(user, view, "undo_correction", undo["value"]))  # noqa: B023  # called now
        trip.settle()
        expected = "Bib 5197" if user == trip.slack.other.id else "Bib 5113"
        assert trip.slack.replies(dropped)[0].text.startswith(expected)


def test_an_admins_start_list_names_the_runners_and_doubts_the_others(trip: Trip) -> None:
    channel, admin = trip.channel(), trip.slack.admin.id
    trip.slack.drop(admin, channel, [Upload("startlist.csv", b"bib,name\n5114,Idalia Runner\n", "text/csv")])
    trip.slack.wait(lambda: any(one.channel == channel for one in trip.slack.ephemerals(admin)))
    offer = next(one for one in trip.slack.ephemerals(admin) if one.channel == channel)
    press(trip, offer, "start_list_use", user=admin)

    listed = trip.drop(channel, Upload("listed.jpg", pictures.bib("5114")))
    trip.answer(listed)

    assert "Idalia Runner" in trip.slack.replies(listed)[0].text
    assert find(trip, channel, "/findbib idalia").text.startswith("“idalia”: 1 photo")


def test_a_members_table_is_no_start_list(trip: Trip) -> None:
    channel = trip.channel()
    message = trip.drop(channel, Upload("startlist.csv", b"bib,name\n1,Ada\n", "text/csv"))
    trip.settle()

    assert trip.slack.replies(message) == []
    assert not any(
        json.dumps(one.blocks).count("start_list_use") for one in trip.slack.ephemerals(trip.slack.member.id)
    )
