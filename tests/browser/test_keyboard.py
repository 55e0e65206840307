"""Everything is reached and named without a mouse."""

from collections.abc import Callable

from playwright.sync_api import expect
from slack_sdk import WebClient

from bot.demo.records import Channel
from bot.demo.server import LocalSlack
from tests.browser.scene import scene
from tests.browser.window import Window

Open = Callable[..., Window]
BUTTON = {"type": "button", "action_id": "a", "text": {"type": "plain_text", "text": "Delete"}}


def test_everything_that_can_be_pressed_has_a_name(slack: LocalSlack, channel: Channel, window: Open) -> None:
    message = scene(slack, channel)
    mia = window(slack.member.id, channel.id, thread=message.ts)

    assert mia.page.evaluate(_NAMELESS) == []


def test_a_menu_is_used_by_keyboard_and_gives_the_focus_back(slack: LocalSlack, channel: Channel, window: Open) -> None:
    slack.say(slack.member.id, channel.id, "A word")
    mia = window(slack.member.id, channel.id)
    more = mia.page.get_by_role("button", name="More actions")

    more.focus()
    mia.page.keyboard.press("Enter")
    mia.page.keyboard.press("ArrowDown")
    expect(mia.page.get_by_role("menuitem").nth(1)).to_be_focused()
    mia.page.keyboard.press("Escape")

    expect(more).to_be_focused()


def test_a_thread_takes_the_focus_when_it_opens_and_gives_it_back(
    slack: LocalSlack, channel: Channel, window: Open
) -> None:
    message = scene(slack, channel)
    mia = window(slack.member.id, channel.id)

    mia.page.locator(f'[data-ts="{message.ts}"] .thread-line').press("Enter")
    expect(mia.page.locator("#thread textarea")).to_be_focused()
    mia.page.get_by_role("button", name="Close the thread").press("Enter")

    expect(mia.page.locator(f'[data-ts="{message.ts}"]').get_by_role("button").first).to_be_focused()


def test_the_first_stop_of_the_keyboard_leads_to_the_message_field(
    slack: LocalSlack, channel: Channel, window: Open
) -> None:
    mia = window(slack.member.id, channel.id)

    mia.page.keyboard.press("Tab")
    mia.page.keyboard.press("Enter")

    expect(mia.page.locator("#conversation textarea")).to_be_focused()
    expect(mia.page.locator("h1")).to_contain_text("finish-line")


def test_a_modal_keeps_the_focus_inside_and_escape_closes_it(
    spotter: LocalSlack, channel: Channel, window: Open
) -> None:
    ada = window(spotter.admin.id, channel.id)
    ada.type("/spotter event")
    expect(ada.modal).to_be_visible()

    for _ in range(12):
        ada.page.keyboard.press("Tab")
        assert ada.page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        )
    ada.page.keyboard.press("Escape")

    expect(ada.modal).to_have_count(0)
    assert spotter.views(spotter.admin.id) == []


def test_a_confirm_dialog_asks_before_anything_is_sent(
    slack: LocalSlack, channel: Channel, window: Open, client: WebClient
) -> None:
    plain = {name: {"type": "plain_text", "text": text} for name, text in _QUESTION.items()}
    asked = {**BUTTON, "confirm": {**plain, "style": "danger"}}
    client.chat_postMessage(channel=channel.id, text="Sure?", blocks=[{"type": "actions", "elements": [asked]}])
    mia = window(slack.member.id, channel.id)
    before = len(slack.deliveries)

    mia.page.get_by_role("button", name="Delete").click()
    mia.picture("page-confirm")
    mia.page.get_by_role("button", name="Keep it").click()

    expect(mia.page.locator("dialog")).to_have_count(0)
    assert len(slack.deliveries) == before


_QUESTION = {"title": "Delete it?", "text": "It cannot be brought back.", "confirm": "Delete it", "deny": "Keep it"}

_NAMELESS = """() => [...document.querySelectorAll("button, a[href], input:not([hidden]), textarea, select")]
  .filter((one) => !(one.getAttribute("aria-label") || one.textContent.trim() || one.labels?.length || one.title))
  .map((one) => one.outerHTML)"""
