"""The page's own addresses, without a browser: who sees what, what is done, and what is refused."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import urllib3
from slack_bolt import App
from slack_sdk import WebClient

from bot.demo.page.routes import open_page
from bot.demo.page.shown import role
from bot.demo.page.typed import as_command, as_message
from bot.demo.records import Upload
from bot.demo.server import LocalSlack

MANIFEST = {
    "features": {
        "slash_commands": [{"command": "/spotter", "should_escape": True}, {"command": "/raw"}],
        "shortcuts": [{"type": "message", "callback_id": "look", "name": "Look"}],
    },
    "oauth_config": {"scopes": {"bot": ["chat:write", "commands", "files:read", "users:read", "channels:read"]}},
    "settings": {"event_subscriptions": {"bot_events": ["file_shared", "app_mention"]}},
}
PHOTO = Upload("runner.jpg", b"\xff\xd8\xff pretend")
TITLE = {"type": "plain_text", "text": "Modal"}
MODAL = {
    "type": "modal",
    "callback_id": "v",
    "title": TITLE,
    "submit": TITLE,
    "blocks": [
        {
            "type": "input",
            "block_id": "b",
            "label": {"type": "plain_text", "text": "File"},
            "element": {"type": "file_input", "action_id": "file"},
        },
        {
            "type": "actions",
            "elements": [{"type": "button", "action_id": "press", "text": {"type": "plain_text", "text": "Press"}}],
        },
    ],
}


class Page:
    """What the page's JavaScript asks of its server."""

    def __init__(self, slack: LocalSlack) -> None:
        self.slack = slack
        self.http = urllib3.PoolManager(retries=False, timeout=10)

    def get(self, path: str, **headers: str) -> urllib3.BaseHTTPResponse:
        """Get an address."""
        return self.http.request("GET", self.slack.url + path, headers=headers)

    def act(self, name: str, me: str, **given: Any) -> Any:
        """Do something as somebody."""
        address = f"{self.slack.url}/page/acts/{name}?as={me}"
        return json.loads(self.http.request("POST", address, body=json.dumps(given)).data)

    def upload(self, data: bytes, name: str = "runner.jpg") -> str:
        """Bring a file."""
        address = f"{self.slack.url}/page/files?as={self.slack.member.id}&name={quote(name)}"
        return str(json.loads(self.http.request("POST", address, body=data).data)["upload"])

    @contextmanager
    def stream(self, me: str) -> Iterator[Iterator[Any]]:
        """Listen as somebody."""
        answer = self.http.request("GET", f"{self.slack.url}/page/events?as={me}", preload_content=False)
        yield (json.loads(line[6:]) for line in _lines(answer) if line.startswith(b"data: "))
        answer.close()


def _lines(answer: urllib3.BaseHTTPResponse) -> Iterator[bytes]:
    buffer = b""
    while chunk := answer.read1():
        buffer += chunk
        *lines, buffer = buffer.split(b"\n")
        yield from lines


@pytest.fixture
def slack(tmp_path: Path) -> Iterator[LocalSlack]:
    """A workspace with an app's manifest, and a page."""
    sample = tmp_path / "sample.csv"
    sample.write_text("bib,name\n")
    with LocalSlack(retry_scale=0.001, manifest=MANIFEST) as workspace:
        open_page(workspace, [sample])
        yield workspace


@pytest.fixture
def page(slack: LocalSlack) -> Page:
    """The page's side of it."""
    return Page(slack)


def test_the_stream_begins_with_all_that_a_person_sees_and_goes_on_with_what_changes(page: Page) -> None:
    slack = page.slack
    slack.say(slack.member.id, slack.crew.id, "Secret")
    with page.stream(slack.other.id) as told:
        everything = next(told)
        slack.say(slack.member.id, slack.crew.id, "Secret, too")
        slack.say(slack.member.id, slack.race.id, "Open")
        change = next(told)

    assert (everything["kind"], everything["me"], everything["messages"]) == ("everything", slack.other.id, [])
    assert slack.crew.id not in [channel["id"] for channel in everything["channels"]]
    assert [command["command"] for command in everything["commands"]] == ["/spotter", "/raw"]
    assert everything["samples"] == ["sample.csv"]
    assert change["message"]["text"] == "Open"


def test_every_kind_of_change_is_told_to_whom_it_concerns(page: Page, client: WebClient) -> None:
    slack = page.slack
    blocks = [{"type": "divider"}]
    root = slack.say(slack.member.id, slack.race.id, "Look")
    with page.stream(slack.member.id) as told:
        next(told)
        client.assistant_threads_setStatus(channel_id=slack.race.id, thread_ts=root.ts, status="is looking")
        client.chat_postEphemeral(channel=slack.race.id, user=slack.other.id, text="for Max")
        client.chat_postEphemeral(channel=slack.race.id, user=slack.member.id, text="for Mia")
        client.views_publish(user_id=slack.member.id, view={"type": "home", "blocks": blocks})
        slack.delete_message(root)
        page.act("join", slack.guest.id, channel=slack.elsewhere.id)
        kinds = [next(told) for _ in range(5)]

    assert [each["kind"] for each in kinds] == ["status", "message", "home", "gone", "channel"]
    assert kinds[1]["message"]["text"] == "for Mia"
    with page.stream(slack.member.id) as told:
        assert next(told)["home"]["blocks"][0]["type"] == "divider"


def test_whoever_is_brought_into_a_channel_sees_what_was_said_there(page: Page) -> None:
    slack = page.slack
    slack.say(slack.member.id, slack.crew.id, "Before")
    with page.stream(slack.other.id) as told:
        next(told)
        said = page.act("command", slack.member.id, channel=slack.crew.id, text="/invite @Max Member")
        channel, everything = next(told), next(told)

    assert said == {"ok": True, "say": "Max Member is in this channel now."}
    assert channel["channel"]["joined"]
    assert [message["text"] for message in everything["messages"]] == ["Before"]


def test_nobody_has_no_stream(page: Page) -> None:
    assert page.get("/page/events?as=U0NOBODY1").status == 404


def test_a_file_is_given_to_members_of_its_channel_alone_and_only_pictures_are_shown(page: Page) -> None:
    slack = page.slack
    files = slack.drop(slack.member.id, slack.crew.id, [PHOTO, Upload("page.html", b"<script>")]).files
    photo, other = (page.get(f"/page/files/{file}?as={slack.admin.id}") for file in files)

    assert (photo.status, photo.headers["content-type"]) == (200, "image/jpeg")
    assert (other.headers["content-type"], other.headers["content-disposition"]) == (
        "application/octet-stream",
        "attachment",
    )
    assert page.get(f"/page/files/{files[0]}?as={slack.other.id}").status == 404
    assert page.get("/page/files/F0?as=U0").status == 404


def test_photos_and_words_become_one_message_with_mentions_by_id(page: Page) -> None:
    slack = page.slack
    names = [page.upload(PHOTO.data), page.upload(PHOTO.data, "ä b.jpg")]

    page.act("say", slack.member.id, channel=slack.race.id, text="@Spotter <this> & #crew", files=names)

    [message] = slack.messages(slack.race.id)
    assert message.text == f"<@{slack.bot.id}> &lt;this&gt; &amp; <#{slack.crew.id}>"
    assert [slack.workspace.files[file].name for file in message.files] == ["runner.jpg", "ä b.jpg"]


@pytest.mark.parametrize(
    ("act", "given", "says"),
    [
        ("say", {"channel": "crew", "text": "x"}, "You are not in this channel."),
        ("say", {"channel": "race", "files": ["unknown"]}, "This is no longer there."),
        ("command", {"channel": "race", "text": "/dance"}, "/dance is not a valid command."),
        (
            "command",
            {"channel": "race", "text": "/spotter", "thread": "1.0"},
            "/spotter is not supported in threads. Sorry!",
        ),
        ("command", {"channel": "race", "text": "/spotter help"}, "/spotter failed because the app did not respond."),
        ("command", {"channel": "race", "text": "/invite @Nobody"}, "Slack can't find a person of that name."),
        ("shortcut", {"callback": "all"}, "The shortcut failed because the app did not respond."),
        ("press", {"channel": "race", "ts": "1.0", "action": "a"}, "This message was deleted."),
        ("submit", {"view": "V1"}, "This window was closed elsewhere."),
        ("join", {"channel": "crew"}, "Only its members can bring you into a private channel."),
        ("dance", {}, "This page is older than the workspace."),
    ],
)
def test_what_cannot_be_done_is_said(page: Page, act: str, given: dict[str, Any], says: str) -> None:
    slack = page.slack
    if "channel" in given:
        given = {**given, "channel": getattr(slack, given["channel"]).id}

    answer = page.act(act, slack.other.id, **given)

    assert not answer["ok"]
    assert answer["say"].startswith(says)


def test_nobody_speaks_in_an_archived_channel(page: Page) -> None:
    page.slack.archive(page.slack.race.id)

    said = page.act("say", page.slack.member.id, channel=page.slack.race.id, text="x")

    assert said["say"] == "This channel is archived."


def test_a_message_is_deleted_with_its_files_by_its_author_and_a_whisper_by_its_reader(
    page: Page, client: WebClient
) -> None:
    slack = page.slack
    message = slack.drop(slack.member.id, slack.race.id, [PHOTO])
    client.chat_postEphemeral(channel=slack.race.id, user=slack.member.id, text="psst")
    [whisper] = slack.ephemerals(slack.member.id)

    refused = page.act("delete", slack.other.id, channel=message.channel, ts=message.ts)
    for each in (message, whisper):
        assert page.act("delete", slack.member.id, channel=each.channel, ts=each.ts)["ok"]

    assert refused["say"] == "You can delete only what you wrote yourself."
    assert slack.messages(slack.race.id) == []
    assert slack.ephemerals(slack.member.id) == []
    assert slack.workspace.files[message.files[0]].is_deleted


def hearing(app: App, client: WebClient) -> list[Any]:
    """Let an app write down what reaches it; its shortcut opens the modal, which refuses every file."""
    heard: list[Any] = []

    @app.command("/spotter")
    def command(ack: Any, body: dict[str, Any]) -> None:
        heard.append(body["text"])
        ack()

    @app.shortcut("look")
    def shortcut(ack: Any, body: dict[str, Any]) -> None:
        heard.append(body["callback_id"])
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=MODAL)

    @app.action("press")
    def press(ack: Any, body: dict[str, Any]) -> None:
        heard.append([file["name"] for file in body["view"]["state"]["values"]["b"]["file"]["files"]])
        ack()

    @app.view("v")
    def submit(ack: Any) -> None:
        ack(response_action="errors", errors={"b": "Another one, please."})

    return heard


def test_commands_shortcuts_presses_and_modals_reach_the_app(
    page: Page, app: App, serve: Callable[[App], None], client: WebClient
) -> None:
    slack, heard = page.slack, hearing(app, client)
    serve(app)
    me, message = slack.member.id, slack.say(slack.member.id, slack.race.id, "A word")

    page.act("command", me, channel=slack.race.id, text="/spotter look @Mia Member")
    page.act("shortcut", me, channel=slack.race.id, ts=message.ts, callback="look")
    [opened] = slack.views(me)
    values = {"file": {"uploads": [page.upload(b"bytes")]}}
    page.act("press", me, view=opened.id, action="press", values=values)
    answer = page.act("submit", me, view=opened.id, values=values)
    large = page.act("submit", me, view=opened.id, values={"file": {"uploads": [page.upload(bytes(10_000_001))]}})
    page.act("close", me, view=opened.id)
    page.act("home", me)

    assert heard == [f"look <@{me}|mia>", "look", ["runner.jpg"]]
    assert answer == {"ok": True, "errors": {"b": "Another one, please."}}
    assert large["say"] == "runner.jpg is too large: here a file can have 10 MB."
    assert slack.views(me) == []


def test_the_page_is_for_this_machine_and_may_load_nothing_from_elsewhere(page: Page) -> None:
    answer = page.get("/")

    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert page.get("/", Host="evil.example").status == 403
    assert page.get("/page/events?as=U0MEMBER1", Origin="https://evil.example").status == 403
    assert page.get("/page/main.js").status == 200
    assert page.get("/page/samples/sample.csv").data == b"bib,name\n"
    assert page.get("/page/samples/none").status == 404


def test_what_is_typed_after_a_command_is_escaped_only_where_the_app_asks_for_it(slack: LocalSlack) -> None:
    users, channels = slack.workspace.users.values(), slack.workspace.channels.values()

    assert as_command("a <b> @mia", users, channels, escape=False) == "a <b> @mia"
    assert as_message("see https://example.org/@mia", users, []) == "see <https://example.org/@mia>"
    assert as_message("@Mia Memberx", [], []) == "@Mia Memberx"


def test_each_member_has_one_role(slack: LocalSlack) -> None:
    people = (slack.admin, slack.member, slack.guest, slack.stranger, slack.deactivated, slack.bot)

    assert [role(each) for each in people] == ["admin", "member", "guest", "other company", "left", "app"]
