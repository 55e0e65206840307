"""Who we are, what people are, and which channels they can open."""

import pytest
from slack_sdk import WebClient

from bot.demo.records import Channel
from bot.demo.server import LocalSlack
from bot.errors import SlackBusy, SlackError
from bot.slack import Slack
from tests.answering import answering
from tests.slack.files import as_json


def test_we_know_who_we_are_and_what_we_may(slack: LocalSlack, door: Slack) -> None:
    me = door.identity()

    assert (me.team, me.user) == (slack.team_id, slack.bot_user_id)
    assert set(me.scopes) == slack.workspace.scopes


def test_what_a_person_is(slack: LocalSlack, door: Slack) -> None:
    who = [slack.admin, slack.member, slack.guest, slack.stranger, slack.deactivated, slack.bot]
    people = [door.person(one.id) for one in who]

    flags = [(one.admin, one.guest, one.stranger, one.active) for one in people]
    assert flags == [
        (True, False, False, True),
        (False, False, False, True),
        (False, True, False, True),
        (False, False, True, True),
        (False, False, False, False),
        (False, False, False, False),
    ]


def test_visible_are_a_persons_channels_and_private_ones_only_where_we_are_too(slack: LocalSlack, door: Slack) -> None:
    hidden = Channel(id="C0HIDDEN1", name="hidden", is_private=True, members={slack.member.id})
    slack.workspace.channels[hidden.id] = hidden

    assert door.visible_channels(slack.member.id) == {
        slack.race.id,
        slack.crew.id,
        slack.elsewhere.id,
        slack.shared.id,
    }
    assert slack.crew.id not in door.visible_channels(slack.other.id)


def test_all_pages_of_visible_channels_are_read(slack: LocalSlack, door: Slack) -> None:
    for number in range(450):
        many = Channel(id=f"C1{number:07d}", name=f"many-{number}", members={slack.member.id})
        slack.workspace.channels[many.id] = many

    assert len(door.visible_channels(slack.member.id)) == 454
    assert len(slack.calls_of("users.conversations")) == 3


def test_where_slack_does_not_tell_nothing_is_visible_and_the_error_is_not_remembered(
    slack: LocalSlack, door: Slack
) -> None:
    slack.faults.add("users.conversations", "error500", times=3)
    with pytest.raises(SlackBusy):
        door.visible_channels(slack.member.id)

    assert slack.race.id in door.visible_channels(slack.member.id)


def test_where_a_later_page_is_missing_nothing_is_visible(slack: LocalSlack) -> None:
    pages = iter(
        [
            {"ok": True, "channels": [{"id": "C1"}], "response_metadata": {"next_cursor": "more"}},
            *[{"ok": False, "error": "internal_error"}] * 3,
        ]
    )
    with answering(lambda: as_json(next(pages))) as server, pytest.raises(SlackError):
        Slack(WebClient(slack.bot_token, base_url=f"http://{server.host}/api/")).visible_channels("U1")


def test_visible_channels_are_remembered_until_they_are_forgotten(slack: LocalSlack, door: Slack) -> None:
    door.visible_channels(slack.member.id)
    slack.kick(slack.race.id, slack.member.id)

    assert slack.race.id in door.visible_channels(slack.member.id)
    door.forget_access(slack.member.id)
    assert slack.race.id not in door.visible_channels(slack.member.id)


def test_an_invitation_is_noticed_at_once(slack: LocalSlack, door: Slack) -> None:
    assert not door.joined(slack.elsewhere.id)
    slack.invite(slack.elsewhere.id)

    assert door.joined(slack.elsewhere.id)
