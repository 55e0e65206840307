"""What is said, as Slack's Block Kit: the only place that makes it, and the only place that escapes text.

The rule for text that a person typed or a photo showed: it passes `safe`, and then stands in `mrkdwn` text with
`verbatim` set, so that Slack neither links nor mentions on its own. `safe` leaves no control character of Slack's
(`&`, `<`, `>` become entities, https://docs.slack.dev/messaging/formatting-message-text) and replaces the marks that
would format (`*bold*`, `_italic_`, `~strike~`, `code`, `:emoji:`) by look-alikes, since Slack has no escape for them.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any, Final

from bot.core.money import dollars
from bot.core.plural import listed
from bot.core.report import Link, PhotoReport, Report
from bot.core.summary import details, failures, headline, summary, warns
from bot.errors import SpotterError
from bot.slack import Message
from bot.spotter import Status

TEXT: Final = 4_000
"""Characters of a message's top-level text: chat.update refuses more."""
SECTION: Final = 3_000
"""Characters of one text object."""
PHOTOS: Final = 7_000
"""Characters that all photos of one reply share: Slack refuses blocks of about 13,200 in all."""
MOST_PHOTOS: Final = 60
"""How many photos are told one by one."""
SECTIONS: Final = 40
"""Blocks that they share, of the 50 that a message may have."""
LEAST_SHARE: Final = 100
"""Characters below which a photo is better counted than told."""
SUMMARY: Final = 500
"""Characters of a reply's first line."""
NOTES: Final = 1_500
"""Characters of what failed."""
LINE: Final = 300
"""Characters of one line, and of one web address."""
NAME: Final = 40
"""Characters of a file's name."""
MOST_LINKS: Final = 8
"""Links below one photo."""
UNREADABLE: Final = "…"
"""What stands for text of which nothing can be shown; Slack refuses empty text."""
PHOTO_TYPES: Final = ("jpg", "jpeg", "png", "heic", "webp", "gif")
"""What the file picker offers first; the gate decides."""

_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_LOOK_ALIKES: Final = {
    ord("*"): "\N{ASTERISK OPERATOR}",
    ord("~"): "\N{TILDE OPERATOR}",
    ord("`"): "\N{MODIFIER LETTER GRAVE ACCENT}",
}
_EDGE_UNDERSCORE: Final = re.compile(r"(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_EMOJI: Final = re.compile(r":(?=[\w+'-]*[a-z][\w+'-]*:|100:|1234:)")
_QUOTE: Final = re.compile(r"^>[>\s]*")
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Co", "Cs"})
_WEB: Final = re.compile(r"https?://[^\s<>|]+")


def safe(text: str, limit: int = 80) -> str:
    """Make text from a person or a photo harmless in Slack.

    Args:
        text: Anything.
        limit: The most characters of the result, entities and the closing ellipsis included.
    """
    visible = "".join(char for char in " ".join(text.split()) if unicodedata.category(char) not in _INVISIBLE)
    literal = _literal(unicodedata.normalize("NFC", " ".join(visible.split())))
    return _cut([_ENTITIES.get(char, char) for char in literal], limit)


def _literal(text: str) -> str:
    """Replace what Slack would take for formatting: marks, an emoji's colon, a quote's leading `>`."""
    unmarked = _EDGE_UNDERSCORE.sub("\N{MODIFIER LETTER LOW MACRON}", text.translate(_LOOK_ALIKES))
    return _QUOTE.sub("\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}", _EMOJI.sub("\N{RATIO}", unmarked))


def _cut(pieces: Sequence[str], room: int) -> str:
    """Join whole pieces; where they are too long, as many as fit and an ellipsis."""
    if sum(map(len, pieces)) <= room:
        return "".join(pieces)
    kept = ""
    for piece in pieces:
        if len(kept) + len(piece) >= room:
            break
        kept += piece
    return kept.rstrip(" ") + "…"


def plain(text: str) -> Message:
    """Say one thing, in at most 3,000 characters; whatever in it came from outside has passed `safe`."""
    return Message(text, (_section(text),))


def sentence(say: str) -> Message:
    """Say a whole sentence that may hold text from outside."""
    return plain(safe(say, SECTION) or UNREADABLE)


def failure(error: SpotterError) -> Message:
    """Say what went wrong, in the error's own sentence."""
    return sentence(error.say)


def photo_reply(report: Report, *, key: str) -> Message:
    """Tell what is in the photos of one message, however many there are and however much was found.

    Args:
        report: What was found, and what could not be.
        key: Names the reply; its menu carries it as `block_id`, 1 to 255 characters.
    """
    first = safe(summary(report), SUMMARY) or UNREADABLE
    notes = _notes(report)
    title = {**_section(_title(report, first)), "block_id": key, "accessory": _menu()}
    return Message(_words(report, first, notes), (title, *_paragraphs(report), *_context(notes)))


def moderators_note(report: Report, permalink: str) -> Message:
    """Tell the moderators what may be unsafe, and where.

    Args:
        report: What they are told; nothing else of the photos should stand in it.
        permalink: The page of the message or of its file in Slack.
    """
    first = safe(summary(report), SUMMARY) or UNREADABLE
    where = _linked(Link("Open the photo", permalink))
    return Message(_words(report, first, ""), (_section(f"{_title(report, first)}\n{where}"), *_paragraphs(report)))


def _title(report: Report, first: str) -> str:
    return f"{':warning: ' if warns(report) else ''}*{first}*"


def _paragraphs(report: Report) -> list[dict[str, Any]]:
    return _together(_told(report, PHOTOS, _linked))


def _words(report: Report, first: str, notes: str) -> str:
    told = _told(report, TEXT - len(first) - len(notes) - 2, _titled)
    return "\n".join(filter(None, [first, *told, notes]))


def _notes(report: Report) -> str:
    """Tell what failed; a photo alone has its remarks there, too."""
    remarks = report.photos[0].remarks if len(report.photos) == 1 else ()
    return _fitted([safe(note, LINE) for note in (*remarks, *failures(report))], NOTES)


def _told(report: Report, room: int, show: Callable[[Link], str]) -> list[str]:
    """Tell the photos, each in its share of `room` characters; what one alone shows first is the summary."""
    if len(report.photos) == 1:
        alone = _fitted(_lines(report.photos[0], show), min(room, SECTION))
        return [alone] if alone else []
    photos = [photo for photo in report.photos if photo.lines or photo.bibs or photo.refusal]
    shown = photos[: min(MOST_PHOTOS, (room - 2 * LINE) // LEAST_SHARE)]
    share = min(SECTION, (room - 2 * LINE) // max(len(shown), 1)) - 1
    rest = [_more(len(photos) - len(shown)), _empty(report)]
    return [_paragraph(photo, share, show) for photo in shown] + [line for line in rest if line]


def _paragraph(photo: PhotoReport, room: int, show: Callable[[Link], str]) -> str:
    name = safe(photo.name or "A photo", NAME)
    bold = f"*{name}*" if show is _linked else name
    first = f"{bold}: {safe(photo.refusal or headline(photo), room - len(bold) - 4)}"
    remarks = [safe(remark, LINE) for remark in photo.remarks]
    return _fitted([first, *_lines(photo, show), *remarks], room)


def _lines(photo: PhotoReport, show: Callable[[Link], str]) -> list[str]:
    """Give what stands below a photo's headline."""
    links = [show(link) for line in photo.lines for link in line.links][:MOST_LINKS]
    lines = [safe(line.text[:1].upper() + line.text[1:], LINE) for line in details(photo)]
    return lines + [" · ".join(links)] * bool(links)


def _fitted(lines: Sequence[str], room: int) -> str:
    return _cut([line + "\n" for line in lines], room).removesuffix("\n")


def _together(paragraphs: Sequence[str]) -> list[dict[str, Any]]:
    """Put paragraphs into sections: one each, or as many as it takes to stay under the limit."""
    size = -(-len(paragraphs) // SECTIONS) or 1
    groups = (paragraphs[start : start + size] for start in range(0, len(paragraphs), size))
    return [_section("\n".join(group)) for group in groups]


def _more(number: int) -> str:
    return f"And {number} more {'photo' if number == 1 else 'photos'}." if number > 0 else ""


def _empty(report: Report) -> str:
    """Name the photos in which nothing was found, where the summary has not said it of all."""
    names = [photo.name or "a photo" for photo in report.photos if photo.state == "done" and not headline(photo)]
    if not names or not any(headline(photo) for photo in report.photos):
        return ""
    return safe(f"Nothing found in {', '.join(names)}.", LINE)


def _linked(link: Link) -> str:
    """Make a link; an address that is none, or is too long, is left out."""
    title, url = safe(link.title), "".join(_ENTITIES.get(char, char) for char in link.url)
    return f"<{url}|{title}>" if _WEB.fullmatch(link.url) and len(url) <= LINE else title


def _titled(link: Link) -> str:
    return safe(link.title)


def looking(say: str, channel: str) -> Message:
    """Confirm a look, to the person who asked for it in `channel`, and offer the next one."""
    button = {
        "type": "button",
        "action_id": "look_upload",
        "text": _label("Look at another picture"),
        "value": channel,
    }
    said = sentence(say)
    return Message(said.text, (*said.blocks, {"type": "actions", "elements": [button]}))


def look_modal(channel: str) -> dict[str, Any]:
    """Ask for a picture; `channel` is the id of the channel that was asked in."""
    picker = {"type": "file_input", "action_id": "picture", "filetypes": list(PHOTO_TYPES), "max_files": 1}
    return {
        "type": "modal",
        "callback_id": "look",
        "private_metadata": channel,
        "title": _label("Look at a photo"),
        "submit": _label("Look"),
        "close": _label("Cancel"),
        "blocks": [
            {"type": "input", "block_id": "picture", "label": _label("A picture, up to 10 MB"), "element": picker}
        ],
    }


def help_message(commands: Sequence[tuple[str, str, str]]) -> Message:
    """List the commands.

    Args:
        commands: Of each its name, what may follow it, and what it does: `/spotter`, `help`, `Show this list.`
    """
    rows = [(safe(f"{name} {follows}"), safe(does, LINE)) for name, follows, does in commands]
    first = "Drop photos into a channel that I am in: I answer in the thread. You can also ask:"
    told = [f"*{asked}*\n{does}" for asked, does in rows]
    return Message(
        "\n".join([first, *(f"{asked}: {does}" for asked, does in rows)]), (_section(first), *_together(told))
    )


def status_message(status: Status) -> Message:
    """Say what is on in a channel, who looks, and what it has cost this month."""
    settings = status.settings
    return sentence(
        f"I am {'on' if settings.on else 'off'} in this channel. "
        f"I look for {listed(settings.detectors) or 'nothing'}. "
        f"Face matching is {'on' if settings.face_matching else 'off'}. "
        f"Photos are looked at by {status.engine}; "
        f"this month cost {dollars(status.spent)} of {dollars(status.cap)} so far."
    )


def _section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": _markdown(text)}


def _context(text: str) -> list[dict[str, Any]]:
    return [{"type": "context", "elements": [_markdown(text)]}] if text else []


def _markdown(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _label(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def _menu() -> dict[str, Any]:
    delete = {"text": _label("Delete this answer"), "value": "delete"}
    return {"type": "overflow", "action_id": "photo_reply", "options": [delete]}
