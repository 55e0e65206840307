"""Photos that go while no event reaches us: the hourly look finds them, and asks Slack little."""

from datetime import timedelta

from slack_sdk import WebClient

from bot.core.consent import utc_now
from bot.demo.records import Message, Upload
from bot.slack import Slack
from bot.still_there import StillThere
from tests import pictures
from tests.trip.conftest import SQLITE_ALONE, Trip

pytestmark = SQLITE_ALONE


def look(trip: Trip, *, days: int = 0, turns: int = 1) -> None:
    """Do what is done every hour, from so many days from now on."""
    slack = Slack(WebClient(trip.slack.bot_token, base_url=trip.slack.api_url))
    for turn in range(turns):
        now = utc_now() + timedelta(days=days, hours=turn)
        still_there = StillThere(
            storage=trip.bot.storage,
            slack_of=lambda _: slack,
            forget=trip.bot.spotter.forget_file,
            pause=0,
            now=lambda now=now: now,  # type: ignore[misc]  # bound now
        )
        still_there.look(f"still_there:{now}", {"workspace": trip.slack.team_id})
    trip.settle()


def vanish(trip: Trip, file: str, channel: str = "") -> None:
    """Delete a file, or unshare it from a channel, while no event reaches us."""
    workspace = trip.slack.workspace
    with workspace.changed:
        workspace.take_file_from(workspace.files[file], channel)
        workspace.files[file].is_deleted = not channel


def dropped(trip: Trip, bib: str, channel: str = "") -> Message:
    """A photo that was dropped and answered."""
    message = trip.drop(channel or trip.channel(), Upload("finish.jpg", pictures.bib(bib)))
    trip.answer(message)
    return message


def known(trip: Trip, message: Message) -> frozenset[str]:
    """In which messages of its channel a photo is known."""
    with trip.bot.storage.begin(trip.slack.team_id) as work:
        return work.shares.knows(message.channel, message.files[0])


def test_a_photo_that_was_deleted_without_an_event_is_forgotten_and_others_stay(trip: Trip) -> None:
    gone, stays = dropped(trip, "6301"), dropped(trip, "6302")
    vanish(trip, gone.files[0])

    look(trip)

    assert trip.slack.replies(gone) == []
    assert known(trip, gone) == frozenset()
    assert len(trip.slack.replies(stays)) == 1
    assert known(trip, stays) == {stays.ts}


def test_a_photo_that_was_unshared_without_an_event_is_forgotten_there_alone(trip: Trip) -> None:
    first = dropped(trip, "6311")
    again = trip.slack.reshare(trip.slack.other.id, first.files[0], trip.channel())
    trip.answer(again)
    vanish(trip, first.files[0], first.channel)

    look(trip)

    assert trip.slack.replies(first) == []
    assert known(trip, first) == frozenset()
    assert known(trip, again) == {again.ts}


def test_what_the_list_names_is_not_asked_about(trip: Trip) -> None:
    message = dropped(trip, "6321")
    before = len(trip.slack.calls_of("files.info"))

    look(trip)

    asked = [call.arguments.get("file") for call in list(trip.slack.calls_of("files.info"))[before:]]
    assert message.files[0] not in asked
    assert known(trip, message) == {message.ts}


def test_an_older_photo_has_its_turn(trip: Trip) -> None:
    gone, stays = dropped(trip, "6331"), dropped(trip, "6332")
    vanish(trip, gone.files[0])
    with trip.bot.storage.begin(trip.slack.team_id) as work:
        photos = len(work.shares.places(trip.slack.workspace.channels, since=utc_now() - timedelta(days=1)))

    look(trip, days=30, turns=photos // 20 + 1)

    assert known(trip, gone) == frozenset()
    assert known(trip, stays) == {stays.ts}


def test_where_we_were_removed_nothing_is_forgotten(trip: Trip) -> None:
    message = dropped(trip, "6341", trip.channel(private=True))
    trip.slack.kick(message.channel)

    look(trip)

    assert known(trip, message) == {message.ts}
