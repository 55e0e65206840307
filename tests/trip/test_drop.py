"""A photo is dropped, and answered in its thread."""

from bot.core.channel import USUAL_DETECTORS, ChannelSettings
from bot.demo.records import Upload
from tests import pictures
from tests.trip.conftest import SQLITE_ALONE, Trip


def test_a_photo_without_a_word_is_answered_in_its_thread(trip: Trip) -> None:
    message = trip.drop(trip.channel(detectors=USUAL_DETECTORS), Upload("finish.jpg", pictures.bib("1234")))

    answer = trip.answer(message)

    assert answer.text.startswith("Bib 1234")
    assert answer.thread_ts == message.ts


def test_ten_photos_in_one_message_get_one_answer_with_all_ten(trip: Trip) -> None:
    numbers = [str(2101 + place) for place in range(10)]
    message = trip.drop(trip.channel(), *(Upload(f"{number}.jpg", pictures.bib(number)) for number in numbers))

    answer = trip.answer(message)

    assert all(number in answer.text for number in numbers)
    assert "so far" not in answer.text
    assert len([call for call in trip.slack.calls_of("chat.postMessage") if _thread(call.arguments) == message.ts]) == 1


@SQLITE_ALONE
def test_a_photo_in_a_private_channel_is_answered_there(trip: Trip) -> None:
    message = trip.drop(trip.channel(private=True), Upload("crew.jpg", pictures.bib("3001")))

    assert trip.answer(message).text.startswith("Bib 3001")


@SQLITE_ALONE
def test_a_photo_in_a_thread_is_answered_under_the_threads_first_message(trip: Trip) -> None:
    channel = trip.channel()
    root = trip.slack.say(trip.slack.other.id, channel, "Who has photos of the finish?")
    message = trip.drop(channel, Upload("finish.jpg", pictures.bib("3002")), thread_ts=root.ts)

    trip.slack.wait(lambda: len(trip.slack.replies(root)) == 2)
    trip.settle()

    dropped, answer = trip.slack.replies(root)
    assert dropped.ts == message.ts
    assert answer.text.startswith("Bib 3002")


@SQLITE_ALONE
def test_a_photo_whose_share_comes_late_is_awaited(trip: Trip) -> None:
    trip.slack.workspace.late = 1.0
    try:
        message = trip.drop(trip.channel(), Upload("late.jpg", pictures.bib("3003")))
    finally:
        trip.slack.workspace.late = 0.0

    assert trip.answer(message).text.startswith("Bib 3003")


@SQLITE_ALONE
def test_a_photo_from_an_iphone_is_read(trip: Trip) -> None:
    message = trip.drop(trip.channel(), Upload("IMG_0001.HEIC", pictures.heic(pictures.sheet("3004"))))

    assert trip.answer(message).text.startswith("Bib 3004")


@SQLITE_ALONE
def test_of_an_animation_the_first_frame_is_read_and_that_is_said(trip: Trip) -> None:
    frames = [pictures.sheet("3005"), pictures.sheet("9999")]
    message = trip.drop(trip.channel(), Upload("finish.gif", pictures.animation(frames)))

    answer = trip.answer(message)

    assert "3005" in answer.text
    assert "9999" not in answer.text
    assert "It is animated: I looked at the first frame." in answer.text


@SQLITE_ALONE
def test_where_nothing_is_found_nothing_is_said(trip: Trip) -> None:
    message = trip.drop(trip.channel(), Upload("fog.jpg", pictures.plain(1)))

    trip.settle()

    assert trip.slack.replies(message) == []


@SQLITE_ALONE
def test_where_the_channel_wants_it_nothing_found_is_said(trip: Trip) -> None:
    channel = trip.channel(nothing_found="say")
    message = trip.drop(channel, Upload("fog.jpg", pictures.plain(2)))

    assert trip.answer(message).text == "I found nothing in this photo."


@SQLITE_ALONE
def test_where_spotter_is_off_nothing_is_looked_at(trip: Trip) -> None:
    message = trip.drop(trip.channel(on=False), Upload("finish.jpg", pictures.bib("3006")))

    trip.settle()

    assert trip.slack.replies(message) == []


@SQLITE_ALONE
def test_a_photo_of_another_company_is_answered_in_a_shared_channel_where_an_admin_said_so(trip: Trip) -> None:
    slack = trip.slack
    trip.decide(slack.shared.id, ChannelSettings(detectors=("text",), strangers=True))
    message = slack.drop(slack.stranger.id, slack.shared.id, [Upload("partner.jpg", pictures.bib("3007"))])

    assert trip.answer(message).text.startswith("Bib 3007")


def _thread(arguments: dict[str, object]) -> object:
    return arguments.get("thread_ts")
