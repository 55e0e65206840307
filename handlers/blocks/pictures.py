"""Photos that were found, as pictures with buttons for more of them and for sharing."""

import json
from typing import Any, Final

from bot.core.report import Link
from bot.core.share import Share
from bot.core.sightings import Page
from bot.slack import Message
from handlers.blocks.elements import button, context, linked, markdown, plain

NAME: Final = 60
"""Characters of a file's name that are shown."""
SHOWN: Final = frozenset({"jpg", "jpeg", "png", "gif"})
"""File types that Slack shows in a block (facts: slack §2.2); of any other there is a link."""


def picture(share: Share, alt: str) -> list[dict[str, Any]]:
    """A photo; nothing where Slack would not show it. `alt` has passed `safe`."""
    if share.format not in SHOWN:
        return []
    return [{"type": "image", "slack_file": {"id": share.file}, "alt_text": alt}]


def place(share: Share) -> str:
    """A photo's page and channel."""
    return f"{linked(Link(share.name, share.permalink))} in <#{share.channel}>"


def card(share: Share, alt: str, title: str, facts: str, *buttons: dict[str, Any]) -> dict[str, Any]:
    """A photo as a card of a carousel; its texts have passed `safe`."""
    hero = {"hero_image": shown[0]} if (shown := picture(share, alt)) else {}
    body = " · ".join(filter(None, [facts, linked(Link(share.name[:NAME], share.permalink))]))
    actions = {"actions": list(buttons)} if buttons else {}
    return {"type": "card", **hero, "title": markdown(title), "body": markdown(body), **actions}


def rest(page: Page) -> int:
    """How many photos come after a page."""
    return page.total - page.offset - len(page.sightings)


def left(page: Page) -> list[dict[str, Any]]:
    """A line that says how many photos come after a page; none where it is the last."""
    number = rest(page)
    return context(f"{number} more {'photo' if number == 1 else 'photos'}") if number > 0 else []


def turning(command: str, asked: str, page: Page) -> dict[str, Any]:
    """Buttons that share a page and show the ones around it; their actions are `COMMAND_share`, `_page` and `_more`."""
    size = len(page.sightings)
    shown = [to_page(f"{command}_share", "Share here", asked, page.offset)]
    if page.offset:
        shown.append(to_page(f"{command}_page", "Back", asked, max(0, page.offset - size)))
    if rest(page) > 0:
        shown.append(to_page(f"{command}_more", "More", asked, page.offset + size))
    return {"type": "actions", "elements": shown}


def to_page(action: str, text: str, asked: str, offset: int = 0) -> dict[str, Any]:
    """A button that asks for a page of photos."""
    return button(action, text, json.dumps({"asked": asked, "offset": offset}))


def nothing_to_share() -> Message:
    """Say that none of the photos may be shown to everybody here."""
    return plain("Nothing of this may be shown here: the photos are in channels that not everybody can open.")
