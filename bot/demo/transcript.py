"""A workspace as plain text: messages as a person reads them."""

import html
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

from bot.demo.records import Message
from bot.demo.workspace import Workspace

CALLS_SHOWN = 15
LINK = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>")


class Somewhere(Protocol):
    """Anything that has a workspace."""

    @property
    def workspace(self) -> Workspace:
        """The state."""
        ...


def plain(slack: Somewhere, message: Message) -> str:
    """Write a message as the plain text that a person reads: its blocks, or its text where it has none."""
    workspace = slack.workspace
    lines = [line for block in message.blocks for line in _block(workspace, block)]
    said = "\n".join(lines) if lines else _mrkdwn(workspace, message.text)
    shown = [f"[{workspace.files[file].name}]" for file in message.files]
    return "\n".join([*([said] if said else []), *([" ".join(shown)] if shown else [])])


def thread_text(slack: Somewhere, channel: str, ts: str) -> str:
    """Write a thread: who said what, replies indented."""
    return "\n".join(_entry(slack, message) for message in slack.workspace.thread(channel, ts))


def picture(slack: Somewhere) -> str:
    """Write what is in the workspace now: every channel with its threads, and the newest calls."""
    workspace = slack.workspace
    with workspace.changed:
        parts = [
            f"#{channel.name or channel.id}\n{thread_text(slack, channel.id, message.ts)}"
            for channel in workspace.channels.values()
            for message in workspace.messages(channel.id)[-CALLS_SHOWN:]
        ]
        parts += [
            f"only for {each.only_for}: {plain(slack, each)}" for each in list(workspace.ephemerals)[-CALLS_SHOWN:]
        ]
        calls = [f"{call.method}: {'ok' if call.ok else call.error}" for call in list(workspace.calls)[-CALLS_SHOWN:]]
    return "\n".join([*parts, "newest calls: " + (", ".join(calls) or "none")])


def _entry(slack: Somewhere, message: Message) -> str:
    indent = "    " if message.thread_ts else ""
    first = f"{slack.workspace.users[message.user].real_name}: {plain(slack, message)}"
    return "\n".join(indent + line for line in first.splitlines())


def _block(workspace: Workspace, block: Mapping[str, Any]) -> Iterator[str]:
    kind = str(block.get("type"))
    yield from (line for line in READERS.get(kind, _any)(workspace, block) if line)


def _any(workspace: Workspace, block: Mapping[str, Any]) -> Iterator[str]:
    """Read what a block holds, in the order in which it is shown."""
    for name in ("title", "subtitle", "text", "body", "caption", "alt_text"):
        yield _text(workspace, block.get(name))
    for inner in (*block.get("fields", ()), *block.get("child_blocks", ()), *block.get("tasks", ())):
        if inner.get("type") in TEXTS:
            yield _text(workspace, inner)
        else:
            yield from _block(workspace, inner)


def _section(workspace: Workspace, block: Mapping[str, Any]) -> Iterator[str]:
    yield from _any(workspace, block)
    if accessory := block.get("accessory"):
        yield _element(workspace, accessory)


def _in_a_line(workspace: Workspace, block: Mapping[str, Any]) -> Iterator[str]:
    yield "  ".join(_element(workspace, element) for element in block.get("elements", ()))


def _divider(_: Workspace, __: Mapping[str, Any]) -> Iterator[str]:
    yield "———"


def _image(workspace: Workspace, block: Mapping[str, Any]) -> Iterator[str]:
    yield _text(workspace, block.get("title"))
    yield f"[{block['alt_text']}]"


def _rows(workspace: Workspace, block: Mapping[str, Any]) -> Iterator[str]:
    yield _text(workspace, block.get("caption"))
    for row in block.get("rows", ()):
        yield " | ".join(_text(workspace, cell) or " ".join(_rich(workspace, cell)) for cell in row)


def _rich(workspace: Workspace, block: Mapping[str, Any]) -> Iterator[str]:
    for part in block.get("elements", ()):
        inner = part.get("elements", ())
        if any("elements" in each for each in inner):
            yield from (f"• {line}" for line in _rich(workspace, part))
        else:
            yield "".join(_rich_word(workspace, each) for each in (inner or [part]))


def _rich_word(workspace: Workspace, word: Mapping[str, Any]) -> str:
    if word.get("type") == "user":
        return _person(workspace, str(word["user_id"]))
    return str(word.get("text") or word.get("url") or word.get("name") or "")


def _cards(workspace: Workspace, block: Mapping[str, Any]) -> Iterator[str]:
    for card in block.get("elements", ()):
        yield from _card(workspace, card)


def _card(workspace: Workspace, block: Mapping[str, Any]) -> Iterator[str]:
    yield from _any(workspace, block)
    yield "  ".join(_element(workspace, action) for action in block.get("actions", ()))


def _element(workspace: Workspace, element: Mapping[str, Any]) -> str:
    if element.get("type") in TEXTS:
        return _text(workspace, element)
    if element.get("type") == "image":
        return f"[{element['alt_text']}]"
    if element.get("type") == "overflow":
        options = (_text(workspace, option["text"]) for option in element["options"])
        return f"(⋯ {' / '.join(options)})"
    label = _text(workspace, element.get("text") or element.get("placeholder"))
    return f"({label})" if label else ""


def _text(workspace: Workspace, value: Any) -> str:
    if isinstance(value, str):
        return value
    if not isinstance(value, Mapping):
        return ""
    said = str(value.get("text", ""))
    return _mrkdwn(workspace, said) if value.get("type") == "mrkdwn" else said


def _mrkdwn(workspace: Workspace, text: str) -> str:
    """Take the marks away: links and mentions become words, `*bold*` and `_italic_` their words, `&amp;` an `&`."""
    words = LINK.sub(lambda found: _link(workspace, found[1], found[2] or ""), text)
    words = re.sub(r"(?<!\w)[*_~](\S(?:[^\n]*?\S)?)[*_~](?!\w)", r"\1", words)
    return html.unescape(words)


def _link(workspace: Workspace, target: str, label: str) -> str:
    if target.startswith("@"):
        return _person(workspace, target[1:])
    if target.startswith("#"):
        channel = workspace.channels.get(target[1:])
        return f"#{channel.name if channel else label or target[1:]}"
    if target.startswith("!"):
        return label or f"@{target[1:]}"
    return label or target


def _person(workspace: Workspace, user: str) -> str:
    known = workspace.users.get(user)
    return f"@{known.real_name}" if known else f"@{user}"


TEXTS = ("plain_text", "mrkdwn")
READERS: Mapping[str, Callable[[Workspace, Mapping[str, Any]], Iterator[str]]] = {
    "section": _section,
    "context": _in_a_line,
    "actions": _in_a_line,
    "divider": _divider,
    "image": _image,
    "table": _rows,
    "data_table": _rows,
    "rich_text": _rich,
    "carousel": _cards,
    "card": _card,
}
