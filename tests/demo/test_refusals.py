"""The Web API says no where Slack says no, with Slack's own word."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.demo.api import METHODS
from bot.demo.records import Message, Upload
from bot.demo.server import LocalSlack
from tests.demo.conftest import PHOTO, said

Ask = Callable[[LocalSlack, WebClient, Message], Any]
"""A call that is refused; the message is a photo in the race channel."""


def refusal(slack: LocalSlack, client: WebClient, ask: Ask) -> dict[str, Any]:
    photo = slack.drop(slack.member.id, slack.race.id, [PHOTO])
    with pytest.raises(SlackApiError) as refused:
        ask(slack, client, photo)
    answer = refused.value.response.data
    assert isinstance(answer, dict)
    return answer


def words(count: int) -> list[dict[str, Any]]:
    return [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3000}} for _ in range(count)]


def image(file: str) -> list[dict[str, Any]]:
    return [{"type": "image", "alt_text": "a", "slack_file": {"id": file}}]


def two_reactions(slack: LocalSlack, client: WebClient, photo: Message) -> None:
    client.reactions_add(channel=slack.race.id, timestamp=photo.ts, name="eyes")
    client.reactions_add(channel=slack.race.id, timestamp=photo.ts, name="eyes")


def post_in_archived(slack: LocalSlack, client: WebClient, _: Message) -> None:
    slack.archive(slack.race.id)
    client.chat_postMessage(channel=slack.race.id, text="x")


def answer_a_reply(slack: LocalSlack, client: WebClient, photo: Message) -> None:
    reply = client.chat_postMessage(channel=slack.race.id, text="x", thread_ts=photo.ts)
    client.chat_postMessage(channel=slack.race.id, text="x", thread_ts=reply["ts"])


def look_at_deleted(slack: LocalSlack, client: WebClient, photo: Message) -> None:
    slack.delete_file(slack.member.id, photo.files[0])
    client.files_info(file=photo.files[0])


def look_at_unseen(slack: LocalSlack, client: WebClient, _: Message) -> None:
    slack.kick(slack.crew.id)
    hidden = slack.drop(slack.member.id, slack.crew.id, [PHOTO])
    client.files_info(file=hidden.files[0])


def show_heic(slack: LocalSlack, client: WebClient, _: Message) -> None:
    heic = slack.drop(slack.member.id, slack.race.id, [Upload("a.heic", b"x")])
    client.chat_postMessage(channel=slack.race.id, text="x", blocks=image(heic.files[0]))


def long_update(slack: LocalSlack, client: WebClient, _: Message) -> None:
    ts = said(client.chat_postMessage(channel=slack.race.id, text="x"), "ts")
    client.chat_update(channel=slack.race.id, ts=str(ts), text="x" * 4001)


MODAL = {"type": "modal", "title": {"type": "plain_text", "text": "t"}, "blocks": [{"type": "divider"}]}

REFUSED: list[tuple[str, Ask]] = [
    ("invalid_auth", lambda s, _, __: WebClient("xoxb-wrong", base_url=s.api_url).auth_test()),
    ("not_authed", lambda s, _, __: WebClient(base_url=s.api_url).api_call("auth.test")),
    ("not_allowed_token_type", lambda _, c, __: c.apps_connections_open(app_token=c.token or "")),
    ("not_allowed_token_type", lambda s, _, __: WebClient(s.app_token, base_url=s.api_url).users_info(user=s.admin.id)),
    ("unknown_method", lambda _, c, __: c.api_call("chat.sing")),
    ("not_in_channel", lambda s, c, _: c.chat_postMessage(channel=s.elsewhere.id, text="x")),
    ("channel_not_found", lambda _, c, __: c.chat_postMessage(channel="C0NOWHERE", text="x")),
    ("channel_not_found", lambda s, c, _: c.chat_postMessage(channel=s.deactivated.id, text="x")),
    ("is_archived", post_in_archived),
    ("no_text", lambda s, c, _: c.api_call("chat.postMessage", json={"channel": s.race.id})),
    ("thread_not_found", lambda s, c, _: c.chat_postMessage(channel=s.race.id, text="x", thread_ts="1.000001")),
    ("cannot_reply_to_message", answer_a_reply),
    ("invalid_blocks", lambda s, c, _: c.chat_postMessage(channel=s.race.id, text="x", blocks=[{"type": "nope"}])),
    ("invalid_blocks", lambda s, c, _: c.chat_postMessage(channel=s.race.id, text="x", blocks=image("F0UNKNOWN1"))),
    ("invalid_blocks", show_heic),
    (
        "invalid_blocks_format",
        lambda s, c, _: c.api_call("chat.postMessage", json={"channel": s.race.id, "text": "x", "blocks": {"a": 1}}),
    ),
    ("msg_blocks_too_long", lambda s, c, _: c.chat_postMessage(channel=s.race.id, text="x", blocks=words(5))),
    ("msg_too_long", long_update),
    ("message_not_found", lambda s, c, _: c.chat_update(channel=s.race.id, ts="1.000001", text="x")),
    ("cant_update_message", lambda s, c, photo: c.chat_update(channel=s.race.id, ts=photo.ts, text="x")),
    ("cant_delete_message", lambda s, c, photo: c.chat_delete(channel=s.race.id, ts=photo.ts)),
    ("message_not_found", lambda s, c, _: c.chat_getPermalink(channel=s.race.id, message_ts="1.000001")),
    (
        "user_not_in_channel",
        lambda s, c, _: c.chat_postEphemeral(channel=s.crew.id, user=s.other.id, text="x"),
    ),
    (
        "invalid_metadata_format",
        lambda s, c, _: c.chat_postMessage(channel=s.race.id, text="x", metadata={"event_type": "a"}),
    ),
    (
        "metadata_too_large",
        lambda s, c, _: c.chat_postMessage(
            channel=s.race.id, text="x", metadata={"event_type": "a", "event_payload": {"a": "x" * 8000}}
        ),
    ),
    ("already_reacted", two_reactions),
    ("missing_scope", lambda s, c, photo: c.conversations_replies(channel=s.race.id, ts=photo.ts)),
    ("user_not_found", lambda _, c, __: c.users_info(user="U0NOBODY1")),
    ("file_not_found", lambda _, c, __: c.files_info(file="F0UNKNOWN1")),
    ("file_not_found", look_at_unseen),
    ("file_deleted", look_at_deleted),
    ("file_not_found", lambda _, c, __: c.files_completeUploadExternal(files=[{"id": "F0UNKNOWN1"}])),
    ("invalid_arguments", lambda _, c, __: c.api_call("files.info")),
    ("invalid_arguments", lambda s, c, _: c.users_conversations(user=s.admin.id, types="secret")),
    ("missing_scope", lambda s, c, _: c.users_conversations(user=s.admin.id, types="im")),
    ("invalid_trigger_id", lambda _, c, __: c.views_open(trigger_id="1.2.3", view=MODAL)),
    ("invalid_arguments", lambda _, c, __: c.views_open(trigger_id="1.2.3", view={"type": "modal", "blocks": []})),
    ("not_found", lambda _, c, __: c.views_update(view_id="V0NONE", view=MODAL)),
    (
        "invalid_thread_ts",
        lambda s, c, _: c.assistant_threads_setStatus(channel_id=s.race.id, thread_ts="1.0", status=""),
    ),
]


@pytest.mark.parametrize(("word", "ask"), REFUSED, ids=[f"{i}-{word}" for i, (word, _) in enumerate(REFUSED)])
def test_slack_says_no_with_its_own_word(slack: LocalSlack, client: WebClient, word: str, ask: Ask) -> None:
    assert refusal(slack, client, ask)["error"] == word


SCOPED = sorted((name, method.scope) for name, method in METHODS.items() if method.scope and not method.for_app_token)


@pytest.mark.parametrize(("method", "scope"), SCOPED)
def test_a_method_without_its_scope_says_what_is_needed_and_provided(
    slack: LocalSlack, client: WebClient, method: str, scope: str
) -> None:
    slack.workspace.scopes.remove(scope)
    answer = refusal(slack, client, lambda _, c, __: c.api_call(method))
    assert (answer["error"], answer["needed"]) == ("missing_scope", scope)
    assert set(answer["provided"].split(",")) == slack.workspace.scopes


@pytest.mark.parametrize(("kind", "scope"), [("race", "channels:read"), ("crew", "groups:read")])
def test_a_channels_kind_decides_which_scope_its_description_needs(
    slack: LocalSlack, client: WebClient, kind: str, scope: str
) -> None:
    slack.workspace.scopes.remove(scope)
    answer = refusal(slack, client, lambda s, c, _: c.conversations_info(channel=getattr(s, kind).id))
    assert (answer["error"], answer["needed"]) == ("missing_scope", scope)


def test_refused_blocks_come_with_the_place_of_each_mistake(slack: LocalSlack, client: WebClient) -> None:
    answer = refusal(slack, client, lambda s, c, _: c.chat_postMessage(channel=s.race.id, text="x", blocks=image("F1")))
    assert answer["errors"] == ["invalid slack file [json-pointer:/blocks/0/slack_file]"]
    assert answer["response_metadata"]["messages"] == [f"[ERROR] {answer['errors'][0]}"]


def test_a_removed_app_has_no_account_any_more(slack: LocalSlack, client: WebClient) -> None:
    slack.uninstall()
    assert refusal(slack, client, lambda _, c, __: c.auth_test())["error"] == "account_inactive"


@pytest.mark.parametrize(("team", "error"), [("", "missing_argument"), ("T0OTHER01", "team_access_not_granted")])
def test_whose_token_opens_a_whole_organization_says_which_workspace_is_meant(team: str, error: str) -> None:
    with LocalSlack(organization="E0HARBOUR") as slack:
        client = WebClient(slack.bot_token, base_url=slack.api_url)
        for ask in (client.users_conversations, client.files_list):
            with pytest.raises(SlackApiError) as refused:
                ask(team_id=team)
            assert refused.value.response["error"] == error
            assert ask(team_id=slack.team_id)["ok"]
