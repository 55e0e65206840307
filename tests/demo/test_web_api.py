"""The Web API, asked by Slack's own client, does what Slack does."""

import io
from urllib.request import Request, urlopen

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.demo.records import Upload
from bot.demo.server import LocalSlack
from bot.errors import AskError, SetupError
from tests.demo.conftest import PHOTO, said


def test_the_token_tells_the_bot_its_workspace_and_its_scopes(slack: LocalSlack, client: WebClient) -> None:
    answer = client.auth_test()
    assert (answer["team_id"], answer["user_id"], answer["bot_id"]) == (slack.team_id, slack.bot_user_id, slack.bot_id)
    assert set(answer.headers["x-oauth-scopes"].split(",")) == slack.workspace.scopes


def test_a_reply_stands_in_its_thread_and_not_in_the_channel(slack: LocalSlack, client: WebClient) -> None:
    photo = slack.drop(slack.member.id, slack.race.id, [PHOTO])
    client.chat_postMessage(channel=slack.race.id, thread_ts=photo.ts, text="Bib 1234")
    assert [message.text for message in slack.thread(slack.race.id, photo.ts)] == ["", "Bib 1234"]
    assert [message.ts for message in slack.messages(slack.race.id)] == [photo.ts]


def test_an_update_with_text_alone_takes_the_blocks_away(slack: LocalSlack, client: WebClient) -> None:
    blocks = [{"type": "divider"}]
    posted = client.chat_postMessage(channel=slack.race.id, text="a", blocks=blocks)
    client.chat_update(channel=slack.race.id, ts=str(posted["ts"]), text="b")
    [message] = slack.messages(slack.race.id)
    assert (message.text, message.blocks, message.edits) == ("b", [], 1)


def test_a_deleted_reply_is_gone(slack: LocalSlack, client: WebClient) -> None:
    photo = slack.drop(slack.member.id, slack.race.id, [PHOTO])
    reply = client.chat_postMessage(channel=slack.race.id, thread_ts=photo.ts, text="Bib 1234")
    client.chat_delete(channel=slack.race.id, ts=str(reply["ts"]))
    assert slack.replies(photo) == []


def test_posting_to_a_person_opens_their_direct_messages(slack: LocalSlack, client: WebClient) -> None:
    posted = client.chat_postMessage(channel=slack.member.id, text="psst")
    assert posted["channel"] == slack.direct_messages(slack.member.id).id
    assert [message.text for message in slack.messages(str(posted["channel"]))] == ["psst"]


def test_an_ephemeral_is_seen_by_one_person_alone(slack: LocalSlack, client: WebClient) -> None:
    client.chat_postEphemeral(channel=slack.race.id, user=slack.member.id, text="psst")
    assert [message.text for message in slack.ephemerals(slack.member.id)] == ["psst"]
    assert slack.ephemerals(slack.admin.id) == slack.messages(slack.race.id) == []


def test_a_permalink_names_the_channel_and_the_message_without_its_dot(slack: LocalSlack, client: WebClient) -> None:
    photo = slack.drop(slack.member.id, slack.race.id, [PHOTO])
    link = said(client.chat_getPermalink(channel=slack.race.id, message_ts=photo.ts), "permalink")
    assert str(link).endswith(f"/archives/{slack.race.id}/p{photo.ts.replace('.', '')}")


def test_a_file_says_where_it_is_shared_and_who_answered_there(slack: LocalSlack, client: WebClient) -> None:
    photo = slack.drop(slack.member.id, slack.race.id, [PHOTO])
    reply = client.chat_postMessage(channel=slack.race.id, thread_ts=photo.ts, text="Bib 1234")
    file = said(client.files_info(file=photo.files[0]), "file")
    [share] = file["shares"]["public"][slack.race.id]
    assert (share["ts"], share["reply_users"], share["reply_count"]) == (photo.ts, [slack.bot_user_id], 1)
    assert share["latest_reply"] == reply["ts"]
    assert (file["mimetype"], file["original_w"], file["size"]) == ("image/jpeg", 640, len(PHOTO.data))


def test_a_share_in_a_private_channel_is_listed_as_private(slack: LocalSlack, client: WebClient) -> None:
    photo = slack.drop(slack.member.id, slack.crew.id, [PHOTO])
    file = said(client.files_info(file=photo.files[0]), "file")
    assert list(file["shares"]) == ["private"]
    assert file["groups"] == [slack.crew.id]


def test_a_file_shared_again_has_both_shares(slack: LocalSlack, client: WebClient) -> None:
    first = slack.drop(slack.member.id, slack.race.id, [PHOTO])
    second = slack.reshare(slack.other.id, first.files[0], slack.race.id)
    shares = said(client.files_info(file=first.files[0]), "file")["shares"]["public"][slack.race.id]
    assert [share["ts"] for share in shares] == [first.ts, second.ts]


def test_a_file_taken_out_of_its_only_channel_is_not_found_any_more(slack: LocalSlack, client: WebClient) -> None:
    photo = slack.drop(slack.member.id, slack.race.id, [PHOTO])
    slack.unshare(slack.member.id, photo.files[0], slack.race.id)
    with pytest.raises(SlackApiError, match="file_not_found"):
        client.files_info(file=photo.files[0])


def test_a_new_file_shows_its_type_and_shares_late() -> None:
    with LocalSlack(late=30) as slack:
        client = WebClient(slack.bot_token, base_url=slack.api_url)
        photo = slack.drop(slack.member.id, slack.race.id, [PHOTO])
        file = said(client.files_info(file=photo.files[0]), "file")
        assert (file["mimetype"], file["shares"]) == ("", {})
        slack.workspace.files[photo.files[0]].ready_at = 0
        assert said(client.files_info(file=photo.files[0]), "file")["mimetype"] == "image/jpeg"


def test_files_are_listed_newest_first_in_pages_and_by_type(slack: LocalSlack, client: WebClient) -> None:
    dropped = slack.drop(slack.member.id, slack.race.id, [PHOTO, Upload("a.pdf", b"x"), PHOTO, PHOTO])
    first = client.files_list(channel=slack.race.id, types="images", count=2)
    second = client.files_list(channel=slack.race.id, types="images", count=2, page=2)
    images = [dropped.files[3], dropped.files[2], dropped.files[0]]
    assert [file["id"] for page in (first, second) for file in said(page, "files")] == images
    assert second["paging"] == {"count": 2, "total": 3, "page": 2, "pages": 2}
    assert said(client.files_list(channel=slack.race.id, ts_to="1"), "files") == []


def test_the_channels_of_a_person_hide_private_ones_where_the_bot_is_not(slack: LocalSlack, client: WebClient) -> None:
    def channels(user: str) -> set[str]:
        found = said(client.users_conversations(user=user, types="public_channel,private_channel"), "channels")
        return {channel["id"] for channel in found}

    assert channels(slack.admin.id) == {slack.race.id, slack.crew.id, slack.elsewhere.id, slack.shared.id}
    assert channels(slack.other.id) == {slack.race.id, slack.elsewhere.id}
    slack.kick(slack.crew.id)
    assert slack.crew.id not in channels(slack.admin.id)


def test_a_cursor_leads_to_the_next_page_until_it_is_empty(slack: LocalSlack, client: WebClient) -> None:
    found, cursor = [], ""
    for _ in range(2):
        page = client.users_conversations(user=slack.admin.id, types="public_channel", limit=2, cursor=cursor)
        found += [channel["id"] for channel in said(page, "channels")]
        cursor = said(page, "response_metadata")["next_cursor"]
    assert (found, cursor) == ([slack.race.id, slack.elsewhere.id, slack.shared.id], "")


def test_people_come_with_their_roles(slack: LocalSlack, client: WebClient) -> None:
    def role(user: str, name: str) -> object:
        return said(client.users_info(user=user), "user").get(name)

    assert role(slack.admin.id, "is_admin")
    assert not role(slack.member.id, "is_admin")
    assert role(slack.guest.id, "is_restricted")
    assert role(slack.deactivated.id, "deleted")
    assert role(slack.stranger.id, "is_stranger")
    assert role(slack.stranger.id, "team_id") != slack.team_id


def test_a_shared_channel_says_so(slack: LocalSlack, client: WebClient) -> None:
    assert said(client.conversations_info(channel=slack.shared.id), "channel")["is_ext_shared"]
    assert slack.stranger.id in said(client.conversations_members(channel=slack.shared.id), "members")


def test_with_a_history_scope_a_thread_can_be_read_with_its_metadata(slack: LocalSlack, client: WebClient) -> None:
    slack.workspace.scopes.add("channels:history")
    photo = slack.drop(slack.member.id, slack.race.id, [PHOTO])
    key = {"event_type": "reply", "event_payload": {"key": "1"}}
    client.chat_postMessage(channel=slack.race.id, thread_ts=photo.ts, text="x", metadata=key)
    messages = said(client.conversations_replies(channel=slack.race.id, ts=photo.ts), "messages")
    assert [message.get("metadata") for message in messages] == [None, key]


def test_an_upload_in_three_steps_lands_in_the_thread(slack: LocalSlack, client: WebClient) -> None:
    photo = slack.drop(slack.member.id, slack.race.id, [PHOTO])
    client.files_upload_v2(
        file=io.BytesIO(b"a,b\n"), filename="bibs.csv", channel=slack.race.id, thread_ts=photo.ts, initial_comment="all"
    )
    [reply] = slack.replies(photo)
    assert slack.text(reply) == "all\n[bibs.csv]"
    assert slack.workspace.files[reply.files[0]].data == b"a,b\n"


def test_a_status_and_a_reaction_are_no_messages(slack: LocalSlack, client: WebClient) -> None:
    photo = slack.drop(slack.member.id, slack.race.id, [PHOTO])
    client.assistant_threads_setStatus(channel_id=slack.race.id, thread_ts=photo.ts, status="is looking")
    client.reactions_add(channel=slack.race.id, timestamp=photo.ts, name="eyes")
    assert [status.status for status in slack.statuses] == ["is looking"]
    [message] = slack.messages(slack.race.id)
    assert message.reactions == {"eyes": (slack.bot_user_id,)}


def test_a_dropped_photo_can_be_shown_in_a_block(slack: LocalSlack, client: WebClient) -> None:
    photo = slack.drop(slack.member.id, slack.race.id, [PHOTO])
    image = {"type": "image", "alt_text": "the photo", "slack_file": {"id": photo.files[0]}}
    assert said(client.chat_postMessage(channel=slack.race.id, text="x", blocks=[image]), "ok")


def test_a_remote_file_claims_to_live_elsewhere(slack: LocalSlack, client: WebClient) -> None:
    remote = Upload("a.jpg", b"", external_url="https://example.com/a.jpg")
    photo = slack.drop(slack.member.id, slack.race.id, [remote])
    file = said(client.files_info(file=photo.files[0]), "file")
    assert (file["mode"], file["url_private"]) == ("external", "https://example.com/a.jpg")
    assert "url_private_download" not in file


def fetch(address: str, token: str) -> tuple[int, str, bytes, str]:
    request = Request(address, headers={"Authorization": f"Bearer {token}"})  # noqa: S310 - our own http server
    with urlopen(request) as answer:  # noqa: S310 - our own http server
        return answer.status, answer.headers["content-type"], answer.read(), answer.url


@pytest.mark.parametrize("field", ["url_private", "url_private_download"])
def test_a_file_is_downloaded_with_the_bots_token(slack: LocalSlack, client: WebClient, field: str) -> None:
    photo = slack.drop(slack.member.id, slack.race.id, [PHOTO])
    address = said(client.files_info(file=photo.files[0]), "file")[field]
    assert address.startswith(f"http://{slack.file_host}/")
    assert fetch(address, slack.bot_token)[:3] == (200, "image/jpeg", PHOTO.data)


def test_a_wrong_token_or_a_missing_scope_ends_at_the_login_page_with_status_200(
    slack: LocalSlack, client: WebClient
) -> None:
    photo = slack.drop(slack.member.id, slack.race.id, [PHOTO])
    address = said(client.files_info(file=photo.files[0]), "file")["url_private_download"]
    status, kind, page, url = fetch(address, "xoxb-wrong")
    assert (status, kind.split(";")[0]) == (200, "text/html")
    assert b"Sign in" in page
    assert "/login?redir=" in url
    slack.workspace.scopes.remove("files:read")
    assert fetch(address, slack.bot_token)[2] == page


def test_every_call_is_kept_with_its_outcome_and_without_its_token(slack: LocalSlack, client: WebClient) -> None:
    with pytest.raises(SlackApiError):
        client.chat_postMessage(channel=slack.elsewhere.id, text="x", token=slack.bot_token)
    [call] = slack.calls_of("chat.postMessage")
    assert (call.ok, call.error, call.arguments) == (
        False,
        "not_in_channel",
        {"channel": slack.elsewhere.id, "text": "x"},
    )


def test_waiting_in_vain_shows_what_there_is_instead(slack: LocalSlack, client: WebClient) -> None:
    client.chat_postMessage(channel=slack.race.id, text="Bib 1234")
    with pytest.raises(TimeoutError, match="Spotter: Bib 1234"):
        slack.wait(lambda: False, timeout=0.01)


def test_a_subscriber_hears_of_a_new_message(slack: LocalSlack) -> None:
    changes = slack.subscribe()
    message = slack.say(slack.member.id, slack.race.id, "hello")
    change = changes.get(timeout=5)
    assert (change.kind, change.what) == ("message", message)


def test_a_taken_port_is_said_plainly(slack: LocalSlack) -> None:
    port = int(slack.file_host.split(":")[1])
    with pytest.raises(SetupError, match=f"Port {port} is taken"):
        LocalSlack(port=port)


def test_nobody_talks_where_they_are_not(slack: LocalSlack) -> None:
    with pytest.raises(AskError):
        slack.say(slack.stranger.id, slack.crew.id, "hello")
