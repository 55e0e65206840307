"""`/whois`: people who agreed are found in photos, for the one who asks; nobody else is found."""

from collections.abc import Callable

import pytest

from bot.demo.records import Message, View
from tests.trip.conftest import SQLITE_ALONE, Trip
from tests.trip.drawn import boxes_of, ours
from tests.trip.people import agree, bring, direct, mia, modal, portrait, typed, upload

pytestmark = SQLITE_ALONE
__all__ = ["mia"]


def matched(trip: Trip, *users: str) -> str:
    """A channel in which faces are matched, with some more members."""
    channel = trip.channel(face_matching=True, detectors=("faces",))
    for user in users:
        bring(trip, user, channel)
    return channel


def answered(trip: Trip, user: str, act: Callable[[], object]) -> Message:
    """Ask something, and read the answer; that it is looked for is said before or after it."""
    before = len(trip.slack.ephemerals(user))
    act()
    trip.slack.wait(lambda: len(trip.slack.ephemerals(user)) >= before + 2, 30)
    trip.settle()
    return next(one for one in trip.slack.ephemerals(user)[before:] if not one.text.startswith("I am searching"))


def asked(trip: Trip, user: str, channel: str, text: str = "") -> Message:
    """Type `/whois`, and read the answer."""
    return answered(trip, user, lambda: trip.slack.command(user, channel, "/whois", text))


def pressed(trip: Trip, user: str, message: Message, action: str, block_id: str = "") -> None:
    """Press a button, and wait for what comes of it."""
    trip.whisper(user, lambda: trip.slack.press(user, message, action, block_id=block_id))
    trip.settle()


def water(trip: Trip, channel: str) -> Message:
    """Drop the photo of two people at the water table; one of them has Mia's face."""
    dropped = trip.drop(channel, upload("04_water.jpg"))
    trip.settle()
    return dropped


def said_in(trip: Trip, dropped: Message) -> str:
    """What everybody reads in a photo's thread."""
    return "\n".join(reply.text for reply in trip.slack.replies(dropped))


def test_whoever_agreed_to_be_named_is_named_in_the_thread_until_they_are_forgotten(trip: Trip, mia: str) -> None:
    channel = matched(trip, mia)
    agree(trip, mia, channel, "mia_member_1")
    dropped = water(trip, channel)

    assert "robably Mia Member" in said_in(trip, dropped)
    assert "2 faces found, 2 searched, 1 unknown" in said_in(trip, dropped)
    asker = trip.slack.other.id
    assert asked(trip, asker, channel).text.startswith("04_water.jpg: Probably Mia Member. 2 faces found")
    link = f"https://harbour.slack.com/files/U0/{dropped.files[0]}/04_water.jpg"
    assert "Probably Mia Member" in asked(trip, asker, channel, link).text
    assert typed(trip, asker, channel, "/whois", f"<@{mia}|mia>").startswith(f"<@{mia}> is in 1 photo")

    typed(trip, mia, channel, "/faces", "forget")
    trip.settle()

    assert "Mia" not in said_in(trip, dropped)
    assert "Mia" not in asked(trip, asker, channel).text


def test_whoever_did_not_agree_to_be_named_reads_it_alone(trip: Trip, mia: str) -> None:
    channel = matched(trip, mia)
    agree(trip, mia, channel, "mia_member_1", named=False)
    dropped = water(trip, channel)

    assert "Mia" not in said_in(trip, dropped)
    assert "Mia" not in asked(trip, trip.slack.other.id, channel).text
    assert "Probably you" in asked(trip, mia, channel).text
    assert typed(trip, mia, channel, "/whois", "me").startswith("You are in 1 photo")
    assert "may not tell others" in typed(trip, trip.slack.other.id, channel, "/whois", f"<@{mia}|mia>")


def test_a_name_that_is_shown_or_hidden_changes_what_was_told_already(trip: Trip, mia: str) -> None:
    channel = matched(trip, mia)
    agree(trip, mia, channel, "mia_member_1", named=False)
    dropped = water(trip, channel)

    trip.bot.spotter.enrolling.set_switches(trip.slack.team_id, mia, find_me=True, show_name=True)
    trip.settle()
    assert "robably Mia Member" in said_in(trip, dropped)

    trip.bot.spotter.enrolling.set_switches(trip.slack.team_id, mia, find_me=True, show_name=False)
    trip.settle()
    assert "Mia" not in said_in(trip, dropped)


def test_where_matching_is_turned_off_names_leave_the_answers_and_the_drawn_pictures(trip: Trip, mia: str) -> None:
    channel = matched(trip, mia)
    agree(trip, mia, channel, "mia_member_1")
    dropped = water(trip, channel)
    boxes_of(trip, dropped)
    assert "Person: Mia Member" in ours(trip, dropped)[0].alt_txt

    typed(trip, trip.slack.admin.id, channel, "/faces", "off")
    trip.settle()

    assert "Mia" not in said_in(trip, dropped)
    assert ours(trip, dropped) == []


def test_a_no_takes_the_name_out_of_the_thread(trip: Trip, mia: str) -> None:
    channel = matched(trip, mia)
    agree(trip, mia, channel, "mia_member_1")
    dropped = water(trip, channel)
    answer = asked(trip, trip.slack.other.id, channel)

    pressed(trip, trip.slack.other.id, answer, "not_this_person")

    assert "Mia" not in said_in(trip, dropped)
    assert "Mia" not in asked(trip, trip.slack.other.id, channel).text


def test_this_is_me_makes_the_photo_one_more_of_mine(trip: Trip, mia: str) -> None:
    channel = matched(trip, mia)
    water(trip, channel)
    before = asked(trip, mia, channel)
    agree(trip, mia, channel, "mia_member_1")

    pressed(trip, mia, before, "this_is_me", _block(before, "from the left"))

    person = trip.bot.spotter.enrolling.person_of(trip.slack.team_id, mia)
    assert person
    assert person.photos == 2


def _block(message: Message, words: str) -> str:
    """The id of the first block with some words."""
    return next(str(block["block_id"]) for block in message.blocks if words in str(block.get("text")))


def test_earlier_photos_are_looked_through_after_the_price_was_told(trip: Trip, mia: str) -> None:
    channel = matched(trip, mia)
    water(trip, channel)
    agree(trip, mia, channel, "mia_member_1")
    [offer] = direct(trip, mia)

    assert "in 1 earlier photo, in the channels that you can open. That costs nothing." in offer.text
    trip.slack.press(mia, offer, "find_me_start")
    trip.slack.wait(lambda: any(one.text.startswith("I looked through") for one in direct(trip, mia)), 30)
    trip.settle()

    assert direct(trip, mia)[-1].text.endswith("You are in 1 photo.")
    assert typed(trip, mia, channel, "/whois", "me").startswith("You are in 1 photo")


def test_the_menu_of_a_photo_searches_it_and_a_picture_of_ones_own_is_answered_by_direct_message(
    trip: Trip, mia: str
) -> None:
    channel = matched(trip, mia)
    agree(trip, mia, channel, "mia_member_1")
    dropped = water(trip, channel)
    assert "Probably you" in answered(trip, mia, lambda: trip.slack.shortcut(mia, dropped, "whois")).text
    trip.whisper(mia, lambda: trip.slack.command(mia, channel, "/whois"))
    searching = next(one for one in reversed(trip.slack.ephemerals(mia)) if one.text.startswith("I am searching"))

    trip.slack.press(mia, searching, "whois_upload")
    form = modal(trip, mia, "whois")
    trip.whisper(mia, lambda: trip.slack.submit(mia, form, {"picture": [portrait("mia_member_2")]}))
    trip.settle()

    assert "Probably you. 1 face found" in direct(trip, mia)[-1].text


def test_where_there_is_no_photo_a_form_takes_one(trip: Trip) -> None:
    user = trip.slack.member.id
    trip.slack.command(user, matched(trip), "/whois")

    form: View = modal(trip, user, "whois")

    assert form.content["title"]["text"] == "Who is it?"


def test_two_photos_are_compared_in_the_thread(trip: Trip) -> None:
    channel = matched(trip)
    same = trip.drop(channel, portrait("mia_member_1"), portrait("mia_member_2"))
    other = trip.drop(channel, portrait("mia_member_1"), portrait("clara_wennick_1"))
    alone = trip.drop(channel, portrait("mia_member_1"))
    trip.settle()
    user = trip.slack.member.id

    for message in (same, other):
        trip.whisper(user, lambda message=message: trip.slack.shortcut(user, message, "same_person"))  # type: ignore[misc]  # bound now
    trip.settle()

    assert "Probably the same person" in said_in(trip, same)
    assert "Not the same person" in said_in(trip, other)
    assert "exactly two" in trip.whisper(user, lambda: trip.slack.shortcut(user, alone, "same_person")).text


@pytest.mark.parametrize("text", ["", "@nobody", "https://example.com/a.jpg"])
def test_where_matching_is_off_or_nothing_is_meant_a_sentence_says_so(trip: Trip, text: str) -> None:
    said = typed(trip, trip.slack.member.id, trip.channel(), "/whois", text)

    assert said.startswith("Usage: /whois") if text else "/faces on" in said


def test_guests_do_not_ask_who_somebody_is(trip: Trip) -> None:
    channel = matched(trip, trip.slack.guest.id)

    assert typed(trip, trip.slack.guest.id, channel, "/whois", "").startswith("Only members of this workspace")


def test_a_message_without_a_photo_has_nobody_in_it(trip: Trip) -> None:
    user, channel = trip.slack.member.id, matched(trip)
    words = trip.slack.say(user, channel, "Who was that?")

    for shortcut in ("whois", "enrol_face", "same_person"):
        said = trip.whisper(user, lambda shortcut=shortcut: trip.slack.shortcut(user, words, shortcut))  # type: ignore[misc]  # bound now
        assert said.text == "There is no photo in this message."
