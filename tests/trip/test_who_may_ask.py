"""Who may ask, and whose photos are looked at unasked: people of this workspace; others only where an admin said so."""

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.demo.records import Message, Upload, User
from storage.models import ShareRow
from tests import pictures
from tests.trip.conftest import SQLITE_ALONE, Trip
from tests.trip.searching import find, press

pytestmark = SQLITE_ALONE
REFUSED = "Only people of this workspace can ask me. Ask one of them."


def join(trip: Trip, channel: str, user: User) -> User:
    """Let somebody into the workspace, as far as they are, and into a channel."""
    trip.slack.workspace.users[user.id] = user
    trip.slack.workspace.channels[channel].members.add(user.id)
    return user


def bare(message: Message) -> str:
    """The blocks of a message, without the ids that Slack gives them."""
    return str([{**block, "block_id": ""} for block in message.blocks])


def known(trip: Trip) -> set[str]:
    """The channels of which anything is known."""
    with Session(trip.bot.storage.engine) as session:
        return set(session.scalars(select(ShareRow.channel)))


@pytest.mark.parametrize("command", ["/findbib", "/findphoto", "/whois", "/faces", "/spotter"])
def test_people_of_another_company_are_told_to_ask_somebody_here(trip: Trip, command: str) -> None:
    stranger = trip.slack.stranger.id
    before = len(trip.slack.ephemerals(stranger))

    trip.slack.command(stranger, trip.slack.shared.id, command, "me")

    trip.slack.wait(lambda: len(trip.slack.ephemerals(stranger)) > before)
    assert trip.slack.ephemerals(stranger)[-1].text == REFUSED


def test_whoever_was_deactivated_presses_no_button_any_more(trip: Trip) -> None:
    leaver = join(trip, channel := trip.channel(), replace(trip.slack.member, id=f"U{uuid4().hex[:8].upper()}"))
    dropped = trip.drop(channel, Upload("finish.jpg", pictures.bib("93011")))
    trip.answer(dropped)
    found = find(trip, channel, "/findbib 93011", user=leaver.id)
    trip.slack.deactivate(leaver.id)
    trip.bot.spotter.forget_access(trip.slack.team_id, leaver.id)

    said = press(trip, found, "findbib_share", user=leaver.id)

    assert said.text == REFUSED
    assert len(trip.slack.messages(channel)) == 1


@pytest.mark.parametrize("kind", ["stranger", "bot"])
def test_photos_of_other_companies_and_of_bots_are_not_looked_at_unasked(trip: Trip, kind: str) -> None:
    channel = trip.channel()
    nobody = User(
        id=f"U{uuid4().hex[:8].upper()}", name="x", real_name="X", team_id="T0ELSEWHERE", is_stranger=kind == "stranger"
    )
    poster = join(
        trip, channel, nobody if kind == "stranger" else replace(nobody, team_id=trip.slack.team_id, is_bot=True)
    )

    dropped = trip.slack.drop(poster.id, channel, [Upload("finish.jpg", pictures.bib("94022"))])
    trip.settle()

    assert trip.slack.replies(dropped) == []
    assert channel not in known(trip)


def test_a_mention_by_somebody_of_another_company_is_not_answered(trip: Trip) -> None:
    said = trip.slack.say(trip.slack.stranger.id, trip.slack.shared.id, f"<@{trip.slack.bot_user_id}> findbib 93011")
    trip.settle()

    assert trip.slack.replies(said) == []


def test_a_photo_in_direct_messages_is_never_kept(trip: Trip) -> None:
    place = trip.slack.direct_messages(trip.slack.member.id)

    trip.slack.drop(trip.slack.member.id, place.id, [Upload("secret.jpg", pictures.bib("95033"))])
    trip.settle()

    assert place.id not in known(trip)


def test_whoever_left_a_channel_shows_nothing_there_any_more(trip: Trip) -> None:
    dropped = trip.drop(channel := trip.channel(), Upload("finish.jpg", pictures.bib("96044")))
    trip.answer(dropped)
    leaver = join(trip, channel, replace(trip.slack.member, id=f"U{uuid4().hex[:8].upper()}"))
    found = find(trip, channel, "/findbib 96044", user=leaver.id)
    trip.slack.kick(channel, leaver.id)
    trip.bot.spotter.forget_access(trip.slack.team_id, leaver.id)

    said = press(trip, found, "findbib_share", user=leaver.id)

    assert said.text.startswith("Nothing of this may be shown here")
    assert len(trip.slack.messages(channel)) == 1


def test_a_guest_finds_the_photos_of_their_own_channels_alone(trip: Trip) -> None:
    theirs, other = trip.channel(), trip.channel()
    trip.slack.workspace.channels[theirs].members.add(trip.slack.guest.id)
    for channel in (theirs, other):
        trip.answer(trip.drop(channel, Upload(f"{channel}.jpg", pictures.bib("97055"))))

    found = find(trip, theirs, "/findbib 97055", user=trip.slack.guest.id)

    assert found.text.startswith("Bib 97055: 1 photo")
    assert f"{other}.jpg" not in found.text


def test_what_is_hidden_changes_no_letter_of_the_answer(trip: Trip) -> None:
    trip.answer(trip.drop(trip.channel(private=True), Upload("finish.jpg", pictures.bib("770614"))))

    hidden = find(trip, trip.slack.race.id, "/findbib 770614", user=trip.slack.guest.id)
    nothing = find(trip, trip.slack.race.id, "/findbib 881725", user=trip.slack.guest.id)

    assert hidden.text.replace("770614", "881725") == nothing.text
    assert bare(hidden).replace("770614", "881725") == bare(nothing)
