"""A photo is dropped, and answered in its thread."""

from bot.demo.records import Upload
from tests import pictures
from tests.trip.conftest import Trip


def test_a_photo_without_a_word_is_answered_in_its_thread(trip: Trip) -> None:
    slack = trip.slack
    message = slack.drop(slack.member.id, slack.race.id, [Upload("finish.jpg", pictures.bib("1234"))])

    slack.wait(lambda: bool(slack.replies(message)))

    [reply] = slack.replies(message)
    assert reply.text.startswith("Bib 1234")
    assert reply.thread_ts == message.ts
