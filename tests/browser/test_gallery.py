"""Every message, form and Home view as a picture, light and wide, dark and narrow; nothing in it is cut off."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, expect
from slack_sdk import WebClient

from bot.demo.beside import manifest
from bot.demo.page.routes import open_page
from bot.demo.records import Channel, Upload
from bot.demo.server import LocalSlack
from bot.demo.story import samples
from tests.browser.looks import faults, pale
from tests.browser.window import Window
from tests.samples import HOMES, MESSAGES, MODALS
from tests.samples.photos import SHARES

Open = Callable[..., Window]
Shown = Callable[[Any], Any]
WIDE, NARROW = (1000, 5_000), (390, 8_000)
"""High enough for whatever is looked at to be seen without scrolling."""


@pytest.fixture(scope="module")
def slack() -> Iterator[LocalSlack]:
    """A workspace without the bot."""
    with LocalSlack(retry_scale=0.01, manifest=manifest()) as workspace:
        open_page(workspace, [])
        yield workspace


@pytest.fixture(scope="module")
def shown(slack: LocalSlack) -> Shown:
    """Shares the photos of the examples, and puts their ids into whatever shows them."""
    ids = {}
    for photo, share in zip(samples("0*.jpg"), SHARES, strict=True):
        dropped = slack.drop(slack.member.id, slack.race.id, [Upload(photo.name, photo.read_bytes())])
        ids[share.file] = dropped.files[0]

    def show(blocks: Any) -> Any:
        return json.loads(re.sub("F0PHOTO0[1-7]", lambda found: ids[found[0]], json.dumps(blocks)))

    return show


@pytest.fixture(scope="module")
def posted(slack: LocalSlack, shown: Shown) -> dict[str, str]:
    """The ids of channels with the messages, by the place that shows them."""
    client, channels = WebClient(slack.bot_token, base_url=slack.api_url), {}
    for name, messages in MESSAGES.items():
        channel = Channel(id=slack.workspace.new_id("C"), name=name, members={slack.member.id, slack.bot.id})
        slack.workspace.channels[channel.id] = channel
        channels[name] = channel.id
        for message in messages.values():
            client.chat_postMessage(channel=channel.id, text=message.text, blocks=shown(message.blocks))
    return channels


@pytest.fixture
def looks(slack: LocalSlack, window: Open) -> dict[str, Window]:
    """Mia's windows."""
    return {
        "light": window(slack.member.id, slack.elsewhere.id, size=WIDE),
        "dark": window(slack.member.id, slack.elsewhere.id, size=NARROW, dark=True),
    }


def test_messages_are_seen_whole(slack: LocalSlack, posted: dict[str, str], looks: dict[str, Window]) -> None:
    found = []
    for name, channel in posted.items():
        for look, mia in looks.items():
            mia.open(slack.member.id, channel)
            expect(mia.page.locator(".message")).to_have_count(len(MESSAGES[name]))
            found += seen(mia, mia.page.locator(".messages"), f"{name}-{look}")

    assert found == []


def test_forms_are_seen_whole(slack: LocalSlack, client: WebClient, looks: dict[str, Window], shown: Shown) -> None:
    found = []
    for name, form in MODALS.items():
        client.views_open(trigger_id=slack.hooks.new_trigger(slack.member.id), view=shown(form))
        for look, mia in looks.items():
            expect(mia.modal.locator("h2")).to_have_text(form["title"]["text"])
            found += seen(mia, mia.modal, f"form-{name}-{look}")
        looks["light"].modal.get_by_role("button", name="Close").first.click()
        expect(looks["dark"].modal).to_have_count(0)

    assert found == []


def test_home_is_seen_whole(slack: LocalSlack, client: WebClient, looks: dict[str, Window], shown: Shown) -> None:
    found = []
    for name, page in HOMES.items():
        client.views_publish(user_id=slack.member.id, view={"type": "home", "blocks": shown(page.blocks)})
        for look, mia in looks.items():
            mia.open(slack.member.id, slack.direct_messages(slack.member.id).id, tab="home")
            expect(mia.page.locator(".home > .block")).to_have_count(len(page.blocks))
            found += seen(mia, mia.page.locator(".home"), f"home-{name}-{look}")

    assert found == []


def seen(window: Window, place: Locator, name: str) -> list[str]:
    """Take a picture of a place, and look for faults in it."""
    window.picture(f"gallery-{name}", place)
    return [f"{name}: {fault}" for fault in (*faults(place), *pale(window.page))]
