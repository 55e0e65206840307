"""The story of an admin: start list, event, correction, a look on demand."""

from collections.abc import Callable

from playwright.sync_api import expect

from bot.demo.records import Channel
from bot.demo.server import LocalSlack
from bot.demo.story import samples
from tests.browser.window import Window

Open = Callable[..., Window]


def test_a_start_list_is_taken_from_a_modal_and_names_the_runners(
    spotter: LocalSlack, channel: Channel, window: Open
) -> None:
    ada = window(spotter.admin.id, channel.id)
    ada.type("/spotter startlist")
    ada.modal.locator("input[type=file]").set_input_files(samples("startlist.csv"))
    expect(ada.modal).to_contain_text("startlist.csv · 243 bytes")
    ada.picture("admin-1-start-list")
    ada.modal.get_by_role("button", name="Use it").click()
    expect(ada.modal).to_have_count(0)

    ada.choose_files(samples("06*.jpg"))
    ada.type("The finish")
    ada.page.get_by_role("button", name="1 reply").click()

    expect(ada.message("Spotter", "#thread")).to_contain_text("Nora Bellweather")
    ada.picture("admin-2-names")


def test_the_events_settings_are_kept(spotter: LocalSlack, channel: Channel, window: Open) -> None:
    ada = window(spotter.admin.id, channel.id)
    ada.type("/spotter event")
    ada.modal.get_by_label("Lowest and highest number").fill("1-3000")
    ada.picture("admin-3-event")
    ada.modal.get_by_role("button", name="Save").click()
    expect(ada.modal).to_have_count(0)

    ada.type("/spotter event")

    expect(ada.modal.get_by_label("Lowest and highest number")).to_have_value("1-3000")


def test_a_wrong_bib_is_corrected_in_the_answer(spotter: LocalSlack, channel: Channel, window: Open) -> None:
    ada = window(spotter.admin.id, channel.id)
    ada.choose_files(samples("07*.jpg"))
    ada.type("The podium")
    ada.page.get_by_role("button", name="1 reply").click()
    answer = ada.message("Bibs", "#thread")
    expect(answer).to_contain_text("34")

    answer.get_by_role("button", name="More options").click()
    ada.page.get_by_role("menuitem", name="Wrong bib?").click()
    ada.modal.get_by_label("Wrong number").select_option("34")
    ada.modal.get_by_label("Right number").fill("35")
    ada.picture("admin-4-correction")
    ada.modal.get_by_role("button", name="Save").click()

    expect(answer).to_contain_text("Bibs 35")
    ada.picture("admin-5-corrected")


def test_the_menu_of_a_message_looks_at_its_photo(spotter: LocalSlack, channel: Channel, window: Open) -> None:
    ada = window(spotter.admin.id, channel.id)
    ada.choose_files(samples("04*.jpg"))
    ada.type("Water")
    expect(ada.page.locator(".thread-line")).to_contain_text("1 reply")

    ada.menu(ada.message("Water"), "Look at this photo")

    expect(ada.message("My answer is in the photo's thread.")).to_contain_text("Only visible to you")


def test_a_picture_put_into_the_modal_is_answered_by_direct_message(
    spotter: LocalSlack, channel: Channel, window: Open
) -> None:
    ada = window(spotter.admin.id, channel.id)
    ada.type("/spotter look")
    ada.modal.get_by_role("button", name="Look").click()
    expect(ada.modal).to_contain_text("Please add a file.")
    ada.modal.locator("input[type=file]").set_input_files(samples("07*.jpg"))
    ada.modal.get_by_role("button", name="Look").click()

    ada.page.get_by_role("button", name="Spotter 1").click()

    expect(ada.message("Bib")).to_be_visible()
    ada.picture("admin-6-direct-message")


def test_help_and_status_are_for_whoever_asked(spotter: LocalSlack, channel: Channel, window: Open) -> None:
    ada, max_ = window(spotter.admin.id, channel.id), window(spotter.other.id, channel.id)
    ada.type("/spotter help")
    ada.type("/spotter status")

    expect(ada.message("I am on in this channel.")).to_contain_text("Only visible to you")
    ada.picture("admin-7-help-and-status")
    expect(max_.page.locator(".message")).to_have_count(0)
