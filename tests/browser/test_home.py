"""App Home as people see it: a watch is stopped there, and a channel's settings are opened there."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from bot.demo.records import Channel
from bot.demo.server import LocalSlack
from tests.browser.window import Window

Open = Callable[..., Window]
WIDE, NARROW = (1280, 1200), (390, 1600)


def home(window: Window) -> None:
    """Look at App Home."""
    if (folded := window.page.get_by_role("button", name="Show conversations")).is_visible():
        folded.click()
    window.page.get_by_role("button", name="Spotter", exact=True).click()
    window.page.get_by_role("button", name="Home").click()
    expect(window.page.locator(".home")).to_contain_text("Your face")


def test_a_member_stops_a_watch_where_it_stands(spotter: LocalSlack, channel: Channel, window: Open) -> None:
    mia = window(spotter.member.id, channel.id, size=WIDE)
    mia.type("/findbib watch 1234")
    expect(mia.message("I will tell you whenever bib 1234 turns up.")).to_be_visible()
    home(mia)

    mia.page.locator(".home select").select_option("1234")

    expect(mia.page.locator(".home")).to_contain_text("I watch bib 1234 no more.")
    expect(mia.page.locator(".home")).to_contain_text("You watch no bib.")
    mia.picture("home-member")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_admin_opens_the_settings_of_a_channel(
    spotter: LocalSlack, channel: Channel, window: Open, theme: str
) -> None:
    is_dark = theme == "dark"
    ada = window(spotter.admin.id, channel.id, dark=is_dark, size=NARROW if is_dark else WIDE)
    home(ada)
    ada.picture(f"home-admin-{theme}")

    ada.page.locator(".home").get_by_role("button", name="Settings").first.click()

    expect(ada.modal).to_contain_text("What I look for")
