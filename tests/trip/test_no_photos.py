"""Files that are no photos, or that cannot be looked at."""

import pytest

from bot.demo.records import Message, Upload
from tests import pictures
from tests.trip.conftest import SQLITE_ALONE, Trip

pytestmark = SQLITE_ALONE
PDF = Upload("results.pdf", b"%PDF-1.7 the results")


def test_a_pdf_alone_gets_no_answer(trip: Trip) -> None:
    message = trip.drop(trip.channel(nothing_found="say"), PDF)

    trip.settle()

    assert trip.slack.replies(message) == []


def test_beside_a_pdf_the_photo_is_answered_and_the_pdf_is_not_mentioned(trip: Trip) -> None:
    message = trip.drop(trip.channel(), PDF, Upload("finish.jpg", pictures.bib("6001")))

    answer = trip.answer(message)

    assert answer.text.startswith("Bib 6001")
    assert "results.pdf" not in answer.text


@pytest.mark.parametrize(
    ("upload", "say"),
    [
        (Upload("finish.mp4", b"a film"), "I can't watch videos. Send me photos, and I will look at them."),
        (Upload("damaged.jpg", pictures.plain()[:300]), "This file is empty or damaged, so I skipped it."),
        (Upload("results.jpg", PDF.data), "This looks like a PDF."),
        (Upload("login.jpg", b"<!DOCTYPE html><title>Sign in</title>"), "I'm not allowed to read this file."),
        (
            Upload("far.jpg", b"", "image/jpeg", external_url="http://169.254.169.254/"),
            "This photo lies outside Slack.",
        ),
    ],
    ids=lambda value: value.name if isinstance(value, Upload) else "",
)
def test_what_cannot_be_looked_at_gets_one_sentence(trip: Trip, upload: Upload, say: str) -> None:
    message = trip.drop(trip.channel(), upload)

    assert say in trip.answer(message).text


def test_what_spotter_uploads_itself_is_not_looked_at(trip: Trip) -> None:
    slack = trip.slack
    file = slack.workspace.new_file(slack.bot.id, Upload("ours.jpg", pictures.bib("6011")))
    ours = Message(channel=trip.channel(), ts=slack.workspace.new_ts(), user=slack.bot.id, files=(file.id,))
    slack.reshare(slack.bot.id, file.id, ours.channel)

    trip.settle()

    [posted] = slack.messages(ours.channel)
    assert slack.replies(posted) == []


def test_a_photo_in_a_channel_that_spotter_is_not_in_is_left_alone(trip: Trip) -> None:
    channel = trip.channel()
    with trip.slack.shuffled(1):  # the event is on its way when Spotter is removed
        message = trip.drop(channel, Upload("private.jpg", pictures.bib("6021")))
        trip.slack.kick(channel)

    trip.settle()

    assert trip.slack.replies(message) == []
