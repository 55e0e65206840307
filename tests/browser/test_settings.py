"""The story of a new channel: Spotter introduces itself, and an admin settles what it does there."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from bot.demo.records import Channel
from bot.demo.server import LocalSlack
from tests.browser.window import Window

Open = Callable[..., Window]


@pytest.mark.parametrize(
    ("dark", "size"), [(False, (1280, 1400)), (True, (390, 1400))], ids=["light and wide", "dark and narrow"]
)
def test_an_admin_settles_a_channel_from_the_introduction(
    spotter: LocalSlack, channel: Channel, window: Open, *, dark: bool, size: tuple[int, int]
) -> None:
    name = "settings-dark" if dark else "settings-light"
    channel.members.discard(spotter.bot.id)
    ada = window(spotter.admin.id, channel.id, dark=dark, size=size)
    ada.type("/invite @Spotter")
    introduced = ada.message("Hello, I am Spotter.")
    expect(introduced).to_be_visible()
    ada.picture(f"{name}-1-introduction")

    introduced.get_by_role("button", name="Settings").click()
    form = ada.modal
    form.get_by_role("button", name="A race").click()
    expect(form.get_by_label("Celebrities")).not_to_be_checked()
    ada.picture(f"{name}-2-form")
    form.get_by_label("Emotions by appearance").check()
    form.get_by_role("button", name="Save").click()
    expect(form).to_contain_text("Before I tell emotions, please type")
    form.get_by_label("For emotions, confirm").scroll_into_view_if_needed()
    ada.picture(f"{name}-3-error")
    form.get_by_label("Emotions by appearance").uncheck()
    form.get_by_role("button", name="Save").click()

    expect(form).to_have_count(0)
    expect(ada.message("Saved.")).to_contain_text("Only visible to you")
    ada.type("/spotter help")
    expect(ada.message("/findbib")).to_be_visible()
    ada.picture(f"{name}-4-help")


def test_members_read_what_is_settled(spotter: LocalSlack, channel: Channel, window: Open) -> None:
    mia = window(spotter.member.id, channel.id)

    mia.type("/spotter settings")

    expect(mia.message("I look for:")).to_contain_text("Admins change this")
    mia.picture("settings-5-summary")
