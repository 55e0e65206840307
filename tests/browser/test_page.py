"""The page itself: who sees what, live, in each theme and at each width, by keyboard, and with enough contrast."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from slack_sdk import WebClient

from bot.demo.records import Channel, Upload
from bot.demo.server import LocalSlack
from bot.demo.story import samples
from tests.browser.looks import pale
from tests.browser.scene import scene
from tests.browser.window import Window

Open = Callable[..., Window]


def test_what_is_said_appears_in_every_window_without_reloading(
    slack: LocalSlack, channel: Channel, window: Open, client: WebClient
) -> None:
    mia, max_ = window(slack.member.id, channel.id), window(slack.other.id, slack.race.id)
    mia.type("Hello *all*, is <b>this</b> bold?")

    expect(mia.message("Hello").locator("strong").last).to_have_text("all")
    expect(mia.message("Hello")).to_contain_text("is <b>this</b> bold?")
    expect(max_.page.locator(f'[data-channel="{channel.id}"] .unread')).to_contain_text("1")

    said = client.chat_postMessage(channel=channel.id, text="First")
    expect(mia.message("First")).to_be_visible()
    client.chat_update(channel=channel.id, ts=str(said["ts"]), text="Second")
    expect(mia.message("Second")).to_contain_text("(edited)")
    client.chat_delete(channel=channel.id, ts=str(said["ts"]))
    expect(mia.page.locator(".message")).to_have_count(1)


def test_a_status_line_stands_below_the_message_until_the_answer(
    slack: LocalSlack, channel: Channel, window: Open, client: WebClient
) -> None:
    root = slack.say(slack.member.id, channel.id, "Look")
    mia = window(slack.member.id, channel.id)
    client.assistant_threads_setStatus(channel_id=channel.id, thread_ts=root.ts, status="is looking at it")
    expect(mia.page.locator(".life")).to_contain_text("Spotter is looking at it")
    mia.picture("page-status")

    client.chat_postMessage(channel=channel.id, text="Done", thread_ts=root.ts)

    expect(mia.page.locator(".life")).to_have_count(0)


@pytest.mark.parametrize("outsider", ["other", "guest", "stranger"])
def test_pictures_are_for_the_channels_members_alone(slack: LocalSlack, window: Open, outsider: str) -> None:
    [photo] = samples("01*.jpg")
    message = slack.drop(slack.member.id, slack.crew.id, [Upload(photo.name, photo.read_bytes())])
    address = f"{slack.url}/page/files/{message.files[0]}?as="
    mia, other = window(slack.member.id), window(getattr(slack, outsider).id)

    assert mia.page.request.get(address + slack.member.id).status == 200
    assert other.page.request.get(address + getattr(slack, outsider).id).status == 404
    expect(other.page.locator(f'[data-channel="{slack.crew.id}"]')).to_have_count(0)


def test_one_can_be_somebody_else(slack: LocalSlack, channel: Channel, window: Open) -> None:
    mia = window(slack.member.id, channel.id)

    mia.page.get_by_role("button", name="You are Mia Member").click()
    entries = mia.page.get_by_role("menuitem")
    expect(entries).to_have_text(
        ["Ada AdminAdmin", "Mia MemberMember", "Max MemberMember", "Gus GuestGuest", "Sol StrangerOther company"]
    )
    mia.picture("page-members")
    entries.get_by_text("Sol Stranger").click()

    expect(mia.page.locator(".sidebar-line").first).to_contain_text("race-photos")
    expect(mia.page.locator("h1")).to_contain_text("with-partner")
    expect(mia.page.locator(".member-switch")).to_contain_text("Other company")


def test_a_channel_without_spotter_is_joined_by_invitation(slack: LocalSlack, window: Open) -> None:
    mia = window(slack.member.id, slack.elsewhere.id)

    mia.type("/invite @Spotter")

    expect(mia.notice).to_contain_text("Spotter is in this channel now.")
    assert slack.bot.id in slack.elsewhere.members


def test_whoever_joins_a_channel_can_read_and_write_there(slack: LocalSlack, channel: Channel, window: Open) -> None:
    slack.say(slack.other.id, channel.id, "Before")
    channel.members.discard(slack.member.id)
    mia = window(slack.member.id, channel.id)
    expect(mia.page.locator(".message")).to_have_count(0)

    mia.page.get_by_role("button", name="Join").click()
    expect(mia.message("Before")).to_be_visible()
    mia.type("After")

    expect(mia.message("After")).to_be_visible()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 800), (390, 844)], ids=["wide", "narrow"])
def test_both_themes_have_enough_contrast_at_both_widths(
    spotter: LocalSlack, channel: Channel, window: Open, *, dark: bool, size: tuple[int, int]
) -> None:
    message = scene(spotter, channel)
    mia = window(spotter.member.id, channel.id, thread=message.ts, dark=dark, size=size)
    expect(mia.page.locator("#thread .message")).to_have_count(3)
    name = f"page-{'dark' if dark else 'light'}-{'narrow' if size[0] < 500 else 'wide'}"
    mia.picture(name)
    assert pale(mia.page) == []
    assert mia.page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    if size[0] < 500:
        mia.page.get_by_role("button", name="Close the thread").click()
        mia.page.get_by_role("button", name="Show conversations").click()
        mia.picture(f"{name}-conversations")

    assert pale(mia.page) == []


def test_the_theme_can_be_chosen_and_stays(slack: LocalSlack, channel: Channel, window: Open) -> None:
    mia = window(slack.member.id, channel.id)

    mia.page.get_by_role("button", name="Dark theme").click()
    mia.page.reload()

    expect(mia.page.locator("html")).to_have_attribute("data-theme", "dark")


def test_the_page_talks_to_this_address_alone(slack: LocalSlack, window: Open) -> None:
    mia = window(slack.member.id)
    asked: list[str] = []
    mia.page.on("request", lambda request: asked.append(request.url))
    answer = mia.page.reload()

    assert answer is not None
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert all(address.startswith(slack.url) for address in asked)
    foreign = {"Origin": "https://evil.example"}
    assert mia.page.request.post(f"{slack.url}/page/acts/say?as={slack.member.id}", headers=foreign).status == 403
