"""Members of a trip who agree to be known, with portraits of people who do not exist."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from bot.demo.records import Message, Upload, User, View
from bot.errors import AskError
from tests.conftest import ROOT
from tests.trip.conftest import Trip

EXAMPLES = ROOT / "examples"


def upload(name: str) -> Upload:
    """A picture of `examples/`."""
    return Upload(Path(name).name, (EXAMPLES / name).read_bytes())


def portrait(name: str) -> Upload:
    """A portrait: `mia_member_1`."""
    return upload(f"people/{name}.jpg")


@pytest.fixture
def mia(trip: Trip) -> Iterator[str]:
    """A member of the workspace; in the end nothing is known of them."""
    user = new_member(trip)
    yield user
    with suppress(AskError):
        trip.bot.spotter.forgetting.forget_me(trip.slack.team_id, user)


def new_member(trip: Trip, **more: bool) -> str:
    """Bring somebody into the workspace: their id."""
    workspace = trip.slack.workspace
    user = User(id=workspace.new_id("U"), name="mia", real_name="Mia Member", team_id=trip.slack.team_id, **more)
    workspace.users[user.id] = user
    return user.id


def bring(trip: Trip, user: str, channel: str) -> str:
    """Bring somebody into a channel."""
    trip.slack.workspace.channels[channel].members.add(user)
    trip.bot.spotter.forget_access(trip.slack.team_id, user)
    return channel


def modal(trip: Trip, user: str, callback: str) -> View:
    """The form that a person has open, once it is there."""
    found: list[View] = []

    def is_open() -> bool:
        found[:] = [view for view in trip.slack.views(user) if view.content["callback_id"] == callback]
        return bool(found)

    trip.slack.wait(is_open)
    return found[-1]


def agree(trip: Trip, user: str, channel: str, *portraits: str, named: bool = True, signed: str = "Mia Member") -> str:
    """Fill in the consent form after `/faces me`, and wait until the photos are looked at: what was said to it."""
    trip.slack.command(user, channel, "/faces", "me")
    form = modal(trip, user, "consent")
    given = {"find_me": ["yes"], "show_name": ["yes"] if named else [], "signed": signed}
    photos = {"photos": [portrait(name) for name in portraits]}
    said = trip.whisper(user, lambda: trip.slack.submit(user, form, {**given, **photos}))
    trip.settle()
    return said.text


def direct(trip: Trip, user: str) -> list[Message]:
    """What somebody was told by direct message, oldest first."""
    return trip.slack.messages(trip.slack.direct_messages(user).id)


def typed(trip: Trip, user: str, channel: str, command: str, text: str) -> str:
    """Type a command, and read what is said to it."""
    return trip.whisper(user, lambda: trip.slack.command(user, channel, command, text)).text
