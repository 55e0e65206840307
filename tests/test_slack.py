"""The door to Slack, against the real local workspace."""

import itertools
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.core.photo import MAX_FILE_BYTES
from bot.core.share import Share
from bot.demo.faults import Kind
from bot.demo.records import Channel, Message, Upload
from bot.demo.server import LocalSlack
from bot.errors import LoginPage, PhotoError, PhotoGone, SlackBusy, SlackError, TooLarge, Unknowable
from bot.slack import Message as Said
from bot.slack import Slack, SlackFile
from tests.answering import Answer, answering

BYTES = b"\xff\xd8\xff the bytes of a photo"
PHOTO = Upload("runner.jpg", BYTES)
HELLO = Said("Hello", ({"type": "section", "text": {"type": "mrkdwn", "text": "Hello"}},))


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    """A workspace of its own for each test."""
    with LocalSlack(retry_scale=0.001) as workspace:
        workspace.workspace.subscriptions.clear()  # there is no bot to tell
        yield workspace


@pytest.fixture
def door(slack: LocalSlack) -> Slack:
    """The door to it."""
    return Slack(WebClient(slack.bot_token, base_url=slack.api_url), (slack.file_host,))


def dropped(slack: LocalSlack, *uploads: Upload, channel: str = "", thread_ts: str = "") -> Message:
    """A message with files."""
    return slack.drop(slack.member.id, channel or slack.race.id, uploads or [PHOTO], thread_ts=thread_ts)


def share_of(message: Message) -> Share:
    """The share of a message's first file."""
    thread = message.thread_ts or message.ts
    return Share(channel=message.channel, ts=message.ts, file=message.files[0], thread_ts=thread)


# What a file is


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.jpg", "photo"), ("a.heic", "photo"), ("a.mp4", "video"), ("a.pdf", "other"), ("a", "other")],
)
def test_a_files_kind_is_told_by_slacks_type(slack: LocalSlack, door: Slack, name: str, kind: str) -> None:
    [file] = dropped(slack, Upload(name, BYTES)).files

    assert door.file(file).kind == kind


def test_a_file_has_its_name_and_its_page(slack: LocalSlack, door: Slack) -> None:
    [file] = dropped(slack).files

    told = door.file(file)

    assert told.name == "runner.jpg"
    assert told.permalink.endswith(f"/{file}/runner.jpg")


def test_the_share_is_the_one_that_the_event_speaks_of(slack: LocalSlack, door: Slack) -> None:
    first = dropped(slack)
    again = slack.reshare(slack.other.id, first.files[0], slack.race.id)

    shares = [door.file(first.files[0]).share(slack.race.id, "", message.ts) for message in (first, again)]

    assert [(share.ts, share.user) for share in shares if share] == [
        (first.ts, slack.member.id),
        (again.ts, slack.other.id),
    ]


def test_a_share_in_a_thread_is_answered_under_the_threads_first_message(slack: LocalSlack, door: Slack) -> None:
    root = slack.say(slack.other.id, slack.race.id, "Photos?")
    message = dropped(slack, thread_ts=root.ts)

    share = door.file(message.files[0]).share(slack.race.id, "", message.ts)

    assert share
    assert (share.ts, share.thread) == (message.ts, root.ts)


def test_where_a_file_was_not_shared_there_is_no_share(slack: LocalSlack, door: Slack) -> None:
    told = door.file(dropped(slack).files[0])

    assert told.share(slack.crew.id, "", "1.0") is None
    assert told.newest(slack.crew.id) == ""


def test_a_share_that_comes_late_is_awaited(slack: LocalSlack, door: Slack) -> None:
    slack.workspace.late = 0.8
    message = dropped(slack)
    assert door.file(message.files[0]).shares == {}

    told = door.shared_file(message.files[0], message.channel)

    assert told.kind == "photo"
    assert told.newest(message.channel) == message.ts


def test_a_deleted_file_is_gone(slack: LocalSlack, door: Slack) -> None:
    [file] = dropped(slack).files
    slack.delete_file(slack.member.id, file)

    with pytest.raises(PhotoGone):
        door.file(file)


def test_a_file_of_a_channel_that_we_are_not_in_is_gone(slack: LocalSlack, door: Slack) -> None:
    message = dropped(slack, channel=slack.crew.id)
    slack.kick(slack.crew.id)

    with pytest.raises(PhotoGone):
        door.file(message.files[0])


@pytest.mark.parametrize("mode", ["tombstone", "hidden_by_limit"])
def test_a_file_of_which_only_the_shell_is_left_is_gone(mode: str) -> None:
    with pytest.raises(PhotoGone):
        told_by_slack({"id": "F0000000001", "mode": mode})


def test_the_newest_photos_come_page_by_page_until_there_are_no_more(slack: LocalSlack, door: Slack) -> None:
    messages = [dropped(slack) for _ in range(5)]

    newest = [file.id for file in door.newest_photos(slack.race.id, count=2)]

    assert newest == [message.files[0] for message in reversed(messages)]
    assert len(slack.calls_of("files.list")) == 3


# Its bytes


def test_the_bytes_come_as_they_are(slack: LocalSlack, door: Slack) -> None:
    assert door.download(door.file(dropped(slack).files[0])) == BYTES


def test_without_the_scope_slacks_redirect_to_its_login_page_is_a_login_page(slack: LocalSlack, door: Slack) -> None:
    told = door.file(dropped(slack).files[0])
    slack.workspace.scopes.discard("files:read")

    with pytest.raises(LoginPage):
        door.download(told)


def test_slacks_login_page_with_status_200_is_a_login_page(door: Slack) -> None:
    page = Answer(headers={"Content-Type": "text/html; charset=utf-8"}, body=[b"<!DOCTYPE html><title>Slack</title>"])
    with answering(lambda: page) as server, pytest.raises(LoginPage):
        fetched(door, server.host)


@pytest.mark.parametrize(
    "url",
    [
        "http://files.slack.com/files-pri/T1-F1/a.jpg",
        "https://files.slack.com:8443/files-pri/T1-F1/a.jpg",
        "https://someone@files.slack.com/files-pri/T1-F1/a.jpg",
        "https://files.slack.com@evil.example/a.jpg",
        "https://files.slack.com.evil.com/a.jpg",
        "https://evil.example/files.slack.com/a.jpg",
        "https://files.slack.com\\@evil.example/a.jpg",
        "https://slack.com/files-pri/T1-F1/a.jpg",
        "http://169.254.169.254/latest/meta-data/",
        "file:///etc/passwd",
        "ftp://files.slack.com/a.jpg",
        "//files.slack.com/a.jpg",
    ],
)
def test_only_slacks_own_hosts_are_asked(door: Slack, url: str) -> None:
    """A refusal, and not the error of a failed request."""
    with pytest.raises(PhotoError, match="lies outside Slack"):
        door.download(file_at(url))


def test_another_host_is_never_asked_and_never_gets_the_token(door: Slack) -> None:
    with answering(Answer) as evil, pytest.raises(PhotoError, match="lies outside Slack"):
        door.download(file_at(f"http://{evil.host}/a.jpg"))

    assert evil.asked == []


def test_a_redirect_is_not_followed_so_the_token_stays(slack: LocalSlack) -> None:
    with (
        answering(Answer) as evil,
        answering(lambda: Answer(302, {"Location": f"http://{evil.host}/"})) as server,
        pytest.raises(LoginPage),
    ):
        fetched(Slack(WebClient(slack.bot_token, base_url=slack.api_url)), server.host)

    assert evil.asked == []
    assert server.asked[0]["Authorization"] == f"Bearer {slack.bot_token}"


def test_a_file_that_lies_elsewhere_is_refused_without_a_request(slack: LocalSlack, door: Slack) -> None:
    with answering(Answer) as elsewhere:
        upload = Upload("far.jpg", b"", "image/jpeg", external_url=f"http://{elsewhere.host}/a.jpg")
        with pytest.raises(PhotoError, match="lies outside Slack"):
            door.download(door.file(dropped(slack, upload).files[0]))

    assert elsewhere.asked == []


def test_a_file_that_the_other_organisation_keeps_to_itself_is_refused_without_a_request(door: Slack) -> None:
    closed = {"id": "F0000000001", "mode": "file_access", "file_access": "check_file_info", "created": 0, "user": ""}

    with pytest.raises(PhotoError, match="the other organisation"):
        door.download(told_by_slack(closed))


def test_a_file_that_says_it_is_too_big_is_not_fetched(door: Slack) -> None:
    with answering(Answer) as server, pytest.raises(TooLarge, match=r"too big for me \(60 MB; limit 25 MB\)"):
        fetched(door, server.host, size=60 * 2**20)

    assert server.asked == []


def test_a_file_that_does_not_end_is_left_at_the_limit(door: Slack) -> None:
    endless = Answer(body=itertools.repeat(bytes(2**20)))
    with answering(lambda: endless) as server, pytest.raises(TooLarge):
        fetched(door, server.host)


def test_a_file_of_exactly_the_limit_is_fetched(door: Slack) -> None:
    with answering(lambda: Answer(body=[bytes(MAX_FILE_BYTES)])) as server:
        assert len(fetched(door, server.host)) == MAX_FILE_BYTES


@pytest.mark.parametrize(("status", "error"), [(404, PhotoGone), (410, PhotoGone), (403, SlackBusy), (502, SlackBusy)])
def test_what_slacks_file_host_says_instead_of_bytes(door: Slack, status: int, error: type[Exception]) -> None:
    with answering(lambda: Answer(status)) as server, pytest.raises(error):
        fetched(door, server.host)


def test_a_file_host_that_asks_to_wait_is_waited_for(door: Slack) -> None:
    busy = Answer(429, {"retry-after": "7"})
    with answering(lambda: busy) as server, pytest.raises(SlackBusy) as caught:
        fetched(door, server.host)

    assert caught.value.after == 7


@pytest.mark.parametrize("kind", ["ratelimited", "error500", "lost"])
def test_bytes_that_do_not_come_may_come_later(slack: LocalSlack, door: Slack, kind: Kind) -> None:
    told = door.file(dropped(slack).files[0])
    slack.faults.add("download", kind, retry_after=0)

    with pytest.raises(SlackBusy) as caught:
        door.download(told)

    assert caught.value.retry
    assert door.download(told) == BYTES


# What Slack says instead


def test_a_limit_tells_how_long_to_wait_and_until_then_slack_is_left_alone(slack: LocalSlack, door: Slack) -> None:
    [file] = dropped(slack).files
    slack.faults.add("files.info", "ratelimited", retry_after=2)
    with pytest.raises(SlackBusy) as first:
        door.file(file)
    with pytest.raises(SlackBusy) as second:
        door.file(file)

    assert first.value.after == 2
    assert 1 < second.value.after <= 2
    assert slack.faults.early["files.info"] == 0
    time.sleep(second.value.after)  # as Slack asks for
    assert door.file(file).id == file


@pytest.mark.parametrize("kind", ["error500", "lost"])
def test_a_question_without_an_answer_may_be_asked_again(slack: LocalSlack, door: Slack, kind: Kind) -> None:
    [file] = dropped(slack).files
    slack.faults.add("files.info", kind, times=3)

    with pytest.raises(SlackBusy, match="does not answer right now"):
        door.file(file)

    assert door.file(file).id == file


@pytest.mark.parametrize("kind", ["ratelimited", "error500", "lost"])
def test_a_question_is_asked_again_after_a_moment(slack: LocalSlack, door: Slack, kind: Kind) -> None:
    [file] = dropped(slack).files
    slack.faults.add("files.info", kind, retry_after=1)

    assert door.file(file).id == file
    assert len(slack.calls_of("files.info")) == 2
    assert slack.faults.early["files.info"] == 0


def test_slack_that_hangs_is_left(slack: LocalSlack) -> None:
    impatient = Slack(WebClient(slack.bot_token, base_url=slack.api_url, timeout=1))
    [file] = dropped(slack).files
    slack.faults.add("files.info", "hang", seconds=3)

    with pytest.raises(SlackBusy):
        impatient.file(file)


def test_slack_that_is_not_there_may_come_back() -> None:
    with pytest.raises(SlackBusy):
        Slack(WebClient("xoxb-1", base_url="http://127.0.0.1:9/api/")).identity()


def test_a_missing_scope_is_named(slack: LocalSlack, door: Slack) -> None:
    slack.workspace.scopes.discard("users:read")

    with pytest.raises(SlackError, match="I lack the Slack permission users:read") as caught:
        door.person(slack.member.id)

    assert (caught.value.code, caught.value.retry) == ("missing_scope", False)


# Saying things


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


# Finding what may have been said


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


# Who may what


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
