"""A workspace with the real bot beside it, and windows of a real Chromium that look at it."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from slack_sdk import WebClient

from bot.demo.beside import bot_beside, manifest
from bot.demo.page.routes import open_page
from bot.demo.records import Channel
from bot.demo.server import LocalSlack
from bot.demo.story import samples

if TYPE_CHECKING:  # Playwright is installed by `make test-browser` alone
    from playwright.sync_api import Browser, BrowserContext

    from tests.browser.window import Window

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
HERE = Path(__file__).parent
PATIENCE = 20_000
"""Milliseconds that a thing may take to be seen, on a busy machine with two cores."""


def pytest_ignore_collect(config: pytest.Config) -> bool | None:
    """Leave these tests unread where they are deselected: there, Playwright may be missing."""
    return True if "not browser" in config.option.markexpr else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all of this folder."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator["Browser"]:
    """Debian's Chromium where it is installed, else Playwright's own."""
    from playwright.sync_api import expect, sync_playwright  # noqa: PLC0415  # as above

    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def slack() -> Iterator[LocalSlack]:
    """A workspace with its page, and no bot."""
    with LocalSlack(retry_scale=0.01, manifest=manifest()) as workspace:
        open_page(workspace, samples("*.jpg") + samples("startlist.csv"))
        yield workspace


@pytest.fixture(scope="session")
def bot(slack: LocalSlack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The real bot: its address."""
    with bot_beside(slack, tmp_path_factory.mktemp("home")) as address:
        yield address


@pytest.fixture
def spotter(slack: LocalSlack, bot: str) -> LocalSlack:
    """The same workspace with the bot at work."""
    slack.connect(bot)
    return slack


@pytest.fixture
def client(slack: LocalSlack) -> WebClient:
    """Slack's own client, with the bot's token: for what the bot does not say by itself."""
    return WebClient(slack.bot_token, base_url=slack.api_url)


@pytest.fixture
def channel(slack: LocalSlack) -> Iterator[Channel]:
    """A channel of its own for a test, with all members and the bot in it; afterwards nobody sees it."""
    members = {slack.admin.id, slack.member.id, slack.other.id, slack.guest.id, slack.bot.id}
    made = Channel(id=slack.workspace.new_id("C"), name="finish-line", members=members)
    slack.workspace.channels[made.id] = made
    yield made
    made.is_private, made.members = True, set()
    for view in slack.workspace.views.values():
        view.is_open = False


@pytest.fixture
def window(chromium: "Browser", slack: LocalSlack) -> Iterator["Callable[..., Window]"]:
    """Opens windows; at the end, none may have complained in its console."""
    from tests.browser.window import Window  # noqa: PLC0415  # as above

    with ExitStack() as contexts:
        opened: list[Window] = []

        def open_window(
            user: str, channel: str = "", *, thread: str = "", dark: bool = False, size: tuple[int, int] = (1280, 800)
        ) -> Window:
            context = _context(chromium, contexts, dark=dark, size=size)
            opened.append(made := Window(context.new_page(), slack.url))
            made.open(user, channel, thread)
            return made

        yield open_window
        for each in opened:
            assert each.complaints == []


def _context(chromium: "Browser", contexts: ExitStack, *, dark: bool, size: tuple[int, int]) -> "BrowserContext":
    context = chromium.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        locale="en-GB",
    )
    contexts.callback(context.close)
    context.set_default_timeout(PATIENCE)
    return context
