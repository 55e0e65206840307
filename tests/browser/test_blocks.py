"""Every block and element that Slack takes is shown, on each surface; what is unknown is a visible error."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect
from slack_sdk import WebClient

from bot.demo.block_limits import SURFACES
from bot.demo.blockkit import problems
from bot.demo.page.shown import message as shown_message
from bot.demo.records import Channel, Message, Upload
from bot.demo.server import LocalSlack
from bot.demo.story import samples
from tests.browser.window import Window

Open = Callable[..., Window]
NOT_IN_THE_SCHEMA = {"data_visualization"}


def words(text: str, kind: str = "plain_text") -> dict[str, str]:
    """A text object."""
    return {"type": kind, "text": text}


def rich(text: str) -> dict[str, Any]:
    """A rich text of one line."""
    section = {"type": "rich_text_section", "elements": [words(text, "text")]}
    return {"type": "rich_text", "elements": [section]}


def option(text: str) -> dict[str, Any]:
    """An option of a menu."""
    return {"text": words(text), "value": text.lower()}


OPTIONS = [option("Text"), option("Faces"), option("Labels")]
BUTTON = {"type": "button", "action_id": "one", "text": words("One"), "value": "1"}
OVERFLOW = {"type": "overflow", "action_id": "menu", "options": OPTIONS}
SHARED = {
    "section": {"type": "section", "text": words("*Bold*, _slanted_, ~gone~, `code`, :warning:", "mrkdwn"), "accessory": OVERFLOW},
    "header": {"type": "header", "text": words("A header")},
    "divider": {"type": "divider"},
    "context": {"type": "context", "elements": [words("A small grey line", "mrkdwn")]},
    "actions": {
        "type": "actions",
        "elements": [
            BUTTON,
            {**BUTTON, "action_id": "two", "text": words("Two"), "style": "primary"},
            {**BUTTON, "action_id": "three", "text": words("Three"), "style": "danger"},
            {"type": "static_select", "action_id": "choose", "options": OPTIONS, "placeholder": words("Detector")},
            {"type": "datepicker", "action_id": "day", "initial_date": "2026-05-17"},
        ],
    },
    "input": {
        "type": "input", "label": words("A word"), "hint": words("Any word will do."),
        "element": {"type": "plain_text_input", "action_id": "word"},
    },
    "rich_text": {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_section", "elements": [{"type": "text", "text": "Rich", "style": {"bold": True}}, words(" text", "text")]},
            {"type": "rich_text_list", "style": "bullet", "elements": [rich("First")["elements"][0], rich("Second")["elements"][0]]},
            {"type": "rich_text_quote", "elements": [words("A quote", "text")]},
            {"type": "rich_text_preformatted", "elements": [words("as it is", "text")]},
        ],
    },
    "video": {
        "type": "video", "title": words("A film"), "alt_text": "Runners", "video_url": "https://example.org/film",
        "thumbnail_url": "https://example.org/film.jpg",
    },
    "card": {"type": "card", "title": words("A card", "mrkdwn"), "body": words("Its body", "mrkdwn"), "actions": [BUTTON]},
}  # fmt: skip
ROWS = [[words(name, "raw_text") for name in row] for row in (["Bib", "Name"], *(([str(n), f"Runner {n}"]) for n in range(1, 8)))]  # fmt: skip
SHOWN = {
    "table": {"type": "table", "rows": ROWS},
    "data_table": {"type": "data_table", "caption": "The list", "rows": ROWS, "page_size": 3, "row_header_column_index": 0},
    "carousel": {"type": "carousel", "elements": [SHARED["card"], SHARED["card"]]},
    "container": {
        "type": "container", "title": words("A container"), "is_collapsible": True, "default_collapsed": False,
        "child_blocks": [SHARED["section"]],
    },
}  # fmt: skip
OF_MESSAGES = {
    "markdown": {"type": "markdown", "text": "## Title\n\n**Bold** and [a link](https://example.org)\n\n- one\n- two"},
    "plan": {"type": "plan", "title": "Scanning", "tasks": [{"type": "task_card", "task_id": "t", "title": "Look", "status": "complete"}]},
    "task_card": {"type": "task_card", "task_id": "u", "title": "Read the bibs", "status": "in_progress", "details": rich("12 of 40")},
    "file": {"type": "file", "source": "remote", "external_id": "x1"},
    "context_actions": {
        "type": "context_actions",
        "elements": [
            {"type": "feedback_buttons", "action_id": "right", "positive_button": {"text": words("Right"), "value": "yes"},
             "negative_button": {"text": words("Wrong"), "value": "no"}},
            {"type": "icon_button", "action_id": "away", "icon": "trash", "text": words("Delete")},
        ],
    },
}  # fmt: skip
FIELDS = [
    {"type": "plain_text_input", "multiline": True, "initial_value": "Two\nlines"},
    {"type": "email_text_input"},
    {"type": "url_text_input"},
    {"type": "number_input", "is_decimal_allowed": False, "initial_value": "7"},
    {"type": "rich_text_input"},
    {"type": "datepicker"},
    {"type": "timepicker", "initial_time": "09:30"},
    {"type": "datetimepicker", "initial_date_time": 1763600000},
    {"type": "static_select", "options": OPTIONS, "initial_option": OPTIONS[1]},
    {"type": "multi_static_select", "options": OPTIONS, "initial_options": OPTIONS[:2]},
    {"type": "users_select", "initial_user": "U0MEMBER1"},
    {"type": "multi_users_select"},
    {"type": "conversations_select"},
    {"type": "multi_conversations_select"},
    {"type": "channels_select", "initial_channel": "C0RACE001"},
    {"type": "multi_channels_select"},
    {"type": "checkboxes", "options": OPTIONS, "initial_options": OPTIONS[:1]},
    {"type": "radio_buttons", "options": OPTIONS, "initial_option": OPTIONS[2]},
    {"type": "file_input", "filetypes": ["jpg"], "max_files": 3},
]


def _picture(slack: LocalSlack, channel: Channel) -> dict[str, Any]:
    [photo] = samples("06*.jpg")
    file = slack.drop(slack.member.id, channel.id, [Upload(photo.name, photo.read_bytes())]).files[0]
    return {"type": "image", "slack_file": {"id": file}, "alt_text": "The finish", "title": words("The finish")}


def test_every_block_of_a_message_is_shown(
    slack: LocalSlack, channel: Channel, window: Open, client: WebClient
) -> None:
    blocks = {**SHARED, **SHOWN, **OF_MESSAGES, "image": _picture(slack, channel)}
    assert set(blocks) == SURFACES["message"] - NOT_IN_THE_SCHEMA
    assert problems(list(blocks.values()), "message") == []
    mia = window(slack.member.id, channel.id, size=(1280, 2600))

    client.chat_postMessage(channel=channel.id, text="All blocks", blocks=list(blocks.values()))

    expect(mia.page.locator(".message").last.locator(".blocks > .block")).to_have_count(len(blocks))
    expect(mia.page.locator(".block-error")).to_have_count(0)
    mia.picture("blocks-message-light")
    mia.page.get_by_role("button", name="Dark theme").click()
    mia.picture("blocks-message-dark")


def test_every_block_of_an_app_home_is_shown(
    slack: LocalSlack, channel: Channel, window: Open, client: WebClient
) -> None:
    blocks = {**SHARED, **SHOWN, "image": _picture(slack, channel)}
    assert set(blocks) == SURFACES["home"] - NOT_IN_THE_SCHEMA
    mia = window(slack.member.id, channel.id, size=(1280, 2000))
    mia.page.get_by_role("button", name="Spotter", exact=True).click()
    mia.page.get_by_role("button", name="Home").click()
    expect(mia.page.locator(".empty")).to_contain_text("has not written a home page")

    client.views_publish(user_id=slack.member.id, view={"type": "home", "blocks": list(blocks.values())})

    expect(mia.page.locator(".home > .block")).to_have_count(len(blocks))
    expect(mia.page.locator(".block-error")).to_have_count(0)
    mia.picture("blocks-home")


@pytest.mark.parametrize("size", [(1280, 2400), (390, 2600)], ids=["wide", "narrow"])
def test_every_field_of_a_modal_is_filled_in_and_sent(
    slack: LocalSlack, channel: Channel, window: Open, client: WebClient, size: tuple[int, int]
) -> None:
    fields = [
        {"type": "input", "optional": True, "label": words(field["type"]), "block_id": field["type"],
         "element": {**field, "action_id": field["type"]}}
        for field in FIELDS
    ]  # fmt: skip
    alert = {"type": "alert", "text": words("Mind the gap"), "level": "warning"}
    view = {"type": "modal", "title": words("All fields"), "submit": words("Send"), "blocks": [alert, *fields]}
    assert problems(view, "modal") == []
    mia = window(slack.member.id, channel.id, size=size)
    client.views_open(trigger_id=slack.hooks.new_trigger(slack.member.id), view=view)

    mia.modal.locator("[data-block=email_text_input] input").fill("mia@example.org")
    mia.modal.locator("[data-block=file_input] input").set_input_files(samples("0[12]*.jpg"))
    mia.modal.locator("[data-block=radio_buttons]").get_by_label("Text").check()
    expect(mia.modal.locator(".block-error")).to_have_count(0)
    expect(mia.modal.locator(".file-list li")).to_have_count(2)
    mia.picture(f"blocks-modal-{'wide' if size[0] > 500 else 'narrow'}")
    before = len(slack.deliveries)
    mia.modal.get_by_role("button", name="Send").click()
    slack.wait(lambda: len(slack.deliveries) > before)

    sent = slack.deliveries[-1].parcel.payload["view"]["state"]["values"]
    assert set(sent) == {field["type"] for field in FIELDS}
    assert sent["email_text_input"]["email_text_input"]["value"] == "mia@example.org"
    assert sent["radio_buttons"]["radio_buttons"]["selected_option"]["value"] == "text"
    assert [file["name"] for file in sent["file_input"]["file_input"]["files"]] == ["01_start.jpg", "02_lake_road.jpg"]
    assert sent["datetimepicker"]["datetimepicker"]["selected_date_time"] == 1763599980  # the field has no seconds
    assert sent["multi_static_select"]["multi_static_select"]["selected_options"] == OPTIONS[:2]


def test_a_press_names_its_block_and_its_value(
    slack: LocalSlack, channel: Channel, window: Open, client: WebClient
) -> None:
    rows = [{"type": "section", "block_id": f"row{n}", "text": words(f"Row {n}"), "accessory": {**BUTTON, "value": str(n)}} for n in (1, 2)]  # fmt: skip
    client.chat_postMessage(channel=channel.id, text="Rows", blocks=rows)
    mia = window(slack.member.id, channel.id)
    before = len(slack.deliveries)

    mia.page.get_by_role("button", name="One").nth(1).click()
    slack.wait(lambda: len(slack.deliveries) > before)

    [action] = slack.deliveries[-1].parcel.payload["actions"]
    assert (action["block_id"], action["value"]) == ("row2", "2")


def test_a_table_has_pages_and_is_sorted(slack: LocalSlack, channel: Channel, window: Open, client: WebClient) -> None:
    client.chat_postMessage(channel=channel.id, text="A table", blocks=[SHOWN["data_table"]])
    mia = window(slack.member.id, channel.id)
    table = mia.page.locator(".block--data_table")

    table.get_by_role("button", name="Next rows").click()
    expect(table.locator("tbody th")).to_have_text(["4", "5", "6"])
    table.get_by_role("button", name="Bib").click()
    table.get_by_role("button", name="Bib").click()

    expect(table.locator("tbody th")).to_have_text(["7", "6", "5"])


def test_an_unknown_block_or_element_is_a_visible_error(slack: LocalSlack, channel: Channel, window: Open) -> None:
    strange = [{"type": "hologram"}, {"type": "actions", "elements": [{"type": "lever"}]}, {"type": "header"}]
    message = Message(channel=channel.id, ts=slack.workspace.new_ts(), user=slack.bot.id, blocks=strange)
    slack.workspace.add(message)
    mia = window(slack.member.id, channel.id)

    expect(mia.page.locator(".block-error")).to_have_count(2)
    expect(mia.page.locator(".block-error").first).to_contain_text("This page does not know the block “hologram”.")
    assert shown_message(slack.workspace, message)["blocks"] == strange
    mia.picture("blocks-unknown")
