"""Events reach a real Bolt app as Slack delivers them: signed, in time, and again if need be."""

from collections.abc import Callable
from queue import Queue
from threading import Event as Bell
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from bot.demo.server import LocalSlack
from tests.demo.conftest import PHOTO

Serve = Callable[[App], None]


def tries(slack: LocalSlack) -> list[tuple[int, int]]:
    return [(delivery.parcel.attempt, delivery.ack.status) for delivery in slack.deliveries]


def settled(slack: LocalSlack) -> None:
    slack.wait(lambda: slack.pending == 0)


def test_each_of_three_photos_in_a_message_is_an_event_that_bolt_accepts(
    slack: LocalSlack, app: App, serve: Serve
) -> None:
    heard: Queue[dict[str, Any]] = Queue()

    @app.event("file_shared")
    def note(event: dict[str, Any]) -> None:
        heard.put(event)

    serve(app)
    message = slack.drop(slack.member.id, slack.race.id, [PHOTO] * 3)
    got = [heard.get(timeout=5) for _ in message.files]
    settled(slack)
    assert sorted(event["file_id"] for event in got) == list(message.files)
    assert set(got[0]) == {"type", "file_id", "file", "user_id", "channel_id", "event_ts"}
    assert tries(slack) == [(0, 200)] * 3


def test_the_envelope_says_for_whom_and_where_from(slack: LocalSlack) -> None:
    slack.drop(slack.member.id, slack.shared.id, [PHOTO])
    settled(slack)
    envelope = slack.deliveries[0].parcel.payload
    assert envelope["team_id"] == slack.team_id
    assert envelope["api_app_id"] == slack.app_id
    assert envelope["is_ext_shared_channel"]
    assert envelope["authorizations"][0]["user_id"] == slack.bot_user_id


def test_a_wrong_secret_is_refused_and_tried_four_times_in_all(
    slack: LocalSlack, client: WebClient, serve: Serve
) -> None:
    serve(App(client=client, signing_secret="another"))  # noqa: S106 - the wrong secret of a test
    slack.drop(slack.member.id, slack.race.id, [PHOTO])
    settled(slack)
    assert tries(slack) == [(0, 401), (1, 401), (2, 401), (3, 401)]
    assert [each.parcel.reason for each in slack.deliveries] == ["", "http_error", "http_error", "http_error"]


def test_an_event_is_tried_again_until_it_is_taken_and_bolt_sees_which_try_it_is(
    slack: LocalSlack, app: App, serve: Serve
) -> None:
    got: list[list[str]] = []

    @app.middleware
    def refuse_twice(request: Any, next_: Callable[[], None]) -> Any:
        got.append(request.headers.get("x-slack-retry-num", ["0"]))
        return next_() if len(got) > 2 else None

    app.event("file_shared")(lambda: None)
    serve(app)
    slack.drop(slack.member.id, slack.race.id, [PHOTO])
    settled(slack)
    assert got == [["0"], ["1"], ["2"]]
    assert [status for _, status in tries(slack)] == [404, 404, 200]


def test_nobody_listening_is_a_failed_connection(slack: LocalSlack) -> None:
    slack.connect("http://127.0.0.1:9/slack/events")
    slack.drop(slack.member.id, slack.race.id, [PHOTO])
    settled(slack)
    assert [each.ack.reason for each in slack.deliveries] == ["connection_failed"] * 4


def test_events_of_channels_without_the_bot_are_not_told(slack: LocalSlack) -> None:
    slack.drop(slack.member.id, slack.elsewhere.id, [PHOTO])
    assert slack.pending == 0
    slack.invite(slack.elsewhere.id)
    slack.drop(slack.member.id, slack.elsewhere.id, [PHOTO])
    settled(slack)
    assert slack.deliveries[0].event_type == "file_shared"


def test_an_event_that_nobody_asked_for_is_not_told(slack: LocalSlack) -> None:
    slack.workspace.subscriptions.remove("file_shared")
    slack.drop(slack.member.id, slack.race.id, [PHOTO])
    assert slack.pending == 0


def test_a_mention_in_a_thread_comes_with_its_thread(slack: LocalSlack) -> None:
    photo = slack.say(slack.member.id, slack.race.id, "hello")
    slack.say(slack.other.id, slack.race.id, f"<@{slack.bot_user_id}> who?", thread_ts=photo.ts)
    settled(slack)
    event = slack.deliveries[0].parcel.payload["event"]
    assert (event["type"], event["thread_ts"], event["channel"]) == ("app_mention", photo.ts, slack.race.id)


def test_the_bots_own_words_are_no_mention(slack: LocalSlack, client: WebClient) -> None:
    client.chat_postMessage(channel=slack.race.id, text=f"I am <@{slack.bot_user_id}>")
    assert slack.pending == 0


def test_messages_are_told_only_with_a_history_scope(slack: LocalSlack) -> None:
    slack.say(slack.member.id, slack.race.id, "hello")
    assert slack.pending == 0
    slack.workspace.scopes.add("channels:history")
    slack.workspace.subscriptions.add("message.channels")
    gone = slack.say(slack.member.id, slack.race.id, "hello")
    slack.delete_message(gone)
    settled(slack)
    told = {each.parcel.payload["event"].get("subtype") for each in slack.deliveries}
    assert told == {None, "message_deleted"}


def test_a_deleted_file_leaves_its_message_and_is_told(slack: LocalSlack) -> None:
    photo = slack.drop(slack.member.id, slack.race.id, [PHOTO], "look")
    slack.delete_file(slack.member.id, photo.files[0])
    settled(slack)
    [message] = slack.messages(slack.race.id)
    assert (message.text, message.files) == ("look", ())
    event = next(each.parcel.payload["event"] for each in slack.deliveries if each.event_type == "file_deleted")
    assert (event["file_id"], event["channel_ids"]) == (photo.files[0], [slack.race.id])


def test_the_bots_own_upload_is_told_too(slack: LocalSlack, client: WebClient) -> None:
    client.files_upload_v2(content="a,b", filename="bibs.csv", channel=slack.race.id)
    settled(slack)
    assert slack.deliveries[0].parcel.payload["event"]["user_id"] == slack.bot_user_id


def test_a_home_that_is_opened_and_an_app_that_is_removed_are_told(slack: LocalSlack) -> None:
    slack.open_home(slack.member.id)
    slack.uninstall()
    settled(slack)
    told = {each.event_type for each in slack.deliveries}
    assert told == {"app_home_opened", "tokens_revoked", "app_uninstalled"}


def test_a_second_delivery_is_the_same_event(slack: LocalSlack, app: App, serve: Serve) -> None:
    app.event("file_shared")(lambda: None)
    serve(app)
    slack.drop(slack.member.id, slack.race.id, [PHOTO] * 2)
    settled(slack)
    slack.redeliver(2)
    settled(slack)
    ids = [each.parcel.payload["event_id"] for each in slack.deliveries]
    assert sorted(ids[:2]) == sorted(ids[2:])


def test_events_can_come_in_another_order_and_some_of_them_twice(slack: LocalSlack, app: App, serve: Serve) -> None:
    app.event("file_shared")(lambda: None)
    serve(app)
    with slack.shuffled(seed=7, twice=0.5):
        message = slack.drop(slack.member.id, slack.race.id, [PHOTO] * 20)
        assert not slack.deliveries
    settled(slack)
    told = [each.parcel.payload["event"]["file_id"] for each in slack.deliveries]
    assert set(told) == set(message.files)
    assert len(told) > 20
    assert told[:20] != list(message.files)


@pytest.mark.parametrize("answer", [False, True])
def test_a_person_waits_for_the_answer_of_a_command_and_nobody_else_does(
    slack: LocalSlack, app: App, serve: Serve, *, answer: bool
) -> None:
    bell = Bell()
    app.event("file_shared")(lambda: bell.wait(5))
    app.command("/spotter")(lambda ack: ack("looking") if answer else ack())
    serve(app)
    slack.drop(slack.member.id, slack.race.id, [PHOTO])
    assert slack.command(slack.member.id, slack.race.id, "/spotter", "look").ok
    bell.set()
    assert [each.text for each in slack.ephemerals(slack.member.id)] == (["looking"] if answer else [])
