"""Photos of a bib, as pictures."""

import json
from collections.abc import Sequence
from typing import Any, Final

from bot.core.bib_query import Name, Numbers, Pattern, Unnumbered
from bot.core.plural import photos
from bot.core.sightings import NearMiss, Sighting
from bot.search import Found
from bot.slack import Message
from handlers.blocks.elements import button, label, section
from handlers.blocks.escaping import safe
from handlers.blocks.pictures import NAME, card, left, picture, place, turning

_STATES: Final = {
    "listed": "on the start list",
    "partial": "partly visible",
    "suggested": "perhaps",
}


def found_bibs(found: Found, *, shared: bool = False) -> Message:
    """Show photos, best first, with buttons for more of them and for sharing.

    Args:
        found: What a search brought.
        shared: Whether everybody in the channel reads it; then nothing can be pressed.
    """
    if not found.page.sightings:
        return _nothing(found, shared=shared)
    first = f"*{_asked(found)}*: {photos(found.page.total)}"
    pictures = _carousel(found.page.sightings) if found.cards else _images(found.page.sightings, shared=shared)
    words = [first.replace("*", ""), *(_line(one, plain=True) for one in found.page.sightings)]
    buttons = [] if shared else [turning("findbib", found.asked, found.page)]
    blocks = (section(first), *pictures, *left(found.page), *buttons)
    return Message("\n".join(words), blocks)


def bib_turned_up(numbers: Sequence[str], sighting: Sighting) -> Message:
    """Tell a watcher of a new photo."""
    first = f"{_bibs(numbers)} turned up in a photo."
    return Message(first, (section(f"*{first}*"), *_image(sighting, shared=True)))


def find_modal(channel: str, thread: str) -> dict[str, Any]:
    """Ask for what would be typed after `/findbib`; the answer goes to a thread."""
    field = {"type": "plain_text_input", "action_id": "bib", "max_length": 200, "placeholder": label("1234")}
    asked = {
        "type": "input",
        "block_id": "bib",
        "label": label("Bib number or runner's name"),
        "hint": label("14?9 finds every number that fits."),
        "element": field,
    }
    return {
        "type": "modal",
        "callback_id": "find_bib",
        "private_metadata": json.dumps({"channel": channel, "thread": thread}),
        "title": label("Find a bib"),
        "submit": label("Find"),
        "close": label("Cancel"),
        "blocks": [asked],
    }


def _nothing(found: Found, *, shared: bool) -> Message:
    asked = _asked(found)
    whom = "with people and no bib" if isinstance(found.query, Unnumbered) else f"of {asked[:1].lower()}{asked[1:]}"
    say = f"I found no photo {whom} in the channels that you can open."
    if not found.near or shared:
        return Message(say, (section(say),))
    near = [block for one in found.near for block in _near(one)]
    numbers = " or ".join(safe(one.number) for one in found.near)
    return Message(f"{say} Did you mean {numbers}?", (section(f"{say}\nDid you mean one of these?"), *near))


def _near(miss: NearMiss) -> list[dict[str, Any]]:
    told = f"*{safe(miss.number)}*{_runner(miss.best)}: {photos(miss.photos)}"
    show = _button("findbib_page", f"Show {miss.number}", {"asked": miss.number, "offset": 0})
    return [{**section(told), "accessory": show}, *_picture(miss.best)]


def _asked(found: Found) -> str:
    match found.query:
        case Numbers((number,)):
            return f"Bib {safe(number)}{_runner(found.page.sightings[0]) if found.page.sightings else ''}"
        case Numbers():
            return f"Bibs {safe(found.asked)}"
        case Pattern(pattern):
            return f"Bib {safe(pattern)}"
        case Name(name):
            return f"“{safe(name)}”"
        case _:
            return "People and no bib"


def _bibs(numbers: Sequence[str]) -> str:
    return f"Bib {safe(numbers[0])}" if len(numbers) == 1 else f"Bibs {safe(', '.join(numbers), 200)}"


def _runner(sighting: Sighting) -> str:
    return f", {safe(sighting.runner, NAME)}" if sighting.runner else ""


def _images(sightings: Sequence[Sighting], *, shared: bool) -> list[dict[str, Any]]:
    return [block for one in sightings for block in _image(one, shared=shared)]


def _image(sighting: Sighting, *, shared: bool) -> list[dict[str, Any]]:
    told = section(_line(sighting))
    return [*_picture(sighting), told if shared else {**told, "accessory": _wrong(sighting)}]


def _picture(sighting: Sighting) -> list[dict[str, Any]]:
    return picture(sighting.share, _alt(sighting))


def _carousel(sightings: Sequence[Sighting]) -> list[dict[str, Any]]:
    return [{"type": "carousel", "elements": [_card(one) for one in sightings]}]


def _card(sighting: Sighting) -> dict[str, Any]:
    title = safe(sighting.number or "No bib", 100) + _runner(sighting)
    evidence = _evidence(sighting)
    return card(sighting.share, _alt(sighting), title, evidence[:1].upper() + evidence[1:], _wrong(sighting))


def _line(sighting: Sighting, *, plain: bool = False) -> str:
    bib = f"{safe(sighting.number)}{_runner(sighting)}" if sighting.number else ""
    if plain:
        return " · ".join(filter(None, [bib, safe(sighting.share.name, NAME)]))
    return " · ".join(filter(None, [f"*{bib}*" if bib else "", _evidence(sighting), place(sighting.share)]))


def _evidence(sighting: Sighting) -> str:
    if sighting.corrected_by:
        return f"said by <@{sighting.corrected_by}>"
    if not sighting.number:
        return ""
    return ", ".join(filter(None, [_STATES.get(sighting.state, ""), f"{sighting.confidence:.0f} % sure"]))


def _alt(sighting: Sighting) -> str:
    bib = f"Bib {sighting.number}" if sighting.number else "People and no bib"
    return f"{bib} in {safe(sighting.share.name, NAME)}"


def _wrong(sighting: Sighting) -> dict[str, Any]:
    share = sighting.share
    text = "Wrong bib?" if sighting.number else "Add a bib"
    return _button("wrong_bib", text, {"channel": share.channel, "ts": share.ts, "file": share.file})


def _button(action: str, text: str, value: dict[str, Any]) -> dict[str, Any]:
    return button(action, text, json.dumps(value))
