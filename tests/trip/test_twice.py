"""Whatever comes twice, late, in another order or not at all: one answer, one look."""

import time
from datetime import timedelta
from uuid import uuid4

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.demo.records import Message, Upload
from storage.models import AnswerRow, NoticeRow, ShareRow
from tests import pictures
from tests.trip.conftest import SQLITE_ALONE, Trip


def test_a_second_delivery_brings_nothing_new(trip: Trip) -> None:
    message = trip.drop(trip.channel(), Upload("finish.jpg", pictures.bib("4001")))
    first = trip.answer(message)
    calls = len(trip.slack.calls)

    trip.slack.redeliver(1)
    trip.settle()

    assert trip.slack.replies(message) == [first]
    assert len(trip.slack.calls) == calls


def test_events_in_another_order_and_twice_give_one_answer_to_each_message(trip: Trip) -> None:
    numbers = ["4011", "4012", "4013", "4014"]
    with trip.slack.shuffled(7, twice=0.8):
        messages = [trip.drop(trip.channel(), Upload("run.jpg", pictures.bib(number))) for number in numbers]

    answers = [trip.answer(message) for message in messages]

    assert [answer.text.split("\n")[0] for answer in answers] == [f"Bib {number}" for number in numbers]


def test_a_photo_shared_again_elsewhere_is_answered_there_from_memory(trip: Trip) -> None:
    """What is remembered of it is changed on the way: only an answer out of the memory can tell the change."""
    message = trip.drop(trip.channel(), Upload("finish.jpg", pictures.bib("4021")))
    trip.answer(message)
    _misremember(trip, message.files[0], "4021", "4022")

    again = trip.slack.reshare(trip.slack.other.id, message.files[0], trip.channel())

    assert trip.answer(again).text.startswith("Bib 4022")
    assert len(trip.slack.replies(message)) == 1


@SQLITE_ALONE
def test_a_photo_shared_twice_in_one_channel_is_answered_both_times(trip: Trip) -> None:
    channel = trip.channel()
    message = trip.drop(channel, Upload("finish.jpg", pictures.bib("4025")))
    trip.answer(message)

    again = trip.slack.reshare(trip.slack.other.id, message.files[0], channel)

    assert trip.answer(again).text.startswith("Bib 4025")


def test_a_photo_whose_event_never_came_is_found_and_answered_once(trip: Trip) -> None:
    missed = _shared_in_silence(trip, trip.channel(), "4031")
    _started(trip, hours_ago=1)

    _catch_up(trip)
    assert trip.answer(missed).text.startswith("Bib 4031")
    _catch_up(trip)

    assert len(trip.slack.replies(missed)) == 1


@SQLITE_ALONE
def test_a_missed_photo_in_a_channel_that_spotter_is_not_in_is_left_alone(trip: Trip) -> None:
    missed = _shared_in_silence(trip, trip.channel(joined=False), "4033")
    _started(trip, hours_ago=1)

    _catch_up(trip)

    with Session(trip.bot.storage.engine) as session:
        assert session.scalars(select(ShareRow).filter_by(file=missed.files[0])).all() == []


def _catch_up(trip: Trip) -> None:
    """Do what is done every ten minutes."""
    trip.bot.jobs.submit("catch_up", uuid4().hex, {"workspace": trip.slack.team_id})
    trip.settle()


def _shared_in_silence(trip: Trip, channel: str, number: str) -> Message:
    """A photo dropped ten minutes ago, of which Slack never told."""
    slack = trip.slack
    file = slack.workspace.new_file(slack.member.id, Upload("missed.jpg", pictures.bib(number)))
    ts = f"{time.time() - 600:.6f}"
    return slack.workspace.add(Message(channel=channel, ts=ts, user=slack.member.id, files=(file.id,)))


def _started(trip: Trip, *, hours_ago: int) -> None:
    with trip.bot.storage.begin(trip.slack.team_id) as work:
        since = work.notices.since("first start")
    with Session(trip.bot.storage.engine) as session, session.begin():
        earlier = since - timedelta(hours=hours_ago)
        session.execute(update(NoticeRow).filter_by(key="first start").values(told_at=earlier))


def _misremember(trip: Trip, file: str, number: str, other: str) -> None:
    with Session(trip.bot.storage.engine) as session, session.begin():
        digest = session.scalars(select(ShareRow.digest).filter_by(file=file)).one()
        for row in session.scalars(select(AnswerRow).filter_by(digest=digest)).all():
            session.execute(delete(AnswerRow).filter_by(digest=digest, operation=row.operation))
            words = [
                {**word, "DetectedText": word["DetectedText"].replace(number, other)}
                for word in row.answer["TextDetections"]
            ]
            session.add(
                AnswerRow(
                    workspace=row.workspace,
                    digest=digest,
                    operation=row.operation,
                    options=row.options,
                    model=row.model,
                    answer={**row.answer, "TextDetections": words},
                )
            )
