"""`/spotter admins` and `/spotter audit`: who is an admin, and what admins did."""

from collections.abc import Callable

import pytest

from bot.core.corrections import Correction
from bot.core.dead_letter import DeadLetter
from bot.demo.records import Upload
from bot.errors import NotAllowed
from bot.spotter import Reply
from tests import pictures
from tests.trip.conftest import SQLITE_ALONE, Trip
from tests.trip.people import bring, mia, new_member, typed

pytestmark = SQLITE_ALONE
__all__ = ["mia"]


def name(trip: Trip, user: str, word: str = "add", by: str = "") -> str:
    """Name somebody, or take the name back; what is said to it."""
    return typed(trip, by or trip.slack.admin.id, trip.slack.race.id, "/spotter", f"admins {word} <@{user}|somebody>")


def test_whoever_is_named_is_an_admin_until_the_name_is_taken_back(trip: Trip, mia: str) -> None:
    channel, spotter = bring(trip, mia, trip.channel()), trip.bot.spotter
    assert typed(trip, mia, channel, "/faces", "on").startswith("Only workspace admins")

    assert name(trip, mia) == f"<@{mia}> is an admin of Spotter from now on."

    assert typed(trip, mia, channel, "/faces", "on").startswith("Face matching is on in this channel.")
    assert typed(trip, mia, channel, "/spotter", "usage") != ""
    spotter.events.allow(trip.slack.team_id, mia)
    assert spotter.is_admin(trip.slack.team_id, mia)
    assert f"<@{mia}>" in typed(trip, trip.slack.member.id, channel, "/spotter", "admins")
    assert name(trip, mia) == "This person is an admin already."

    assert name(trip, mia, "remove") == f"<@{mia}> is no admin of Spotter any more."
    assert typed(trip, mia, channel, "/faces", "off").startswith("Only workspace admins")
    assert f"<@{mia}>" not in typed(trip, mia, channel, "/spotter", "admins list")


@pytest.mark.parametrize("word", ["add", "remove"])
def test_a_named_admin_chooses_no_others(trip: Trip, mia: str, word: str) -> None:
    name(trip, mia)

    assert name(trip, trip.slack.other.id, word, by=mia).startswith("Only owners and admins of this Slack workspace")
    assert not trip.bot.spotter.is_admin(trip.slack.team_id, trip.slack.other.id)


@pytest.mark.parametrize("who", ["guest", "stranger", "bot", "deactivated"])
def test_who_can_be_no_admin_is_said(trip: Trip, who: str) -> None:
    assert name(trip, getattr(trip.slack, who).id).startswith("Only members of this workspace can be admins")


def test_a_named_admin_who_leaves_is_none(trip: Trip) -> None:
    user = new_member(trip)
    name(trip, user)
    assert trip.bot.spotter.is_admin(trip.slack.team_id, user)

    trip.slack.deactivate(user)
    trip.bot.spotter.forget_access(trip.slack.team_id, user)

    assert not trip.bot.spotter.is_admin(trip.slack.team_id, user)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("admins fly", "I don't know “fly”."),
        ("admins add ada", "Choose somebody"),
        ("admins remove", "Choose somebody"),
    ],
)
def test_what_is_no_ask_gets_a_hint(trip: Trip, words: str, says: str) -> None:
    assert says in typed(trip, trip.slack.admin.id, trip.channel(), "/spotter", words)


def test_owners_and_admins_of_the_workspace_are_admins_by_themselves(trip: Trip) -> None:
    assert name(trip, trip.slack.admin.id) == "This person is an admin already."
    assert name(trip, trip.slack.admin.id, "remove").startswith("This person was not named.")


def settle(trip: Trip, channel: str) -> None:
    trip.bot.spotter.events.settle(trip.slack.team_id, trip.slack.admin.id, channel, {"refuse": "2026"})


def use_rows(trip: Trip, channel: str) -> None:
    trip.bot.spotter.events.use_rows(trip.slack.team_id, trip.slack.admin.id, channel, b"1,Ada")


def turn_on(trip: Trip, channel: str) -> None:
    typed(trip, trip.slack.admin.id, channel, "/faces", "on")


def scan(trip: Trip, channel: str) -> None:
    spotter, team, admin = trip.bot.spotter, trip.slack.team_id, trip.slack.admin.id
    spotter.events.settle(team, admin, channel, {"scan_hosts": trip.slack.file_host})
    asked, _ = spotter.scans.ask(team, admin, channel, [f"{trip.slack.url}/none.jpg"])
    spotter.scans.begin(team, admin, asked.id)
    trip.settle()


def undo(trip: Trip, channel: str) -> None:
    spotter, team = trip.bot.spotter, trip.slack.team_id
    message = trip.drop(channel, Upload("finish.jpg", pictures.bib("6101")))
    trip.answer(message)
    spotter.forget_access(team, trip.slack.member.id)
    [photo] = spotter.correcting.photos(team, trip.slack.member.id, channel, message.ts)
    spotter.correcting.correct(team, photo.share, Correction(by=trip.slack.member.id, was="6101", number="6102"))
    [photo] = spotter.correcting.photos(team, trip.slack.member.id, channel, message.ts)
    spotter.correcting.undo(team, trip.slack.admin.id, photo.corrections[0].id)
    trip.settle()


def delete_reply(trip: Trip, channel: str) -> None:
    message = trip.drop(channel, Upload("finish.jpg", pictures.bib("6111")))
    answer = trip.answer(message)
    gone = Reply(channel=channel, key=message.ts, place=channel, ts=answer.ts, thread=message.ts)
    trip.bot.spotter.delete_reply(trip.slack.team_id, trip.slack.admin.id, gone)


def again(trip: Trip, channel: str) -> None:
    with trip.bot.storage.begin(trip.slack.team_id) as work:
        payload = {"workspace": trip.slack.team_id, "file": "F0GONE", "channel": channel}
        work.dead_letters.add(DeadLetter(job=f"forget:{channel}", kind="forget", payload=payload, error="down", at=0.0))
    trip.bot.spotter.dead_letters.again(trip.slack.team_id, trip.slack.admin.id, f"forget:{channel}")
    trip.settle()


@pytest.mark.parametrize(
    ("act", "does"),
    [
        ("settings", settle),
        ("start_list", use_rows),
        ("matching_on", turn_on),
        ("scan", scan),
        ("undo", undo),
        ("delete_reply", delete_reply),
        ("again", again),
    ],
)
def test_what_an_admin_does_is_written_down(trip: Trip, act: str, does: Callable[[Trip, str], None]) -> None:
    channel = trip.channel()

    does(trip, channel)

    with trip.bot.storage.begin(trip.slack.team_id) as work:
        [newest] = work.audit.newest(most=1)
        assert work.audit.first_broken() is None
    assert (newest.act, newest.actor) == (act, trip.slack.admin.id)
    assert newest.subject == ("" if act == "again" else channel)


def test_admins_turn_the_pages_of_the_log_and_members_are_told_where_to_look(trip: Trip) -> None:
    admin, channel = trip.slack.admin.id, trip.channel()
    for _ in range(9):
        turn_on(trip, channel)
        typed(trip, admin, channel, "/faces", "off")

    newest = trip.whisper(admin, lambda: trip.slack.command(admin, channel, "/spotter", "audit"))
    assert newest.text.splitlines()[1].endswith(f"<@{admin}> turned face matching off in <#{channel}>")
    assert len(newest.text.splitlines()) == 16
    trip.slack.press(admin, newest, "audit_older")
    trip.slack.wait(lambda: trip.slack.ephemerals(admin)[-1].text != newest.text)
    older = trip.slack.ephemerals(admin)[-1]
    assert older.text.splitlines()[1].endswith(f"turned face matching on in <#{channel}>")
    trip.slack.press(admin, older, "audit_newer")
    trip.slack.wait(lambda: trip.slack.ephemerals(admin)[-1].text == newest.text)

    assert "/faces audit" in typed(trip, trip.slack.member.id, channel, "/spotter", "audit")
    with pytest.raises(NotAllowed):
        trip.bot.spotter.audit.page(trip.slack.team_id, trip.slack.member.id)
