"""A search in a workspace: typed, read, turned to another page, shared."""

from typing import Any

from bot.demo.records import Message
from tests.trip.conftest import Trip


def find(trip: Trip, channel: str, typed: str, *, user: str = "") -> Message:
    """Type a command such as `/findbib 1234`, and read the answer."""
    user = user or trip.slack.member.id
    trip.bot.spotter.forget_access(trip.slack.team_id, user)
    command, _, text = typed.partition(" ")
    return trip.whisper(user, lambda: trip.slack.command(user, channel, command, text))


def press(trip: Trip, message: Message, action: str, *, user: str = "", name: str = "") -> Message:
    """Press a button of an answer, and read what is said next, be it in the answer's place."""
    user = user or trip.slack.member.id
    button = next(one for one in buttons(message) if one["action_id"] == action and name in one["text"]["text"])
    before = [one.text for one in trip.slack.ephemerals(user)]
    assert trip.slack.press(user, message, action, button["value"]).ok
    trip.slack.wait(lambda: [one.text for one in trip.slack.ephemerals(user)] != before)
    return trip.slack.ephemerals(user)[-1]


def buttons(message: Message) -> list[dict[str, Any]]:
    """Every button of a message."""
    inside = [one for block in message.blocks for one in block.get("elements", ()) if block["type"] == "actions"]
    beside = [block["accessory"] for block in message.blocks if "accessory" in block]
    return [*inside, *beside]


def shown(message: Message) -> list[str]:
    """The files whose pictures a message shows."""
    return [block["slack_file"]["id"] for block in message.blocks if block["type"] == "image"]
