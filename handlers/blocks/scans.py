"""Scans of links and of zips: what is asked for, its price, how far it is."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.core.money import dollars
from bot.core.plural import listed, photos
from bot.link_scan import Progress
from bot.slack import Message
from handlers.blocks.albums import album_lines, bibs, cost
from handlers.blocks.elements import LINE, button, context, field, label, row, section, sentence
from handlers.blocks.escaping import safe
from storage.scans import Scan

_HOSTS: Final = "With commas between, such as photos.example.org"
_MOST_FAILED: Final = 5
_MOST_NAMED: Final = 3


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
            field("links", "Links, one per line", links, optional=True),
            field("file", "Or a text file with them", picker, optional=True),
            field("scan_hosts", "Web sites that I may fetch from", named, hint=_HOSTS, optional=True),
        ],
    }


def scan_offer(scan: Scan, price: int) -> Message:
    """Tell the price, and ask whether to go on; `price` is in millionths of a dollar."""
    most = f"at most {dollars(price)}" if price else "nothing"
    say = f"{_size(scan)}. Scanning costs {most}. Shall I begin?"
    begin = button("scan_begin", "Begin", scan.id, style="primary")
    return Message(say, (section(say), row(begin, button("scan_stop", "No, thank you", scan.id))))


def scan_begun(scan: Scan) -> Message:
    """Tell that a scan has begun, and where it is told how far it is."""
    return sentence(f"I have begun. The progress is in the {'thread of the zip' if scan.thread else 'channel'}.")


def scan_progress(progress: Progress) -> Message:
    """Tell how far a scan is, and in the end what it brought."""
    first, notes = _first(progress), "\n".join([*_failed(progress.index.failed), *cost(progress.index.cost)])
    shown = album_lines(progress.album) if progress.ended else []
    end = [] if progress.ended else [row(button("scan_stop", "Stop", progress.scan.id))]
    words = "\n".join(filter(None, [first, notes]))
    return Message(words, (section(f"*{first}*"), *shown, *context(notes), *end))


def _first(progress: Progress) -> str:
    found, looked, total = len(progress.index.bibs), progress.index.photos, len(progress.scan.links)
    if not looked and not progress.ended:
        return f"Looking at {photos(total)}…"
    told = f"{bibs(found)} in {photos(total) if looked == total else f'{looked} of {photos(total)}'}"
    return told[:1].upper() + told[1:] + ("" if progress.ended else " so far")


def _failed(failed: Sequence[Mapping[str, str]]) -> list[str]:
    """What went wrong, each sentence once with the photos that it is about."""
    by: dict[str, list[str]] = {}
    for one in failed:
        by.setdefault(one["error"], []).append(safe(one["photo"], 100))
    told = [f"{safe(error, LINE)} ({listed(names, _MOST_NAMED)})" for error, names in by.items()]
    rest = len(told) - _MOST_FAILED
    return [*told[:_MOST_FAILED], *([f"And {rest} more that went wrong."] if rest > 0 else [])]


def _size(scan: Scan) -> str:
    number = len(scan.links)
    if scan.zip:
        return f"Your zip file holds {photos(number)}"
    return "1 link" if number == 1 else f"{number} links"
