"""Files in a workspace, and files that only claim to be there."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.core.share import Share
from bot.demo.records import Message, Upload
from bot.demo.server import LocalSlack
from bot.slack import Slack, SlackFile
from bot.slack.values import person_of
from tests.answering import Answer, answering

BYTES = b"\xff\xd8\xff the bytes of a photo"
PHOTO = Upload("runner.jpg", BYTES)


def dropped(slack: LocalSlack, *uploads: Upload, channel: str = "", thread_ts: str = "") -> Message:
    """A message with files."""
    return slack.drop(slack.member.id, channel or slack.race.id, uploads or [PHOTO], thread_ts=thread_ts)


def share_of(message: Message) -> Share:
    """The share of a message's first file."""
    thread = message.thread_ts or message.ts
    return Share(channel=message.channel, ts=message.ts, file=message.files[0], thread_ts=thread)


def file_at(url: str, size: int = 10) -> SlackFile:
    """A file that claims to lie somewhere."""
    return SlackFile(id="F1", name="a.jpg", kind="photo", format="jpg", url=url, permalink="", size=size)


def fetched(door: Slack, host: str, size: int = 10) -> bytes:
    """What a door fetches from a host that the operator has allowed."""
    allowed = Slack(door.client, (host,))
    return allowed.download(file_at(f"http://{host}/a.jpg", size))


def told_by_slack(file: dict[str, Any]) -> SlackFile:
    """What the door makes of an answer of `files.info`."""
    with answering(lambda: as_json({"ok": True, "file": file})) as server:
        return Slack(WebClient("xoxb-1", base_url=f"http://{server.host}/api/")).file(file["id"])


def as_json(body: dict[str, Any]) -> Answer:
    """An answer of the Web API."""
    return Answer(headers={"Content-Type": "application/json"}, body=[json.dumps(body).encode()])


@pytest.mark.parametrize(
    ("told", "org_wide", "admin"),
    [
        ({"team_id": "T1", "is_admin": True}, False, True),
        ({"team_id": "T1", "is_admin": True}, True, True),
        ({"team_id": "T2", "is_admin": True, "enterprise_user": {"teams": ["T1"]}}, False, True),
        ({"team_id": "T2", "is_admin": True, "enterprise_user": {"teams": ["T1"]}}, True, False),
        ({"team_id": "T2", "enterprise_user": {"teams": ["T1"], "is_owner": True}}, True, True),
        ({"team_id": "T2", "enterprise_user": {"teams": ["T3"], "is_owner": True}}, True, False),
    ],
)
def test_the_admin_of_another_workspace_is_none_here(told: Mapping[str, Any], org_wide: bool, admin: bool) -> None:  # noqa: FBT001  # parameters
    assert person_of({"id": "U1", **told}, "T1", org_wide=org_wide).admin is admin
