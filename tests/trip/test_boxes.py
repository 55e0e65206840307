"""What can be asked of an answer: boxes, why, thumbs."""

from io import BytesIO

from PIL import Image

from bot.core.corrections import Correction
from bot.core.share import Share
from bot.demo.records import Upload
from bot.log import correlation
from tests import pictures
from tests.conftest import ROOT
from tests.trip.conftest import SQLITE_ALONE, Trip
from tests.trip.drawn import boxes_of, choose, ours
from tests.trip.people import modal


def test_boxes_are_drawn_once_and_said_in_words(trip: Trip) -> None:
    message = trip.drop(trip.channel(), Upload("finish.jpg", pictures.bib("4101")))

    answer = boxes_of(trip, message)
    again = trip.whisper(trip.slack.member.id, lambda: choose(trip, answer, "boxes"))
    trip.settle()

    [picture] = ours(trip, message)
    assert (picture.name, picture.alt_txt) == (
        "finish-boxes.jpg",
        "The photo with a box around each finding. Bib: 4101.",
    )
    assert again.text == "The picture with boxes is in the thread already."
    with Image.open(BytesIO(picture.data)) as drawn:
        assert drawn.height > drawn.width * 3 / 4  # the legend stands below the photo


@SQLITE_ALONE
def test_the_picture_goes_with_its_photo(trip: Trip) -> None:
    message = trip.drop(trip.channel(), Upload("finish.jpg", pictures.bib("4102")))
    boxes_of(trip, message)

    trip.slack.delete_file(message.user, message.files[0])
    trip.settle()

    assert ours(trip, message) == []


@SQLITE_ALONE
def test_a_picture_that_shows_a_wrong_bib_is_taken_down(trip: Trip) -> None:
    message = trip.drop(trip.channel(), Upload("finish.jpg", pictures.bib("4106")))
    boxes_of(trip, message)
    share = Share(channel=message.channel, ts=message.ts, file=message.files[0])

    correction = Correction(by=trip.slack.member.id, was="4106", number="4107", channel=message.channel)
    trip.bot.spotter.correcting.correct(trip.slack.team_id, share, correction)
    trip.settle()

    assert ours(trip, message) == []


@SQLITE_ALONE
def test_a_picture_that_somebody_deleted_is_drawn_again(trip: Trip) -> None:
    message = trip.drop(trip.channel(), Upload("finish.jpg", pictures.bib("4103")))
    boxes_of(trip, message)
    [first] = ours(trip, message)
    [answer] = [reply for reply in trip.slack.replies(message) if reply.blocks]
    trip.slack.delete_file(trip.slack.bot.id, first.id)
    trip.settle()

    trip.whisper(trip.slack.member.id, lambda: choose(trip, answer, "boxes"))
    trip.settle()

    assert [file.name for file in ours(trip, message)] == ["finish-boxes.jpg"]


@SQLITE_ALONE
def test_why_tells_the_evidence_and_who_looked(trip: Trip) -> None:
    message = trip.drop(trip.channel(), Upload("finish.jpg", pictures.bib("4104")))

    choose(trip, trip.answer(message), "why")
    told = str(modal(trip, trip.slack.member.id, "why").content["blocks"])

    assert "Bib *4104*, 99 % sure: read in the photo, in which I found no face" in told
    assert "How I looked: " in told
    assert "reading text" in told
    with trip.bot.storage.begin(trip.slack.team_id) as work:
        [photo] = work.evidence.of_message(message.channel, message.ts)
    assert photo.job
    assert f"In the log: {correlation(photo.job)}" in told


@SQLITE_ALONE
def test_quality_and_colours_are_asked_for_at_a_press(trip: Trip) -> None:
    message = trip.drop(trip.channel(), Upload("finish.jpg", pictures.bib("4108")))
    user = trip.slack.member.id
    choose(trip, trip.answer(message), "picture")
    trip.slack.wait(lambda: "Looking costs nothing." in str(trip.slack.views(user)))
    form = modal(trip, user, "why")

    trip.whisper(user, lambda: trip.slack.press(user, form, "picture_quality"))
    trip.slack.wait(lambda: "picture" in trip.slack.ephemerals(user)[-1].text)

    assert trip.slack.ephemerals(user)[-1].text.startswith("finish.jpg, a ")


@SQLITE_ALONE
def test_a_thumb_is_counted_once_for_each_person(trip: Trip) -> None:
    message = trip.drop(trip.channel(), Upload("finish.jpg", pictures.bib("4105")))
    answer, user = trip.answer(message), trip.slack.member.id
    before = trip.bot.spotter.feedback.this_month(trip.slack.team_id).get("text")
    for value in (f"bad {message.channel}-{message.ts}", f"good {message.channel}-{message.ts}"):
        trip.whisper(user, lambda value=value: trip.slack.press(user, answer, "feedback", value))  # type: ignore[misc]  # bound now

    votes = trip.bot.spotter.feedback.this_month(trip.slack.team_id)["text"]

    assert (votes.good - (before.good if before else 0), votes.bad) == (1, before.bad if before else 0)


@SQLITE_ALONE
def test_a_thumb_down_asks_what_is_wrong_where_that_may_be_several_things(trip: Trip) -> None:
    runner = Upload("runner.jpg", (ROOT / "examples" / "02_lake_road.jpg").read_bytes())
    message = trip.drop(trip.channel(detectors=("labels", "text")), runner)
    answer, user = trip.answer(message), trip.slack.other.id
    before = trip.bot.spotter.feedback.this_month(trip.slack.team_id)

    trip.slack.press(user, answer, "feedback", f"bad {message.channel}-{message.ts}")
    form = modal(trip, user, "feedback")
    trip.whisper(user, lambda: trip.slack.submit(user, form, {"wrong": ["labels"]}))

    votes = trip.bot.spotter.feedback.this_month(trip.slack.team_id)
    assert votes["labels"].bad == 1
    assert votes.get("text") == before.get("text")
