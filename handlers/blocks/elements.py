"""The parts that messages are made of."""

import re
from collections.abc import Sequence
from typing import Any, Final

from bot.core.report import Link
from bot.slack import Message
from handlers.blocks.escaping import ENTITIES, safe

SECTION: Final = 3_000
"""Characters of one text object."""
LINE: Final = 300
"""Characters of one line, and of one web address."""
SECTIONS: Final = 40
"""Blocks that paragraphs share, of the 50 that a message may have."""
UNREADABLE: Final = "…"
"""What stands for text of which nothing can be shown; Slack refuses empty text."""
_WEB: Final = re.compile(r"https?://[^\s<>|]+")


def plain(text: str) -> Message:
    """Say one thing, in at most 3,000 characters; whatever in it came from outside has passed `safe`."""
    return Message(text, (section(text),))


def sentence(say: str) -> Message:
    """Say a whole sentence that may hold text from outside."""
    return plain(safe(say, SECTION) or UNREADABLE)


def together(paragraphs: Sequence[str]) -> list[dict[str, Any]]:
    """Put paragraphs into sections: one each, or as many as it takes to stay under the limit."""
    size = -(-len(paragraphs) // SECTIONS) or 1
    groups = (paragraphs[start : start + size] for start in range(0, len(paragraphs), size))
    return [section("\n".join(group)) for group in groups]


def linked(link: Link) -> str:
    """Make a link; an address that is none, or is too long, is left out."""
    title, url = safe(link.title), "".join(ENTITIES.get(char, char) for char in link.url)
    return f"<{url}|{title}>" if _WEB.fullmatch(link.url) and len(url) <= LINE else title


def section(text: str) -> dict[str, Any]:
    """A paragraph."""
    return {"type": "section", "text": markdown(text)}


def beside(text: str, element: dict[str, Any]) -> dict[str, Any]:
    """A paragraph with a button or a menu at its side."""
    return {**section(text), "accessory": element}


def header(text: str) -> dict[str, Any]:
    """A heading."""
    return {"type": "header", "text": label(text)}


def row(*elements: dict[str, Any]) -> dict[str, Any]:
    """Buttons side by side."""
    return {"type": "actions", "elements": list(elements)}


def context(text: str) -> list[dict[str, Any]]:
    """A small grey line; none where there is nothing to say."""
    return [{"type": "context", "elements": [markdown(text)]}] if text else []


def markdown(text: str) -> dict[str, Any]:
    """Text in which what came from outside has passed `safe`."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def label(text: str) -> dict[str, Any]:
    """Text of our own that Slack shows as it is."""
    return {"type": "plain_text", "text": text}


def button(action: str, text: str, value: str, **more: str) -> dict[str, Any]:
    """A button; `value` comes back with the press."""
    return {"type": "button", "action_id": action, "text": label(text), "value": value, **more}


def field(name: str, text: str, element: dict[str, Any], *, hint: str = "", optional: bool = False) -> dict[str, Any]:
    """A field of a form; what is filled in comes back under its name, which is the element's `action_id`, too."""
    asked = {"type": "input", "block_id": name, "label": label(text), "element": {"action_id": name, **element}}
    return {**asked, **({"hint": label(hint)} if hint else {}), **({"optional": True} if optional else {})}
