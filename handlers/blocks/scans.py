"""Scans of links and of zips: what is asked for, its price, how far it is."""

from collections.abc import Sequence
from typing import Any

from bot.core.money import dollars
from bot.core.plural import photos
from bot.link_scan import Progress
from bot.slack import Message
from handlers.blocks.albums import album_lines
from handlers.blocks.elements import button, context, field, label, section
from handlers.blocks.escaping import safe
from storage.scans import Scan

_MOST_FAILED = 5


def scan_modal(channel: str, hosts: Sequence[str]) -> dict[str, Any]:
    """Ask for links, and where the scan is told, unless a channel is given.

    Args:
        channel: Where it was asked for; empty for nowhere.
        hosts: Those that may be fetched from there so far.
    """
    where = {"type": "conversations_select", "filter": {"include": ["public", "private"], "exclude_bot_users": True}}
    place = [] if channel else [field("channel", "The channel that it is for", where)]
    links = {"type": "plain_text_input", "action_id": "links", "multiline": True, "max_length": 3000}
    picker = {"type": "file_input", "action_id": "file", "filetypes": ["txt", "csv"], "max_files": 1}
    named = {"type": "plain_text_input", "action_id": "scan_hosts", "max_length": 1000}
    if hosts:
        named["initial_value"] = ", ".join(hosts)
    return {
        "type": "modal",
        "callback_id": "scan",
        "private_metadata": channel,
        "title": label("Scan photos"),
        "submit": label("Show the price"),
        "close": label("Cancel"),
        "blocks": [
            *place,
            field("links", "Links, one a line", links, optional=True),
            field("file", "Or a text file with them", picker, optional=True),
            field("scan_hosts", "Hosts that I may fetch from, with commas between", named, optional=True),
        ],
    }


def scan_offer(scan: Scan, price: int) -> Message:
    """Tell the price, and ask whether to go on; `price` is in millionths of a dollar."""
    cost = f"They cost at most {dollars(price)}." if price else "They cost nothing."
    say = f"{_size(scan)}. {cost} Shall I begin?"
    buttons = [button("scan_begin", "Begin", scan.id, style="primary"), button("scan_stop", "Forget it", scan.id)]
    return Message(say, (section(say), {"type": "actions", "elements": buttons}))


def scan_progress(progress: Progress) -> Message:
    """Tell how far a scan is, and in the end what it brought."""
    index, total = progress.index, len(progress.scan.links)
    first = f"*{len(index.bibs)} bibs in {index.photos} of {total} photos*" + ("" if progress.ended else " so far")
    failed = [f"{safe(one['photo'], 100)}: {safe(one['error'], 100)}" for one in index.failed[:_MOST_FAILED]]
    more = len(index.failed) - len(failed)
    notes = "\n".join([*failed, *([f"And {more} more that failed."] if more > 0 else [])])
    paid = f"{index.paid_calls} paid calls, {dollars(index.cost)}" if index.paid_calls else ""
    stop = {"type": "actions", "elements": [button("scan_stop", "Stop", progress.scan.id)]}
    words = "\n".join(filter(None, [first.replace("*", ""), notes, paid]))
    summed_up = album_lines(progress.album) if progress.ended else []
    end = [] if progress.ended else [stop]
    return Message(words, (section(first), *summed_up, *context(notes), *context(paid), *end))


def _size(scan: Scan) -> str:
    number = len(scan.links)
    if scan.zip:
        return f"Your zip file holds {photos(number)}"
    return "1 link" if number == 1 else f"{number} links"
