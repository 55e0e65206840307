"""After ninety days what was found in a photo is gone, and its answer stays, until its photo goes or a person asks."""

from datetime import timedelta

from bot.core.consent import utc_now
from bot.core.geometry import Box
from bot.core.people import FaceMatch
from bot.demo.records import Message, Upload
from tests import pictures
from tests.trip.conftest import SQLITE_ALONE, Trip
from tests.trip.people import agree, bring, mia, typed
from tests.trip.searching import find

pytestmark = SQLITE_ALONE
__all__ = ["mia"]


def old(trip: Trip, bib: str) -> Message:
    """A photo that was answered long ago."""
    message = trip.drop(trip.channel(), Upload("finish.jpg", pictures.bib(bib)))
    trip.answer(message)
    return message


def retire(trip: Trip) -> None:
    """Forget what was found in all photos so far."""
    tomorrow = utc_now() + timedelta(days=1)
    with trip.bot.storage.begin(trip.slack.team_id) as work:
        work.ageing.forget(work.ageing.old_photos(tomorrow))


def test_it_is_not_found_any_more_and_its_answer_stays_until_the_photo_is_deleted(trip: Trip) -> None:
    message = old(trip, "6401")
    assert "6401" in find(trip, message.channel, "/findbib 6401").text

    retire(trip)

    assert "no photo" in find(trip, message.channel, "/findbib 6401").text
    assert trip.slack.replies(message)[0].text.startswith("Bib 6401")
    trip.slack.delete_file(trip.slack.member.id, message.files[0])
    trip.settle()
    assert trip.slack.replies(message) == []


def test_an_old_answer_that_may_name_somebody_goes_when_they_are_forgotten(trip: Trip, mia: str) -> None:
    message, other = old(trip, "6411"), old(trip, "6412")
    agree(trip, mia, bring(trip, mia, message.channel))
    person = trip.bot.spotter.enrolling.person_of(trip.slack.team_id, mia)
    assert person
    face = FaceMatch(box=Box(0.4, 0.1, 0.2, 0.2), certainty="probably", person=person.id, similarity=99.5)
    with trip.bot.storage.begin(trip.slack.team_id) as work:
        [share] = work.shares.in_message(message.channel, message.ts)
        work.matches.keep(share, [face])
    retire(trip)

    typed(trip, mia, message.channel, "/faces", "forget")
    trip.settle()

    assert trip.slack.replies(message) == []
    assert len(trip.slack.replies(other)) == 1
