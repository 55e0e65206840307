"""A window of the browser, and what a person does in it."""

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import FilePayload, Locator, Page

SCREENSHOTS = Path(__file__).parents[2] / "screenshots"
_HELD = """(place) => {
  const {x, y, width} = place.getBoundingClientRect();
  return {x, y, width, height: place.lastElementChild.getBoundingClientRect().bottom - y};
}"""
"""The part of a place that has something in it."""


class Window:
    """One window of one member.

    Args:
        page: Of the browser.
        url: Of the workspace.

    Attributes:
        complaints: What the console had to complain of.
    """

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.complaints: list[str] = []
        self._url = url
        page.on("console", lambda said: self.complaints.append(said.text) if said.type != "log" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, user: str, channel: str = "", thread: str = "", tab: str = "") -> None:
        """Look at the workspace as somebody."""
        where = {"as": user, "in": channel, "thread": thread, "tab": tab}
        self.page.goto(f"{self._url}/#{urlencode({name: value for name, value in where.items() if value})}")
        self.page.locator(":is(.composer, .closed, .home):visible").first.wait_for()

    def picture(self, name: str, place: Locator | None = None) -> None:
        """Keep what is seen as `screenshots/NAME.png`: everything, or what a place of the page holds."""
        SCREENSHOTS.mkdir(exist_ok=True)
        self.page.evaluate("Promise.all([...document.images].map((image) => image.decode().catch(() => null)))")
        clip = place.evaluate(_HELD) if place else None
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png", clip=clip)

    def choose_files(self, files: Sequence[Path] | Sequence[FilePayload], within: str = "#conversation") -> None:
        """Hand files to the composer, as its file picker does."""
        self.page.locator(f"{within} .composer input[type=file]").set_input_files(files)

    def type(self, words: str, within: str = "#conversation") -> None:
        """Type into the composer, and send it."""
        field = self.page.locator(f"{within} .composer textarea")
        field.click()
        field.press_sequentially(words)
        field.press("Enter")

    def message(self, words: str, within: str = "#conversation") -> Locator:
        """The newest message that holds these words."""
        return self.page.locator(f"{within} .message", has_text=words).last

    def menu(self, message: Locator, entry: str) -> None:
        """Choose from the menu of a message."""
        message.hover()
        message.get_by_role("button", name="More actions").click()
        self.page.get_by_role("menuitem", name=entry).click()

    @property
    def modal(self) -> Locator:
        """The window of the app that is open."""
        return self.page.locator("dialog.layer--modal")

    @property
    def notice(self) -> Locator:
        """What the page says at its edge."""
        return self.page.locator(".notice").last
