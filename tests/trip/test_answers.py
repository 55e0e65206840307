"""What can be done with an answer, and who reads which part of it."""

from typing import Any

from bot.demo.records import Message, Upload
from tests import pictures
from tests.trip.conftest import SQLITE_ALONE, Trip

LOOKS_UNSAFE: dict[str, Any] = {"detectors": ("text", "moderation"), "moderation_confidence": 0.0}
"""Every photo may be unsafe to a channel that wants no certainty at all."""


def test_whoever_posted_the_photo_can_delete_the_answer_and_it_stays_deleted(trip: Trip) -> None:
    slack = trip.slack
    message = trip.drop(trip.channel(), Upload("finish.jpg", pictures.bib("8001")))

    slack.press(slack.member.id, trip.answer(message), "photo_reply", "delete")
    slack.wait(lambda: slack.replies(message) == [])
    slack.redeliver(1)
    trip.settle()

    assert slack.replies(message) == []


@SQLITE_ALONE
def test_an_admin_can_delete_an_answer(trip: Trip) -> None:
    slack = trip.slack
    message = trip.drop(trip.channel(), Upload("finish.jpg", pictures.bib("8002")))

    slack.press(slack.admin.id, trip.answer(message), "photo_reply", "delete")

    slack.wait(lambda: slack.replies(message) == [])


@SQLITE_ALONE
def test_nobody_else_can_delete_an_answer_and_they_are_told_why(trip: Trip) -> None:
    slack = trip.slack
    message = trip.drop(trip.channel(), Upload("finish.jpg", pictures.bib("8003")))
    answer = trip.answer(message)
    before = len(slack.ephemerals(slack.other.id))

    slack.press(slack.other.id, answer, "photo_reply", "delete")
    slack.wait(lambda: len(slack.ephemerals(slack.other.id)) > before)

    why = "Only the person who posted the photo, or an admin, can delete this answer."
    assert slack.ephemerals(slack.other.id)[-1].text == why
    assert slack.replies(message) == [answer]


@SQLITE_ALONE
def test_whoever_posted_the_photo_can_delete_the_answer_to_a_mention_below_it(trip: Trip) -> None:
    slack = trip.slack
    message = trip.drop(trip.channel(), Upload("finish.jpg", pictures.bib("8004")))
    answer = trip.answer(message)
    slack.say(slack.other.id, message.channel, f"<@{slack.bot.id}> who is this?", message.ts)
    trip.settle()

    slack.press(slack.member.id, slack.replies(message)[-1], "photo_reply", "delete")

    slack.wait(lambda: len(slack.replies(message)) == 2)
    assert slack.replies(message)[0] == answer


@SQLITE_ALONE
def test_what_may_be_unsafe_is_told_in_the_thread_by_default(trip: Trip) -> None:
    message = trip.drop(trip.channel(**LOOKS_UNSAFE), Upload("finish.jpg", pictures.bib("8011")))

    assert "May be unsafe" in trip.answer(message).text


@SQLITE_ALONE
def test_what_may_be_unsafe_is_told_to_the_moderators_alone_where_the_channel_says_so(trip: Trip) -> None:
    moderators = trip.channel(private=True)
    channel = trip.channel(**LOOKS_UNSAFE, moderation="moderators", moderators=moderators)
    message = trip.drop(channel, Upload("finish.jpg", pictures.bib("8012")))

    answer = trip.answer(message)

    assert answer.text.startswith("Bib 8012")
    assert "unsafe" not in answer.text + str(answer.blocks)
    [note] = trip.slack.messages(moderators)
    assert "May be unsafe" in note.text
    assert message.files[0] in str(note.blocks)


@SQLITE_ALONE
def test_the_moderators_are_told_once_however_often_somebody_looks(trip: Trip) -> None:
    moderators = trip.channel(private=True)
    channel = trip.channel(**LOOKS_UNSAFE, moderation="both", moderators=moderators)
    message = trip.drop(channel, Upload("finish.jpg", pictures.bib("8013")))
    assert "May be unsafe" in trip.answer(message).text

    trip.slack.shortcut(trip.slack.other.id, message, "look")
    trip.settle()

    assert len(trip.slack.messages(moderators)) == 1


@SQLITE_ALONE
def test_a_look_that_takes_long_gives_a_sign_of_life_that_goes_with_the_answer(trip: Trip) -> None:
    trip.slack.faults.add("download", "hang", seconds=2.0)
    message = trip.drop(trip.channel(), Upload("finish.jpg", pictures.bib("8021")))

    trip.slack.wait(lambda: bool(_statuses(trip, message)))
    assert trip.slack.replies(message) == []
    trip.answer(message)

    assert _statuses(trip, message) == ["is looking at the photo…", ""]


@SQLITE_ALONE
def test_a_quick_look_gives_no_sign_of_life(trip: Trip) -> None:
    message = trip.drop(trip.channel(on=False), Upload("broken.jpg", b"\xff\xd8\xff"))

    trip.slack.shortcut(trip.slack.member.id, message, "look")

    assert trip.answer(message).text.startswith("This file is empty or damaged")
    assert _statuses(trip, message) == []


def _statuses(trip: Trip, message: Message) -> list[str]:
    return [each.status for each in trip.slack.statuses if each.thread_ts == message.ts]
