"""The one reply to the photos of a message."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from bot.core.report import Link, PhotoReport, Report
from bot.core.summary import details, failures, headline, summary, warns
from bot.slack import Message
from handlers.blocks.elements import LINE, SECTION, UNREADABLE, context, label, linked, section, together
from handlers.blocks.escaping import cut, safe
from handlers.blocks.feedback import thumbs

TEXT: Final = 4_000
"""Characters of a message's top-level text: chat.update refuses more."""
PHOTOS: Final = 7_000
"""Characters that all photos of one reply share: Slack refuses blocks of about 13,200 in all."""
MOST_PHOTOS: Final = 60
"""How many photos are told one by one."""
LEAST_SHARE: Final = 100
"""Characters below which a photo is better counted than told."""
SUMMARY: Final = 500
"""Characters of a reply's first line."""
NOTES: Final = 1_500
"""Characters of what failed."""
NAME: Final = 40
"""Characters of a file's name."""
MOST_LINKS: Final = 8
"""Links below one photo."""
_DELETE: Final = {"delete": "Delete this answer"}
_MENU: Final = {
    "boxes": "Show boxes",
    "why": "Why?",
    "picture": "Quality and colours",
    "correct": "Wrong bib?",
    **_DELETE,
}
_OF_MESSAGE: Final = re.compile(r"[A-Z0-9]+-[\d.]+")
"""The name of an answer to a message: what is known of its photos is kept."""


def photo_reply(report: Report, *, key: str) -> Message:
    """Tell what is in the photos of one message, however many there are and however much was found.

    Args:
        report: What was found, and what could not be.
        key: Names the reply; its menu carries it as `block_id`, 1 to 255 characters.
    """
    first = safe(summary(report), SUMMARY) or UNREADABLE
    notes = _notes(report)
    is_done = any(photo.state == "done" for photo in report.photos)
    [title] = titled(first, key, warns=warns(report), menu=_MENU if is_done else _DELETE)
    asked = asked_about(key) if is_done and not report.waiting else []
    return Message(_words(report, first, notes), (title, *_paragraphs(report), *context(notes), *asked))


def titled(first: str, key: str, *, warns: bool, menu: Mapping[str, str] = _MENU) -> list[dict[str, Any]]:
    """The first line of an answer, which has passed `safe`, with what its menu offers by the values that come back."""
    options = [{"text": label(text), "value": value} for value, text in menu.items()]
    title = f"{':warning: ' if warns else ''}*{first}*"
    overflow = {"type": "overflow", "action_id": "photo_reply", "options": options}
    return [{**section(title), "block_id": key, "accessory": overflow}]


def asked_about(key: str) -> list[dict[str, Any]]:
    """The thumbs below an answer; none where what is known of its photos is not kept."""
    return [thumbs(key)] if _OF_MESSAGE.fullmatch(key) else []


def moderators_note(report: Report, permalink: str) -> Message:
    """Tell the moderators what may be unsafe, and where.

    Args:
        report: What they are told; nothing else of the photos should stand in it.
        permalink: The page of the message or of its file in Slack.
    """
    first = safe(summary(report), SUMMARY) or UNREADABLE
    where = linked(Link("Open the photo" if len(report.photos) == 1 else "Open one of them", permalink))
    return Message(_words(report, first, ""), (section(f"{_title(report, first)}\n{where}"), *_paragraphs(report)))


def _title(report: Report, first: str) -> str:
    return f"{':warning: ' if warns(report) else ''}*{first}*"


def _paragraphs(report: Report) -> list[dict[str, Any]]:
    return together(_told(report, PHOTOS, linked))


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
    bold = f"*{name}*" if show is linked else name
    first = f"{bold}: {safe(photo.refusal or headline(photo), room - len(bold) - 4)}"
    remarks = [safe(remark, LINE) for remark in photo.remarks]
    return _fitted([first, *_lines(photo, show), *remarks], room)


def _lines(photo: PhotoReport, show: Callable[[Link], str]) -> list[str]:
    """Give what stands below a photo's headline."""
    links = [show(link) for line in photo.lines for link in line.links][:MOST_LINKS]
    lines = [safe(line.text[:1].upper() + line.text[1:], LINE) for line in details(photo)]
    return lines + [" · ".join(links)] * bool(links)


def _fitted(lines: Sequence[str], room: int) -> str:
    return cut([line + "\n" for line in lines], room).removesuffix("\n")


def _more(number: int) -> str:
    return f"And {number} more {'photo' if number == 1 else 'photos'}." if number > 0 else ""


def _empty(report: Report) -> str:
    """Name the photos in which nothing was found, where the summary has not said it of all."""
    names = [photo.name or "a photo" for photo in report.photos if photo.state == "done" and not headline(photo)]
    if not names or not any(headline(photo) for photo in report.photos):
        return ""
    return safe(f"Nothing found in {', '.join(names)}.", LINE)


def _titled(link: Link) -> str:
    return safe(link.title)
