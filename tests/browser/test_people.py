"""The stories of people: an admin enrols somebody; a person agrees, finds their photos, and is forgotten."""

from collections.abc import Callable

from playwright.sync_api import Locator, expect

from bot.demo.records import Channel, Upload
from bot.demo.server import LocalSlack
from bot.demo.story import samples
from tests.browser.window import Window

Open = Callable[..., Window]
RECOGNISED = 60_000
"""Milliseconds until a face is known, on a busy machine: the models are loaded first."""


def test_an_admin_lets_faces_be_matched_and_enrols_somebody_who_signed_on_paper(
    spotter: LocalSlack, channel: Channel, window: Open
) -> None:
    ada = window(spotter.admin.id, channel.id, size=(1280, 1000))
    ada.type("/faces on")
    expect(ada.message("turned it on.")).to_contain_text("How to leave")
    ada.picture("people-1-notice")

    ada.type("/faces enroll Clara Wennick")
    expect(ada.modal.get_by_role("textbox", name="Their name")).to_have_value("Clara Wennick")
    ada.modal.get_by_label("Where the written consent is kept").fill("entry form 1207")
    ada.modal.get_by_label("The day on which they signed it").fill("2026-04-20")
    ada.modal.get_by_role("checkbox", name="They agreed to be found").check()
    ada.modal.get_by_role("checkbox", name="They agreed to be named").check()
    ada.modal.locator("input[type=file]").set_input_files(samples("people/clara_wennick_*.jpg"))
    ada.picture("people-2-attest")
    ada.modal.get_by_role("button", name="I attest this").click()
    expect(ada.message("Noted. I am looking at the photos of Clara Wennick")).to_contain_text("Only visible to you")
    inbox = spotter.direct_messages(spotter.admin.id).id
    spotter.wait(lambda: any("Clara Wennick" in one.text for one in spotter.messages(inbox)), RECOGNISED / 1000)

    ada.choose_files(samples("02*.jpg"))
    ada.type("Along the lake")
    ada.page.locator(".thread-line").click(timeout=RECOGNISED)
    expect(ada.message("Spotter", "#thread")).to_contain_text("Clara Wennick", timeout=RECOGNISED)
    ada.picture("people-3-named")

    ada.type("/faces list")
    listed = ada.message("agreed to be known")
    expect(listed).to_contain_text("Clara Wennick, outside this workspace")
    ada.picture("people-4-list")
    _confirmed(ada, listed.get_by_role("button", name="Remove"), "Remove")
    expect(ada.message("Removed. I don't recognise this face any more")).to_be_visible()
    expect(ada.message("Spotter", "#thread")).not_to_contain_text("Clara Wennick", timeout=RECOGNISED)


def test_a_person_agrees_finds_their_photos_and_is_forgotten(
    spotter: LocalSlack, channel: Channel, window: Open
) -> None:
    spotter.command(spotter.admin.id, channel.id, "/faces", "on")
    [water] = samples("04*.jpg")
    spotter.drop(spotter.other.id, channel.id, [Upload(water.name, water.read_bytes())], "Thank you, water crew")
    mia = window(spotter.member.id, channel.id, dark=True, size=(1100, 1300))
    expect(mia.page.locator(".thread-line")).to_contain_text("1 reply", timeout=RECOGNISED)

    mia.type("/faces me")
    expect(mia.modal).to_contain_text("How to leave")
    mia.modal.get_by_role("checkbox", name="I agree to be found").check()
    mia.modal.get_by_label("Your full name, as your signature").fill("Mia Member")
    mia.modal.locator("input[type=file]").set_input_files(samples("people/mia_member_*.jpg"))
    mia.picture("people-5-consent")
    mia.modal.get_by_role("button", name="I agree", exact=True).click()
    expect(mia.message("Thank you. I am looking at the 2 photos")).to_be_visible()

    mia.page.get_by_role("button", name="Spotter").first.click()
    offer = mia.message("I can look for you")
    expect(offer).to_be_visible(timeout=RECOGNISED)
    mia.picture("people-6-offer")
    offer.get_by_role("button", name="Look for me").click()
    expect(mia.message("You are in 1 photo.")).to_be_visible(timeout=RECOGNISED)

    mia.open(spotter.member.id, channel.id)
    mia.type("/whois me")
    expect(mia.message("You are in 1 photo").locator("img").first).to_be_visible()
    mia.menu(mia.message("Thank you, water crew"), "Who is in this photo?")
    expect(mia.message("from the left")).to_contain_text("probably you", timeout=RECOGNISED)
    mia.message("from the left").scroll_into_view_if_needed()
    mia.picture("people-7-who-is-in-this-photo")

    mia.type("/faces forget")
    expect(mia.message("From now on I don't recognise you.")).to_be_visible()
    mia.page.get_by_role("button", name="Spotter").first.click()
    expect(mia.message("You are forgotten")).to_be_visible(timeout=RECOGNISED)
    mia.picture("people-8-receipt")


def _confirmed(window: Window, button: Locator, answer: str) -> None:
    """Press a button that asks once more, and answer."""
    button.click()
    window.page.get_by_role("dialog").get_by_role("button", name=answer).click()
