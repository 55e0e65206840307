"""A photo that is deleted or unshared takes along what is known of it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.demo.records import Upload
from storage.models import AnswerRow, BibRow, FindingRow, ShareRow
from tests import pictures
from tests.trip.conftest import SQLITE_ALONE, Trip


def test_a_photo_deleted_meanwhile_is_not_answered_and_nothing_is_kept(trip: Trip) -> None:
    with trip.slack.shuffled(1):  # the event waits until the photo is gone
        message = trip.drop(trip.channel(), Upload("oops.jpg", pictures.bib("5001")))
        [file] = message.files
        trip.slack.delete_file(trip.slack.member.id, file)

    trip.settle()

    assert trip.slack.replies(message) == []
    assert _known(trip, file) == []


def test_a_photo_deleted_while_it_is_fetched_is_not_answered_and_nothing_is_kept(trip: Trip) -> None:
    trip.slack.faults.add("download", "hang", seconds=1.0)
    message = trip.drop(trip.channel(), Upload("oops.jpg", pictures.bib("5002")))
    [file] = message.files
    trip.slack.wait(lambda: trip.slack.faults.played["hang"] > 0 and _known(trip, file) != [])

    trip.slack.delete_file(trip.slack.member.id, file)
    trip.settle()

    assert trip.slack.replies(message) == []
    assert _known(trip, file) == []


def test_a_deleted_photo_takes_its_answer_and_all_that_was_known_along(trip: Trip) -> None:
    message = trip.drop(trip.channel(), Upload("finish.jpg", pictures.bib("5011")))
    trip.answer(message)
    [file] = message.files
    digests = _digests(trip, file)

    trip.slack.delete_file(trip.slack.member.id, file)
    trip.settle()

    assert trip.slack.replies(message) == []
    assert _known(trip, file) == []
    with Session(trip.bot.storage.engine) as session:
        assert session.scalars(select(AnswerRow).where(AnswerRow.digest.in_(digests))).all() == []
        assert session.scalars(select(BibRow).filter_by(number="5011")).all() == []
        orphans = select(FindingRow).where(FindingRow.share_id.not_in(select(ShareRow.id)))
        assert session.scalars(orphans).all() == []


def test_of_two_photos_the_one_that_stays_is_still_answered(trip: Trip) -> None:
    photos = [Upload("stays.jpg", pictures.bib("5021")), Upload("goes.jpg", pictures.bib("5022"))]
    message = trip.drop(trip.channel(), *photos)
    trip.answer(message)

    trip.slack.delete_file(trip.slack.member.id, message.files[1])
    trip.settle()

    [answer] = trip.slack.replies(message)
    assert "5021" in answer.text
    assert "5022" not in answer.text


@SQLITE_ALONE
def test_a_photo_unshared_from_one_channel_stays_answered_in_the_other(trip: Trip) -> None:
    message = trip.drop(trip.channel(), Upload("finish.jpg", pictures.bib("5031")))
    trip.answer(message)
    [file] = message.files
    again = trip.slack.reshare(trip.slack.other.id, file, trip.channel())
    trip.answer(again)

    trip.slack.unshare(trip.slack.member.id, file, message.channel)
    trip.settle()

    assert trip.slack.replies(message) == []
    assert trip.slack.replies(again)[0].text.startswith("Bib 5031")
    assert [share.channel for share in _known(trip, file)] == [again.channel]


def _known(trip: Trip, file: str) -> list[ShareRow]:
    with Session(trip.bot.storage.engine) as session:
        return list(session.scalars(select(ShareRow).filter_by(file=file)))


def _digests(trip: Trip, file: str) -> list[str]:
    return [share.digest for share in _known(trip, file)]
