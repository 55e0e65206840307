"""App Home over real Bolt: it shows what there is, and changes in place with each press."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import event

from bot.core.dead_letter import DeadLetter
from bot.demo.records import View
from tests.reading import texts
from tests.trip.conftest import SQLITE_ALONE, Trip
from tests.trip.people import direct, modal, new_member

MOST_STATEMENTS: Final = 20
"""Of the database, for everything that an admin sees."""


def opened(trip: Trip, user: str) -> View:
    """What somebody sees who opens App Home."""
    return changed(trip, user, lambda: trip.slack.open_home(user))


def changed(trip: Trip, user: str, act: Callable[[], object]) -> View:
    """What somebody sees once App Home is written anew."""
    before = trip.slack.home(user)
    act()
    trip.slack.wait(lambda: trip.slack.home(user) is not before)
    home = trip.slack.home(user)
    assert home
    return home


def pressed(trip: Trip, user: str, home: View, action: str, value: str = "") -> View:
    """What somebody sees after a press on App Home."""
    return changed(trip, user, lambda: trip.slack.press(user, home, action, value))


def part(home: View, name: str) -> str:
    """The text of a part of the page."""
    return "\n".join(texts([one for one in home.content["blocks"] if one["block_id"].startswith(f"{name}-")]))


@SQLITE_ALONE
def test_a_watch_is_stopped_in_place(trip: Trip) -> None:
    user = new_member(trip)
    for number in ("1234", "77"):
        trip.bot.spotter.search.watch(trip.slack.team_id, user, number)
    home = opened(trip, user)
    assert "77, 1234" in part(home, "watches")

    home = pressed(trip, user, home, "home_unwatch", "1234")
    assert part(home, "watches").endswith("I watch bib 1234 no more.")
    home = pressed(trip, user, home, "home_unwatch", "77")

    assert "You watch no bib." in part(home, "watches")
    assert direct(trip, user) == []


@SQLITE_ALONE
def test_somebody_agrees_is_shown_what_is_kept_and_is_forgotten_in_place(trip: Trip) -> None:
    user = new_member(trip)
    home = opened(trip, user)
    assert "I don't know your face" in part(home, "face")

    trip.slack.press(user, home, "home_consent")
    form = modal(trip, user, "consent")
    signed = {"find_me": ["yes"], "show_name": [], "signed": "Mia Member"}
    home = changed(trip, user, lambda: trip.slack.submit(user, form, signed))
    assert "Thank you." in part(home, "face")
    assert "nobody but you reads your name" in part(home, "face")
    home = pressed(trip, user, home, "faces_show_name", "yes")
    assert "others here may read your name" in part(home, "face")
    assert "said what you agree to" in part(home, "acts")
    home = pressed(trip, user, home, "faces_forget")

    assert "I don't know your face" in part(home, "face")
    assert "From now on I don't recognise you." in part(home, "face")
    assert part(home, "photos") == ""
    trip.settle()


@SQLITE_ALONE
def test_a_guest_and_a_stranger_see_what_is_theirs(trip: Trip) -> None:
    guest = new_member(trip, is_restricted=True)
    assert "guests can't be enrolled" in part(opened(trip, guest), "face")

    [block] = opened(trip, new_member(trip, is_stranger=True)).content["blocks"]

    assert block["text"]["text"] == "Only people of this workspace can ask me. Ask one of them."


@SQLITE_ALONE
def test_the_other_tab_is_no_visit(trip: Trip) -> None:
    user = new_member(trip)

    trip.slack.open_home(user, "messages")
    trip.settle()
    opened(trip, user)

    written = [call.arguments["user_id"] for call in trip.slack.calls_of("views.publish")]
    assert written.count(user) == 1


def test_an_admin_sees_the_channels_and_all_that_runs(trip: Trip) -> None:
    admin, channel, elsewhere = trip.slack.admin.id, trip.channel(), trip.channel(joined=False)

    home = opened(trip, admin)

    assert part(home, "channels")
    assert "costs nothing" in part(home, "spend")
    assert "1 process runs." in part(home, "health")
    there = dict(trip.bot.spotter.home.channels(trip.slack.team_id, admin))
    assert there[channel].detectors == ("text",)
    assert elsewhere not in there


@SQLITE_ALONE
def test_the_settings_open_from_the_page_and_their_answer_stands_there(trip: Trip) -> None:
    admin = trip.slack.admin.id
    trip.channel()
    home = opened(trip, admin)

    trip.slack.press(admin, home, "settings")
    home = changed(trip, admin, lambda: trip.slack.submit(admin, modal(trip, admin, "settings"), {}))

    assert part(home, "channels").endswith("Nothing was changed.")


@SQLITE_ALONE
def test_what_was_given_up_is_tried_again(trip: Trip) -> None:
    admin, workspace = trip.slack.admin.id, trip.slack.team_id
    payload = {"workspace": workspace, "user": admin, "search": "gone"}
    letter = DeadLetter(job=f"find_me:{workspace}-gone", kind="find_me", payload=payload, error="Slack was away.")
    with trip.bot.storage.begin(workspace) as work:
        work.dead_letters.add(letter)
    home = opened(trip, admin)
    assert "Slack was away." in part(home, "letters")

    home = pressed(trip, admin, home, "home_again", letter.job)

    assert "I am trying it again." in part(home, "letters")
    assert "Slack was away." not in part(home, "letters")
    trip.settle()


def test_the_page_asks_the_database_no_more_than_a_few_times(trip: Trip) -> None:
    workspace, admin = trip.slack.team_id, trip.slack.admin.id

    with statements(trip) as asked:
        trip.bot.spotter.home.opened(workspace, admin)

    assert 0 < len(asked) <= MOST_STATEMENTS, asked


@contextmanager
def statements(trip: Trip) -> Iterator[list[str]]:
    """What this thread asks of the database meanwhile; the jobs' threads ask all the time."""
    asked: list[str] = []
    mine = threading.get_ident()

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if threading.get_ident() == mine:
            asked.append(statement)

    event.listen(trip.bot.storage.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(trip.bot.storage.engine, "before_cursor_execute", note)
