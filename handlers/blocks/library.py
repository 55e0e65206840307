"""Photos found by what they show, as pictures."""

from typing import Any

from bot.core.library_query import Wanted
from bot.core.plural import photos
from bot.core.sightings import Sighting
from bot.library import Missing, PhotosFound
from bot.slack import Message
from handlers.blocks.elements import LINE, context, section
from handlers.blocks.escaping import safe
from handlers.blocks.pictures import NAME, card, left, picture, place, to_page, turning


def found_photos(found: PhotosFound, *, shared: bool = False) -> Message:
    """Show photos, newest first, with buttons for more of them and for sharing.

    Args:
        found: What a search brought.
        shared: Whether everybody in the channel reads it; then nothing can be pressed.
    """
    if not found.page.sightings:
        return _nothing(found)
    first = f"{_asked(found)}: {_number(found)}"
    words = [first, *(safe(one.share.name, NAME) for one in found.page.sightings)]
    more = context("There are more.") if found.uncounted else left(found.page)
    buttons = [] if shared else [turning("findphoto", found.query.typed, found.page)]
    return Message("\n".join(words), (section(f"*{first}*"), *_pictures(found), *more, *buttons))


def _asked(found: PhotosFound) -> str:
    return f"“{safe(found.query.shown, LINE)}”"


def _number(found: PhotosFound) -> str:
    return f"more than {photos(found.page.total - 1)}" if found.uncounted else photos(found.page.total)


def _pictures(found: PhotosFound) -> list[dict[str, Any]]:
    sightings = found.page.sightings
    if found.cards:
        cards = [card(one.share, _alt(one), _day(one), "") for one in sightings]
        return [{"type": "carousel", "elements": cards}]
    return [block for one in sightings for block in (*picture(one.share, _alt(one)), section(_line(one)))]


def _line(sighting: Sighting) -> str:
    return f"{_day(sighting)} · {place(sighting.share)}"


def _day(sighting: Sighting) -> str:
    return f"{sighting.moment:%Y-%m-%d}"


def _alt(sighting: Sighting) -> str:
    return f"{safe(sighting.share.name, NAME) or 'A photo'}, {_day(sighting)}"


def _nothing(found: PhotosFound) -> Message:
    first = f"I found no photo of {_asked(found)} in the channels that you can open."
    told = _missing(found)
    say = [section("\n".join([first, *told]))]
    near = [(one.wanted, word) for one in found.missing for word in one.near]
    if not near:
        return Message(" ".join([first, *told]), tuple(say))
    meant = f"Did you mean {' or '.join(safe(word) for _, word in near)}?"
    offers = (section("Did you mean one of these?"), *(_offer(found, *one) for one in near))
    return Message(" ".join([first, *told, meant]), (*say, *offers))


def _missing(found: PhotosFound) -> list[str]:
    """What no photo shows; of a single word that is said already."""
    if not found.missing:
        return _apart(found)
    if len(found.query.wanted) == 1 and found.missing[0].wanted.kind == "any":
        return []
    return [_told(one) for one in found.missing]


def _apart(found: PhotosFound) -> list[str]:
    """What may be wrong where each part is in some photo."""
    if found.query.since or found.query.until:
        return ["There may be some from another time."]
    return ["Each part is in some photo, but no photo shows all of it."] if len(found.query.wanted) > 1 else []


def _told(missing: Missing) -> str:
    value = f"“{safe(missing.wanted.value)}”"
    match missing.wanted.kind:
        case "bib":
            return f"No photo shows bib {safe(missing.wanted.value)}; /findbib finds similar numbers."
        case "person":
            return "There is no photo of such a person, or none that I may tell of."
        case "quality":
            return f"I know of no {safe(missing.wanted.value)} photo."
        case "celebrity":
            return f"No photo shows a celebrity called {value}."
        case "text":
            return f"{value} was read in no photo."
        case _:
            return f"No photo shows {value}, as a thing or in its text."


def _offer(found: PhotosFound, wanted: Wanted, word: str) -> dict[str, Any]:
    asked = found.query.typed.replace(wanted.value, word, 1)
    return {**section(f"*{safe(word)}*"), "accessory": to_page("findphoto_page", f"Show {safe(word, 40)}", asked)}
