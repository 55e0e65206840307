"""A look on demand: by mention, by the message's menu, by `/spotter look`."""

from collections.abc import Callable

import pytest

from bot.demo.delivery import Ack
from bot.demo.records import Message, Upload, View
from tests import pictures
from tests.trip.conftest import SQLITE_ALONE, Trip

pytestmark = SQLITE_ALONE
NOT_HERE = "I am not in this channel. Invite me with /invite @Spotter, then ask again."


def test_a_mention_in_a_thread_with_a_known_photo_tells_what_is_in_it(trip: Trip) -> None:
    message = trip.drop(trip.channel(), Upload("finish.jpg", pictures.bib("7001")))
    trip.answer(message)

    _mention(trip, message.channel, message.ts)
    trip.settle()

    _, _, told = trip.slack.replies(message)
    assert told.text.startswith("Bib 7001")


def test_a_mention_in_a_thread_without_photos_points_to_the_message_menu(trip: Trip) -> None:
    channel = trip.channel()
    root = trip.slack.say(trip.slack.other.id, channel, "Who has photos?")

    _mention(trip, channel, root.ts)
    trip.settle()

    _, told = trip.slack.replies(root)
    assert "choose “Look at this photo”" in told.text


def test_a_mention_that_brings_a_photo_is_answered_once(trip: Trip) -> None:
    message = trip.drop(
        trip.channel(), Upload("finish.jpg", pictures.bib("7003")), text=f"<@{trip.slack.bot.id}> who is this?"
    )

    assert trip.answer(message).text.startswith("Bib 7003")


def test_the_menu_of_a_message_looks_at_a_photo_that_nobody_looked_at(trip: Trip) -> None:
    message = trip.drop(trip.channel(on=False), Upload("finish.jpg", pictures.bib("7011")))
    trip.settle()

    said = _menu(trip, message)

    assert trip.answer(message).text.startswith("Bib 7011")
    assert said == ["I am looking. The answer comes in the photo's thread.", "My answer is in the photo's thread."]


def test_the_menu_of_an_answered_message_points_to_the_answer(trip: Trip) -> None:
    message = trip.drop(trip.channel(), Upload("finish.jpg", pictures.bib("7012")))
    first = trip.answer(message)

    said = _menu(trip, message)

    assert trip.answer(message).ts == first.ts
    assert said[-1] == "My answer is in the photo's thread."


def test_the_menu_tells_whoever_asked_when_there_is_nothing_to_tell(trip: Trip) -> None:
    message = trip.drop(trip.channel(), Upload("fog.jpg", pictures.plain(12)))

    said = _menu(trip, message)

    assert said[-1] == "I looked, and found nothing to tell."
    assert trip.slack.replies(message) == []


def test_the_menu_does_not_claim_an_answer_that_was_deleted(trip: Trip) -> None:
    message = trip.drop(trip.channel(), Upload("finish.jpg", pictures.bib("7013")))
    trip.slack.press(trip.slack.member.id, trip.answer(message), "photo_reply", "delete")
    trip.slack.wait(lambda: trip.slack.replies(message) == [])

    said = _menu(trip, message)

    assert said[-1] == "My answer to this photo was deleted, or can't be posted there."


def test_the_menu_of_a_message_without_photos_says_so(trip: Trip) -> None:
    message = trip.slack.say(trip.slack.member.id, trip.channel(), "No photo here")

    assert _menu(trip, message, told=1) == ["There is no photo in this message that I can look at."]


def test_the_menu_in_a_channel_without_spotter_asks_for_an_invitation(trip: Trip) -> None:
    message = trip.drop(trip.channel(joined=False), Upload("finish.jpg", pictures.bib("7014")))

    assert _menu(trip, message, told=1) == [NOT_HERE]


def test_once_invited_spotter_looks_at_once(trip: Trip) -> None:
    message = trip.drop(trip.channel(joined=False), Upload("finish.jpg", pictures.bib("7015")))
    _menu(trip, message, told=1)
    trip.slack.invite(message.channel)

    _menu(trip, message)

    assert trip.answer(message).text.startswith("Bib 7015")


def test_spotter_look_looks_at_the_newest_photo_of_the_channel(trip: Trip) -> None:
    channel = trip.channel(on=False)
    older = trip.drop(channel, Upload("older.jpg", pictures.bib("7021")))
    newer = trip.drop(channel, Upload("newer.jpg", pictures.bib("7022")))

    said = _look(trip, channel)

    assert trip.answer(newer).text.startswith("Bib 7022")
    assert trip.slack.replies(older) == []
    assert said[0] == "I am looking at it. The answer comes in the photo's thread."


def test_spotter_look_takes_a_photos_link(trip: Trip) -> None:
    message = trip.drop(trip.channel(on=False), Upload("finish.jpg", pictures.bib("7023")))

    _look(trip, trip.channel(), _link(trip, message))

    assert trip.answer(message).text.startswith("Bib 7023")


def test_a_link_into_a_channel_that_the_asker_cannot_open_is_as_good_as_none(trip: Trip) -> None:
    slack = trip.slack
    message = trip.drop(trip.channel(private=True, on=False), Upload("secret.jpg", pictures.bib("7024")))
    here = trip.channel()
    slack.workspace.channels[message.channel].members.discard(slack.other.id)

    [said] = _look(trip, here, _link(trip, message), user=slack.other.id, told=1)

    assert said.startswith("I can't see this photo.")
    assert slack.replies(message) == []


def test_without_a_photo_in_the_channel_a_modal_asks_for_one_and_the_answer_is_a_direct_message(trip: Trip) -> None:
    slack, channel = trip.slack, trip.channel()
    view = _modal(trip, channel)

    slack.submit(slack.member.id, view, {"picture": [Upload("mine.jpg", pictures.bib("7025"))]})

    assert _direct(trip, "Bib 7025").channel != channel
    assert slack.messages(channel) == []


def test_whoever_got_an_answer_by_direct_message_can_delete_it(trip: Trip) -> None:
    slack = trip.slack
    view = _modal(trip, trip.channel())
    slack.submit(slack.member.id, view, {"picture": [Upload("mine.jpg", pictures.bib("7026"))]})
    answer = _direct(trip, "Bib 7026")

    slack.press(slack.member.id, answer, "photo_reply", "delete")

    slack.wait(lambda: answer not in slack.messages(answer.channel))


def test_a_picture_that_cannot_be_looked_at_is_told_to_whoever_gave_it(trip: Trip) -> None:
    slack = trip.slack
    view = _modal(trip, trip.channel())

    slack.submit(slack.member.id, view, {"picture": [Upload("mine.pdf", b"%PDF-1.7")]})

    assert "This looks like a PDF." in _direct(trip, "I can read JPEG").text


def test_the_button_below_a_look_opens_the_modal_for_another_picture(trip: Trip) -> None:
    slack = trip.slack
    trip.drop(channel := trip.channel(), Upload("finish.jpg", pictures.bib("7027")))
    _look(trip, channel)
    known = slack.views(slack.member.id)

    slack.press(slack.member.id, slack.ephemerals(slack.member.id)[-2], "look_upload")

    slack.wait(lambda: len(slack.views(slack.member.id)) > len(known))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Drop photos into a channel that I am in"),
        ("help", "/spotter look: Look at a photo"),
        ("status", "I am on in this channel. I look for bib numbers and other text."),
        ("usage", "Only workspace admins can see what was spent."),
        ("dance", "I don't know “dance”. Usage: /spotter look | help | status"),
        ("look at that", "Usage: /spotter look, or /spotter look and the link of a photo in Slack."),
    ],
)
def test_spotter_answers_whoever_types_it(trip: Trip, text: str, says: str) -> None:
    channel = trip.channel()

    [told] = _asked(trip, trip.slack.member.id, 1, lambda user: trip.slack.command(user, channel, "/spotter", text))

    assert says in told


def _mention(trip: Trip, channel: str, thread: str) -> Message:
    return trip.slack.say(trip.slack.member.id, channel, f"<@{trip.slack.bot.id}> who is this?", thread)


def _link(trip: Trip, message: Message) -> str:
    return f"<{trip.slack.workspace.app.home}/files/{message.user}/{message.files[0]}/finish.jpg>"


def _menu(trip: Trip, message: Message, *, told: int = 2) -> list[str]:
    """Choose “Look at this photo”: what the asker is told, once it is so many sentences."""
    return _asked(trip, trip.slack.member.id, told, lambda user: trip.slack.shortcut(user, message, "look"))


def _look(trip: Trip, channel: str, link: str = "", *, user: str = "", told: int = 2) -> list[str]:
    """Type `/spotter look`: what the asker is told, once it is so many sentences."""
    asker = user or trip.slack.member.id
    return _asked(trip, asker, told, lambda user: trip.slack.command(user, channel, "/spotter", f"look {link}"))


def _asked(trip: Trip, user: str, told: int, ask: Callable[[str], Ack]) -> list[str]:
    before = len(trip.slack.ephemerals(user))
    assert ask(user).ok
    trip.slack.wait(lambda: len(trip.slack.ephemerals(user)) >= before + told, 20)
    trip.settle()
    return [message.text for message in trip.slack.ephemerals(user)[before:]]


def _modal(trip: Trip, channel: str) -> View:
    """Type `/spotter look` where there is no photo: the modal that opens."""
    slack = trip.slack
    known = slack.views(slack.member.id)
    _look(trip, channel, told=0)
    slack.wait(lambda: len(slack.views(slack.member.id)) > len(known))
    return slack.views(slack.member.id)[-1]


def _direct(trip: Trip, begins: str) -> Message:
    """The direct message that begins so, once it is there."""
    slack = trip.slack
    direct = slack.direct_messages(slack.member.id).id
    slack.wait(lambda: any(each.text.startswith(begins) for each in slack.messages(direct)), 20)
    [message] = [each for each in slack.messages(direct) if each.text.startswith(begins)]
    return message
