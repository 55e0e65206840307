"""Why an answer says what it says; and how a picture is as a picture."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from bot.core.bibs import Bib
from bot.core.evidence import Evidence
from bot.core.findings import Celebrity, Color, Face, ImageQuality
from bot.core.money import dollars
from bot.core.operations import WORDS
from bot.core.plural import counted, listed
from bot.explaining import Explained
from bot.log import correlation
from handlers.blocks.elements import SECTION, UNREADABLE, button, context, label, row, section
from handlers.blocks.escaping import cut, safe

MOST_PHOTOS: Final = 20
MOST_BIBS: Final = 15
MOST_COLORS: Final = 5
_CERTAIN: Final = {"probably": "Probably", "maybe": "Maybe"}


def why_modal(explained: Explained) -> dict[str, Any]:
    """Tell the evidence for each photo of a message, to whoever asked."""
    shown = explained.photos[:MOST_PHOTOS]
    return _modal("Why?", [block for photo in shown for block in _photo(photo)], len(explained.photos) - len(shown))


def picture_modal(explained: Explained, price: int) -> dict[str, Any]:
    """Tell quality and colours of each photo of a message; where nobody asked for them yet, offer to ask.

    Args:
        explained: The photos, at least one.
        price: Of asking, in millionths of a dollar.
    """
    shown = explained.photos[:MOST_PHOTOS]
    blocks = [section(f"*{_name(photo)}*\n{_picture(photo)}") for photo in shown]
    if not any(photo.of(Color) or photo.of(ImageQuality) for photo in shown):
        share = shown[0].share
        cost = f"Looking costs up to {dollars(price)}." if price else "Looking costs nothing."
        place = json.dumps({"channel": share.channel, "ts": share.ts})
        blocks = [section(f"Nobody has asked for quality and colours here yet. {cost}")]
        blocks += [row(button("picture_quality", "Look now", place))]
    return _modal("Quality and colours", blocks, len(explained.photos) - len(shown))


def _modal(title: str, blocks: Sequence[dict[str, Any]], rest: int) -> dict[str, Any]:
    more = context(f"And {rest} more {'photo' if rest == 1 else 'photos'}.") if rest > 0 else []
    return {
        "type": "modal",
        "callback_id": "why",
        "title": label(title),
        "close": label("Close"),
        "blocks": [*blocks, *more],
    }


def _name(photo: Evidence) -> str:
    return safe(photo.share.name, 60) or UNREADABLE


def _photo(photo: Evidence) -> list[dict[str, Any]]:
    lines = [*_bibs(photo), *_faces(photo), *_celebrities(photo)] or ["I found no bib and no face."]
    told = cut([f"{line}\n" for line in (f"*{_name(photo)}*", *lines)], SECTION).removesuffix("\n")
    return [section(told), *context(_source(photo))]


def _bibs(photo: Evidence) -> Iterator[str]:
    for bib in photo.bibs[:MOST_BIBS]:
        yield f"• {_bib(bib, photo.corrected.get(bib.number, ''))}"
    if (rest := len(photo.bibs) - MOST_BIBS) > 0:
        yield f"• And {rest} more {'number' if rest == 1 else 'numbers'}"


def _bib(bib: Bib, by: str) -> str:
    """What a number is taken for, and why; `by` is the user id of whoever said so, empty for a machine."""
    number = f"*{safe(bib.number, 40) or UNREADABLE}*"
    name = f" ({safe(bib.name)})" if bib.name else ""
    why = safe(bib.why) or "read in the photo"
    if by:
        return f"Bib {number}{name}: said by <@{by}>"
    match bib.state:
        case "refused":
            return f"{number} is no bib: {why}"
        case "suggested":
            return f"Perhaps bib {number}{name}: {why}"
        case _:
            only = "; I name it only where somebody searches for it" if bib.state == "partial" else ""
            return f"Bib {number}{name}, {_percent(bib.confidence)} sure: {why}{only}"


def _faces(photo: Evidence) -> Iterator[str]:
    faces = photo.of(Face)
    if faces:
        surest = max(face.confidence for face in faces)
        clearest = f"{_percent(surest)} sure" if len(faces) == 1 else f"the clearest {_percent(surest)} sure"
        yield f"• {_capital(counted(len(faces), 'face'))}, {clearest}"
    if photo.faces:
        searched = sum(face.certainty != "unsearched" for face in photo.faces)
        yield f"• I searched for {counted(searched, 'face')} among the people who agreed to be known"
    for face in photo.faces:
        if face.name and face.certainty in _CERTAIN:
            yield f"• {_CERTAIN[face.certainty]} {safe(face.name)}, {_percent(face.similarity)} alike"


def _celebrities(photo: Evidence) -> Iterator[str]:
    for one in photo.of(Celebrity):
        yield f"• Looks like {safe(one.name) or UNREADABLE}, {_percent(one.confidence)} alike"


def _source(photo: Evidence) -> str:
    by: dict[str, list[str]] = {}
    for operation, model in photo.asked:
        by.setdefault(model, []).append(WORDS.get(operation, safe(operation)).lower())
    told = "; ".join(f"{listed(asked)} ({safe(model)})" for model, asked in by.items())
    looked = [f"How I looked: {told}."] if told else []
    return " ".join([*looked, *([f"In the log: {correlation(photo.job)}."] if photo.job else [])])


def _picture(photo: Evidence) -> str:
    quality = [
        f"Brightness {one.brightness:.0f}, sharpness {one.sharpness:.0f}, contrast {one.contrast:.0f} of 100"
        for one in photo.of(ImageQuality)
    ]
    colors = [
        f"{_capital(safe(one.name))} {one.share:.0f} % ({safe(one.hex)})" for one in photo.of(Color)[:MOST_COLORS]
    ]
    faces = [one.sharpness for one in photo.of(Face) if one.sharpness is not None]
    sharp = [f"The sharpest face: {max(faces):.0f} of 100"] if faces else []
    return "\n".join([*quality, *sharp, *colors]) or "Not asked for."


def _percent(confidence: float) -> str:
    return f"{int(confidence)} %"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
