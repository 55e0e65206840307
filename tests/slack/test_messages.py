"""What is said stands there once; and where nobody knows, it is looked for."""

import pytest
from slack_sdk import WebClient

from bot.demo.faults import Kind
from bot.demo.server import LocalSlack
from bot.errors import SlackBusy, Unknowable
from bot.slack import Message as Said
from bot.slack import Slack
from tests.slack.files import dropped, share_of

HELLO = Said("Hello", ({"type": "section", "text": {"type": "mrkdwn", "text": "Hello"}},))


def test_what_is_said_in_a_thread_stands_there_without_previews(slack: LocalSlack, door: Slack) -> None:
    root = slack.say(slack.member.id, slack.race.id, "Hello?")

    ts = door.post(slack.race.id, root.ts, HELLO, key="C1-1")

    [reply] = slack.replies(root)
    assert (reply.ts, reply.text) == (ts, "Hello")
    assert reply.metadata == {"event_type": "spotter_reply", "event_payload": {"key": "C1-1"}}
    arguments = slack.calls_of("chat.postMessage")[-1].arguments
    assert (arguments["unfurl_links"], arguments["unfurl_media"]) == (False, False)


def test_what_is_posted_to_a_person_is_a_direct_message(slack: LocalSlack, door: Slack) -> None:
    door.post(slack.member.id, "", HELLO)

    assert [message.text for message in slack.messages(slack.direct_messages(slack.member.id).id)] == ["Hello"]


@pytest.mark.parametrize("kind", ["error500", "lost"])
def test_a_post_without_an_answer_may_or_may_not_stand_there(slack: LocalSlack, door: Slack, kind: Kind) -> None:
    slack.faults.add("chat.postMessage", kind)

    with pytest.raises(Unknowable):
        door.post(slack.race.id, "", HELLO)

    assert len(slack.messages(slack.race.id)) == (kind == "lost")


def test_a_post_that_slack_put_off_certainly_does_not_stand_there(slack: LocalSlack, door: Slack) -> None:
    slack.faults.add("chat.postMessage", "ratelimited", retry_after=30)

    with pytest.raises(SlackBusy) as caught:
        door.post(slack.race.id, "", HELLO)

    assert caught.value.after == 30
    assert slack.messages(slack.race.id) == []


def test_a_post_to_a_slack_that_is_not_there_certainly_was_not_taken() -> None:
    with pytest.raises(SlackBusy):
        Slack(WebClient("xoxb-1", base_url="http://127.0.0.1:9/api/")).post("C1", "", HELLO)


def test_what_was_said_can_be_changed_and_taken_back_and_taking_it_back_twice_is_fine(
    slack: LocalSlack, door: Slack
) -> None:
    ts = door.post(slack.race.id, "", HELLO)

    door.update(slack.race.id, ts, Said("Good day", HELLO.blocks))
    assert [message.text for message in slack.messages(slack.race.id)] == ["Good day"]
    door.delete(slack.race.id, ts)
    door.delete(slack.race.id, ts)
    assert slack.messages(slack.race.id) == []


def test_where_nobody_of_us_replied_the_reply_was_not_posted(slack: LocalSlack, door: Slack) -> None:
    message = dropped(slack)
    slack.say(slack.other.id, slack.race.id, "Nice", message.ts)

    assert door.find_reply(share_of(message), message.channel, "key") == ""


def test_the_only_reply_is_found_where_it_is_ours(slack: LocalSlack, door: Slack) -> None:
    message = dropped(slack)
    ts = door.post(message.channel, message.ts, HELLO, key="key")

    assert door.find_reply(share_of(message), message.channel, "key") == ts


def test_among_several_replies_ours_cannot_be_told(slack: LocalSlack, door: Slack) -> None:
    message = dropped(slack)
    door.post(message.channel, message.ts, HELLO, key="key")
    slack.say(slack.other.id, slack.race.id, "Nice", message.ts)

    with pytest.raises(Unknowable) as caught:
        door.find_reply(share_of(message), message.channel, "key")

    assert not caught.value.retry


def test_in_a_thread_of_others_and_in_a_channel_our_message_cannot_be_told(slack: LocalSlack, door: Slack) -> None:
    root = slack.say(slack.other.id, slack.race.id, "Photos?")
    inside = dropped(slack, thread_ts=root.ts)

    for share in (share_of(inside), None):
        with pytest.raises(Unknowable) as caught:
            door.find_reply(share, slack.race.id, "key")
        assert not caught.value.retry


def test_with_a_history_scope_our_reply_is_found_by_its_key_among_many(slack: LocalSlack, door: Slack) -> None:
    slack.workspace.scopes |= {"channels:history", "groups:history"}
    message = dropped(slack)
    door.post(message.channel, message.ts, HELLO, key="other")
    ts = door.post(message.channel, message.ts, HELLO, key="key")

    assert door.find_reply(share_of(message), message.channel, "key") == ts
    assert door.find_reply(share_of(message), message.channel, "unsaid") == ""
