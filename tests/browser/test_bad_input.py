"""Bad days: what cannot be taken is said as Slack says it, and the page goes on."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, expect
from slack_sdk import WebClient

from bot.demo.beside import bot_beside
from bot.demo.records import Channel
from bot.demo.server import LocalSlack
from bot.demo.story import samples
from tests.browser.window import Window

Open = Callable[..., Window]


def test_a_file_that_is_too_large_gets_one_sentence(
    spotter: LocalSlack, channel: Channel, window: Open, tmp_path: Path
) -> None:
    large = tmp_path / "large.jpg"
    large.write_bytes(b"\xff\xd8\xff" + bytes(25 * 1024 * 1024))
    mia = window(spotter.member.id, channel.id)

    mia.choose_files([large])
    mia.type("Too much")
    mia.page.get_by_role("button", name="1 reply").click()

    expect(mia.message("Spotter", "#thread")).to_contain_text("25 MB")
    mia.picture("bad-too-large")


def test_a_pdf_that_calls_itself_a_photo_gets_one_sentence(spotter: LocalSlack, channel: Channel, window: Open) -> None:
    mia = window(spotter.member.id, channel.id)

    mia.choose_files([FilePayload(name="result.jpg", mimeType="image/jpeg", buffer=b"%PDF-1.7 no photo")])
    mia.type("The result")
    mia.page.get_by_role("button", name="1 reply").click()

    expect(mia.message("Spotter", "#thread")).to_contain_text("This looks like a PDF.")
    expect(mia.page.locator("#thread .file-card")).to_contain_text("result.jpg")


def test_fifty_photos_at_once_go_out_ten_a_message(slack: LocalSlack, channel: Channel, window: Open) -> None:
    photo = samples("05*.jpg")[0].read_bytes()
    fifty = [FilePayload(name=f"{n:02}.jpg", mimeType="image/jpeg", buffer=photo + bytes([n])) for n in range(50)]
    mia = window(slack.member.id, channel.id)

    mia.choose_files(fifty)
    mia.type("All of them")

    expect(mia.notice).to_contain_text("Slack takes 10 files a message, so these go out in 5 messages.")
    expect(mia.page.locator(".message .files-many img")).to_have_count(50, timeout=20_000)
    mia.picture("bad-fifty")


def test_a_file_over_ten_megabytes_is_refused_by_a_modal(
    spotter: LocalSlack, channel: Channel, window: Open, tmp_path: Path
) -> None:
    large = tmp_path / "large.csv"
    large.write_bytes(bytes(10_000_001))
    ada = window(spotter.admin.id, channel.id)
    ada.type("/spotter startlist")

    ada.modal.locator("input[type=file]").set_input_files(large)

    expect(ada.modal).to_contain_text("large.csv is too large: here a file can have 10 MB.")
    ada.picture("bad-modal-file")


def test_an_app_that_is_down_is_told_in_slacks_words_and_works_again_afterwards(
    slack: LocalSlack, channel: Channel, window: Open, tmp_path: Path
) -> None:
    mia = window(slack.member.id, channel.id)
    with bot_beside(slack, tmp_path):
        mia.type("/spotter status")
        expect(mia.message("I am on in this channel.")).to_be_visible()
    mia.type("/spotter status")
    expect(mia.notice).to_contain_text("/spotter failed because the app did not respond.")
    mia.picture("bad-app-down")
    mia.choose_files(samples("01*.jpg"))
    mia.type("Meanwhile")

    with bot_beside(slack, tmp_path):
        slack.redeliver()  # Slack's next try, which takes minutes
        expect(mia.page.locator(".thread-line")).to_contain_text("1 reply", timeout=30_000)


def test_a_modal_that_the_app_does_not_answer_stays_with_what_was_typed(
    slack: LocalSlack, channel: Channel, window: Open, tmp_path: Path
) -> None:
    ada = window(slack.admin.id, channel.id)
    with bot_beside(slack, tmp_path):
        ada.type("/spotter event")
        ada.modal.get_by_label("Lowest and highest number").fill("1-99")
    ada.modal.get_by_role("button", name="Save").click()

    expect(ada.modal.locator(".notice")).to_contain_text("We had some trouble connecting. Please try again.")
    expect(ada.modal.get_by_label("Lowest and highest number")).to_have_value("1-99")
    ada.picture("bad-modal-unanswered")


@pytest.mark.usefixtures("spotter")
def test_two_windows_that_act_on_one_message_end_up_the_same(
    slack: LocalSlack, channel: Channel, window: Open, client: WebClient
) -> None:
    slack.say(slack.member.id, channel.id, "Mine")
    client.chat_postMessage(channel=channel.id, text="Theirs")
    one, two = window(slack.member.id, channel.id), window(slack.member.id, channel.id)
    more = two.message("Mine").get_by_role("button", name="More actions")
    more.click()
    one.menu(one.message("Mine"), "Delete message")
    expect(two.message("Mine")).to_have_count(0)

    two.page.get_by_role("menuitem", name="Delete message").click()

    expect(two.notice).to_contain_text("This message was deleted.")
    expect(two.message("Theirs")).to_be_visible()
