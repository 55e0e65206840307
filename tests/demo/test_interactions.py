"""Commands, shortcuts, buttons and modals reach a real Bolt app, and its answers do what they say."""

from collections.abc import Callable
from queue import Queue
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.demo.records import Message, Upload
from bot.demo.server import LocalSlack
from bot.errors import AskError
from tests.demo.conftest import PHOTO, said

Serve = Callable[[App], None]


def words(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


OPTIONS = [{"text": words("Boxes"), "value": "boxes"}, {"text": words("Why?"), "value": "why"}]
BUTTONS = [
    {
        "type": "actions",
        "elements": [
            {"type": "button", "action_id": "share", "text": words("Share"), "value": "job-7"},
            {"type": "overflow", "action_id": "more", "options": OPTIONS},
        ],
    }
]


def entry(action_id: str, element: dict[str, Any]) -> dict[str, Any]:
    return {"type": "input", "optional": True, "label": words(action_id), "element": element | {"action_id": action_id}}


MODAL = {
    "type": "modal",
    "callback_id": "look",
    "notify_on_close": True,
    "private_metadata": "job-7",
    "title": words("Look"),
    "submit": words("Look"),
    "blocks": [
        entry("bib", {"type": "plain_text_input", "initial_value": "1"}),
        entry("photo", {"type": "file_input", "max_files": 1}),
        entry("mode", {"type": "static_select", "options": OPTIONS, "initial_option": OPTIONS[0]}),
    ],
}


def posted(slack: LocalSlack, client: WebClient) -> Message:
    client.chat_postMessage(channel=slack.race.id, text="Bib 1234", blocks=BUTTONS)
    return slack.messages(slack.race.id)[-1]


def test_a_command_opens_a_modal_with_its_trigger(slack: LocalSlack, app: App, serve: Serve, client: WebClient) -> None:
    @app.command("/spotter")
    def open_modal(ack: Any, command: dict[str, str]) -> None:
        client.views_open(trigger_id=command["trigger_id"], view=MODAL)
        ack()

    serve(app)
    assert slack.command(slack.member.id, slack.race.id, "/spotter", "look").ok
    [view] = slack.views(slack.member.id)
    assert view.content["callback_id"] == "look"


def test_a_trigger_opens_once_and_for_three_seconds(slack: LocalSlack, client: WebClient) -> None:
    def error(trigger: str) -> str:
        with pytest.raises(SlackApiError) as refused:
            client.views_open(trigger_id=trigger, view=MODAL)
        return str(refused.value.response["error"])

    used, old = slack.hooks.new_trigger(slack.member.id), slack.hooks.new_trigger(slack.member.id)
    client.views_open(trigger_id=used, view=MODAL)
    slack.hooks.age(3.1)
    assert (error(used), error(old)) == ("exchanged_trigger_id", "expired_trigger_id")


def test_a_response_url_takes_five_answers_in_half_an_hour(slack: LocalSlack) -> None:
    def answer(url: str) -> int:
        request = Request(url, b'{"text": "found"}', {"Content-Type": "application/json"})  # noqa: S310 - our own server
        try:
            with urlopen(request) as response:  # noqa: S310 - our own server
                return int(response.status)
        except HTTPError as error:
            error.close()
            return error.code

    url = slack.hooks.new_response_url(slack.member.id, slack.race.id)
    assert [answer(url) for _ in range(6)] == [200] * 5 + [404]
    assert [message.text for message in slack.ephemerals(slack.member.id)] == ["found"] * 5
    old = slack.hooks.new_response_url(slack.member.id, slack.race.id)
    slack.hooks.age(30 * 60 + 1)
    assert answer(old) == 404


def test_a_shortcut_brings_the_whole_message(slack: LocalSlack, app: App, serve: Serve) -> None:
    got: list[dict[str, Any]] = []

    @app.shortcut("look_at")
    def look_at(ack: Any, shortcut: dict[str, Any]) -> None:
        got.append(shortcut)
        ack()

    serve(app)
    photo = slack.drop(slack.member.id, slack.race.id, [PHOTO])
    assert slack.shortcut(slack.other.id, photo, "look_at").ok
    assert (got[0]["type"], got[0]["user"]["id"], got[0]["message_ts"]) == ("message_action", slack.other.id, photo.ts)
    assert got[0]["message"]["files"][0]["id"] == photo.files[0]


def test_a_button_brings_its_value_and_a_menu_its_option(
    slack: LocalSlack, app: App, serve: Serve, client: WebClient
) -> None:
    got: list[Any] = []

    @app.action("share")
    @app.action("more")
    def note(ack: Any, action: dict[str, Any]) -> None:
        got.append(action.get("value") or action["selected_option"]["value"])
        ack()

    serve(app)
    message = posted(slack, client)
    assert slack.press(slack.other.id, message, "share").ok
    assert slack.press(slack.other.id, message, "more", "why").ok
    assert got == ["job-7", "why"]


def test_what_is_not_there_cannot_be_pressed(slack: LocalSlack, client: WebClient) -> None:
    message = posted(slack, client)
    with pytest.raises(AskError, match="there is: share, more"):
        slack.press(slack.other.id, message, "sing")
    with pytest.raises(AskError, match="it has boxes, why"):
        slack.press(slack.other.id, message, "more", "sing")


def test_pressing_can_replace_or_delete_an_ephemeral(
    slack: LocalSlack, app: App, serve: Serve, client: WebClient
) -> None:
    app.action("share")(lambda ack, respond: (ack(), respond(text="shared", replace_original=True)))
    app.action("more")(lambda ack, respond: (ack(), respond(delete_original=True)))
    serve(app)
    client.chat_postEphemeral(channel=slack.race.id, user=slack.member.id, text="x", blocks=BUTTONS)
    [whisper] = slack.ephemerals(slack.member.id)
    assert slack.press(slack.member.id, whisper, "share").ok
    slack.wait(lambda: [each.text for each in slack.ephemerals(slack.member.id)] == ["shared"])
    client.chat_postEphemeral(channel=slack.race.id, user=slack.member.id, text="x", blocks=BUTTONS)
    assert slack.press(slack.member.id, slack.ephemerals(slack.member.id)[-1], "more", "why").ok
    slack.wait(lambda: [each.text for each in slack.ephemerals(slack.member.id)] == ["shared"])


def test_a_submitted_modal_brings_what_was_entered_and_closes(
    slack: LocalSlack, app: App, serve: Serve, client: WebClient
) -> None:
    got: list[dict[str, Any]] = []

    @app.view("look")
    def note(ack: Any, view: dict[str, Any]) -> None:
        got.append(view)
        ack()

    serve(app)
    client.views_open(trigger_id=slack.hooks.new_trigger(slack.member.id), view=MODAL)
    [view] = slack.views(slack.member.id)
    assert slack.submit(slack.member.id, view, {"bib": "1234", "photo": [Upload("me.png", b"x")]}).ok
    entered = {name: value for block in got[0]["state"]["values"].values() for name, value in block.items()}
    assert entered["bib"]["value"] == "1234"
    assert entered["mode"]["selected_option"]["value"] == "boxes"
    assert said(client.files_info(file=entered["photo"]["files"][0]["id"]), "file")["mimetype"] == "image/png"
    assert got[0]["private_metadata"] == "job-7"
    assert slack.views(slack.member.id) == []


def test_a_modal_stays_open_with_errors_and_changes_or_grows_as_the_ack_says(
    slack: LocalSlack, app: App, serve: Serve, client: WebClient
) -> None:
    answers: list[dict[str, Any]] = [
        {"response_action": "errors", "errors": {"b": "no"}},
        {"response_action": "update", "view": MODAL | {"private_metadata": "two"}},
        {"response_action": "push", "view": MODAL | {"private_metadata": "three"}},
    ]
    app.view("look")(lambda ack: ack(**answers.pop(0)))
    serve(app)
    client.views_open(trigger_id=slack.hooks.new_trigger(slack.member.id), view=MODAL)
    [view] = slack.views(slack.member.id)
    seen = []
    for _ in range(3):
        slack.submit(slack.member.id, view)
        seen.append([each.content["private_metadata"] for each in slack.views(slack.member.id)])
    assert seen == [["job-7"], ["two"], ["two", "three"]]


def test_a_closed_modal_is_told_where_the_app_asked_for_it(
    slack: LocalSlack, app: App, serve: Serve, client: WebClient
) -> None:
    got: list[str] = []

    @app.view_closed("look")
    def note(ack: Any, view: dict[str, Any]) -> None:
        got.append(view["id"])
        ack()

    serve(app)
    client.views_open(trigger_id=slack.hooks.new_trigger(slack.member.id), view=MODAL)
    [view] = slack.views(slack.member.id)
    slack.close(slack.member.id, view)
    assert got == [view.id]
    assert slack.views(slack.member.id) == []


def test_a_modal_is_updated_by_id_and_only_with_the_right_hash(slack: LocalSlack, client: WebClient) -> None:
    opened = said(client.views_open(trigger_id=slack.hooks.new_trigger(slack.member.id), view=MODAL), "view")
    two = MODAL | {"title": words("Two")}
    changed = said(client.views_update(view_id=opened["id"], hash=opened["hash"], view=two), "view")
    assert changed["title"]["text"] == "Two"
    with pytest.raises(SlackApiError, match="hash_conflict"):
        client.views_update(view_id=opened["id"], hash=opened["hash"], view=MODAL)


def test_three_modals_lie_upon_each_other_and_no_fourth(
    slack: LocalSlack, app: App, serve: Serve, client: WebClient
) -> None:
    said: Queue[str] = Queue()

    @app.action("again")
    def push(ack: Any, body: dict[str, Any]) -> None:
        ack()
        try:
            client.views_push(trigger_id=body["trigger_id"], view=growing)
            said.put("ok")
        except SlackApiError as error:
            said.put(str(error.response["error"]))

    button = {"type": "button", "action_id": "again", "text": words("Again")}
    growing = MODAL | {"blocks": [{"type": "actions", "elements": [button]}]}
    serve(app)
    client.views_open(trigger_id=slack.hooks.new_trigger(slack.member.id), view=growing)
    for outcome in ("ok", "ok", "push_limit_reached"):
        slack.press(slack.member.id, slack.views(slack.member.id)[-1], "again")
        assert said.get(timeout=5) == outcome


def test_an_app_home_is_written_for_one_person_and_its_buttons_work(
    slack: LocalSlack, app: App, serve: Serve, client: WebClient
) -> None:
    got: list[str] = []

    @app.action("share")
    def note(ack: Any, body: dict[str, Any]) -> None:
        got.append(body["view"]["type"])
        ack()

    serve(app)
    client.views_publish(user_id=slack.member.id, view={"type": "home", "blocks": BUTTONS})
    home = slack.home(slack.member.id)
    assert home is not None
    assert slack.home(slack.admin.id) is None
    assert slack.press(slack.member.id, home, "share").ok
    assert got == ["home"]


def test_an_app_that_does_not_answer_is_not_asked_twice(slack: LocalSlack) -> None:
    ack = slack.command(slack.member.id, slack.race.id, "/spotter", "look")
    assert (ack.ok, ack.reason) == (False, "connection_failed")
    assert len(slack.deliveries) == 1
