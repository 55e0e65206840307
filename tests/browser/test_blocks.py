"""Every block and element that Slack takes is shown, on each surface; what is unknown is a visible error."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from slack_sdk import WebClient

from bot.demo.block_limits import SURFACES
from bot.demo.blockkit import problems
from bot.demo.page.shown import message as shown_message
from bot.demo.records import Channel, Json, Message, Upload
from bot.demo.server import LocalSlack
from bot.demo.story import samples
from tests.browser.blocks import BUTTON, FIELDS, OF_MESSAGES, OPTIONS, SHARED, SHOWN, words
from tests.browser.window import Window

Open = Callable[..., Window]
NOT_IN_THE_SCHEMA = {"data_visualization"}


def _picture(slack: LocalSlack, channel: Channel) -> Json:
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
    slack.connect("")  # else the bot writes a page of its own
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
        {
            "type": "input",
            "optional": True,
            "label": words(field["type"]),
            "block_id": field["type"],
            "element": {**field, "action_id": field["type"]},
        }
        for field in FIELDS
    ]
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
    rows = [
        {"type": "section", "block_id": f"row{n}", "text": words(f"Row {n}"), "accessory": {**BUTTON, "value": str(n)}}
        for n in (1, 2)
    ]
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
    strange: list[Json] = [
        {"type": "hologram"},
        {"type": "actions", "elements": [{"type": "lever"}]},
        {"type": "header"},
    ]
    message = Message(channel=channel.id, ts=slack.workspace.new_ts(), user=slack.bot.id, blocks=strange)
    slack.workspace.add(message)
    mia = window(slack.member.id, channel.id)

    expect(mia.page.locator(".block-error")).to_have_count(2)
    expect(mia.page.locator(".block-error").first).to_contain_text("This page does not know the block “hologram”.")
    assert shown_message(slack.workspace, message)["blocks"] == strange
    mia.picture("blocks-unknown")
