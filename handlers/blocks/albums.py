"""Many photos in one summary."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from bot.core.album import Album, AlbumPhoto
from bot.core.money import dollars
from bot.core.plural import counted, listed, photos
from bot.core.report import Link, Report
from bot.core.summary import failures
from bot.slack import Message
from handlers.blocks.elements import LINE, SECTION, context, linked, section
from handlers.blocks.escaping import cut, safe
from handlers.blocks.photo_reply import asked_about, titled

_MOST_BIBS: Final = 80
_MOST_NAMED: Final = 20
_MOST_PHOTOS: Final = 8
_NAME: Final = 40
_SHORT: Final = 30
"""Characters of a bib or of somebody's name."""


def album_reply(report: Report, album: Album, *, key: str) -> Message:
    """Answer a message with many photos: a summary, with the menu of an answer.

    Args:
        report: What was found in each, for what failed.
        album: The same as one.
        key: Names the reply; its menu carries it as `block_id`.
    """
    first, lines = _first(album), _lines(album)
    notes = [safe(note, LINE) for note in failures(report)]
    small = context("\n".join([*notes, *cost(album.cost)]))
    blocks = (*titled(first, key, warns=bool(album.unsafe)), *_sections(lines), *small, *asked_about(key))
    return Message(_words(first, [*_lines(album, linked_names=False), *notes]), blocks)


def digest_message(album: Album, day: str) -> Message:
    """Sum up the photos of a day, or of an event; `day` such as `2026-05-17`."""
    first, lines = f"{safe(day)} · {_first(album)}", _lines(album)
    blocks = (section(f"*{first}*"), *_sections(lines), *context("\n".join(cost(album.cost))))
    return Message(_words(first, _lines(album, linked_names=False)), blocks)


def album_lines(album: Album) -> list[dict[str, Any]]:
    """What a summary says below its first line."""
    return _sections(_lines(album))


def _first(album: Album) -> str:
    told = [photos(len(album.photos))]
    told += [bibs(len(album.bibs))]
    if album.people:
        told.append("1 person" if len(album.people) == 1 else f"{len(album.people)} people")
    return " · ".join(told)


def bibs(number: int) -> str:
    """Say how many numbers there are: `no bibs`, `1 bib`, `12 bibs`."""
    return "1 bib" if number == 1 else counted(number, "bib")


def _lines(album: Album, *, linked_names: bool = True) -> list[str]:
    lines = [
        ("Bibs", _counts(album.bibs, _MOST_BIBS)),
        ("People", _counts(album.people, _MOST_NAMED)),
        ("Sharpest", _names(album.best, linked_names=linked_names)),
        ("The same photo twice", _groups(album.doubles, linked_names=linked_names)),
        ("Look alike", _groups(album.alike, linked_names=linked_names)),
        ("Without people", _names(album.deserted, linked_names=linked_names)),
        ("May be unsafe", _names(album.unsafe, linked_names=linked_names)),
        ("I could not look at", photos(album.failed) if album.failed else ""),
    ]
    star = "*" if linked_names else ""
    return [f"{star}{title}:{star} {told}" for title, told in lines if told]


def _counts(found: Counter[str], most: int) -> str:
    names = {safe(name, _SHORT): times for name, times in found.items()}
    return listed([name if times == 1 else f"{name}\N{NO-BREAK SPACE}×{times}" for name, times in names.items()], most)


def _names(shown: Sequence[AlbumPhoto], *, linked_names: bool) -> str:
    return listed([_name(photo, linked_names=linked_names) for photo in shown], _MOST_PHOTOS)


def _groups(groups: Sequence[Sequence[AlbumPhoto]], *, linked_names: bool) -> str:
    told = [listed([_name(photo, linked_names=linked_names) for photo in group], 4) for group in groups[:4]]
    rest = f"; and {len(groups) - 4} more" if len(groups) > 4 else ""  # noqa: PLR2004  # as many as are named
    return "; ".join(told) + rest


def _name(photo: AlbumPhoto, *, linked_names: bool) -> str:
    name = safe(photo.name, _NAME) or "a photo"
    return linked(Link(photo.name[:_NAME], photo.permalink)) if linked_names and photo.permalink else name


def cost(amount: int) -> list[str]:
    """Say what a look at photos has cost, in millionths of a dollar; nothing where it cost nothing."""
    return [f"Looking at them cost {dollars(amount)}."] if amount else []


def _sections(lines: Sequence[str]) -> list[dict[str, Any]]:
    """The first line, and the rest: Slack folds each where it is long, so that many numbers hide nothing else."""
    return [block for part in (lines[:1], lines[1:]) for block in _together(part)]


def _together(lines: Sequence[str]) -> list[dict[str, Any]]:
    shown: list[dict[str, Any]] = []
    for line in lines:
        if shown and len(shown[-1]["text"]["text"]) + len(line) < SECTION:
            shown[-1] = section(f"{shown[-1]['text']['text']}\n{line}")
        else:
            shown.append(section(cut([line], SECTION)))
    return shown


def _words(first: str, lines: Sequence[str]) -> str:
    return cut([f"{line}\n" for line in (first, *lines)], 4_000).removesuffix("\n")
