"""Photos that show somebody, and the look through earlier ones."""

from typing import Any, Final

from bot.core.money import dollars
from bot.core.photo_people import FindMe
from bot.core.plural import photos
from bot.core.sightings import Page, Sighting
from bot.slack import Message
from handlers.blocks.elements import button, row, section, sentence
from handlers.blocks.escaping import safe
from handlers.blocks.pictures import left, picture, place, rest

_NAME: Final = 60


def my_photos(page: Page, who: str = "") -> Message:
    """Show photos of somebody, newest first, with buttons for the pages around.

    Args:
        page: What the reader can open now.
        who: The user id of the person; empty where it is the reader.
    """
    if not page.sightings:
        say = f"I know of no photo of {f'<@{who}>' if who else 'you'} in the channels that you can open."
        return Message(say, (section(say),))
    first = f"{f'<@{who}> is' if who else 'You are'} in {photos(page.total)}"
    lines = [first, *(safe(one.share.name, _NAME) for one in page.sightings)]
    pictures = [block for one in page.sightings for block in _picture(one)]
    return Message("\n".join(lines), (section(f"*{first}*"), *pictures, *_turning(page, who)))


def find_me_offer(offer: FindMe) -> Message:
    """Tell how many earlier photos there are and what it costs to look through them, and ask."""
    if not offer.total:
        say = "There is no earlier photo left to look for you in."
        return Message(say, (section(say),))
    cost = f"That costs at most {dollars(offer.price)}." if offer.price else "That costs nothing."
    earlier = f"{offer.total} earlier {'photo' if offer.total == 1 else 'photos'}"
    say = f"I can look for you in {earlier}, in the channels that you can open. {cost} Shall I?"
    buttons = [
        button("find_me_start", "Look for me", "me", style="primary"),
        button("find_me_decline", "No, thank you", "me"),
    ]
    return Message(say, (section(say), row(*buttons)))


def enrolled(say: str, offer: FindMe) -> Message:
    """Tell somebody what came of their first photos, and offer the look through earlier ones, where there are any."""
    told = sentence(say)
    if not offer.total:
        return told
    offered = find_me_offer(offer)
    return Message(f"{told.text}\n{offered.text}", (*told.blocks, *offered.blocks))


def find_me_progress(search: FindMe) -> Message:
    """Tell how far the look is; in the end, what it brought."""
    seen = f"You are in {photos(search.found)}" if search.found else "I have not found you"
    looked = f"{search.looked} of {photos(search.total)}"
    match search.state:
        case "done":
            say = f"I looked through {photos(search.looked)}. {seen}."
        case "stopped":
            say = f"Stopped after {looked}. {seen}."
        case _:
            say = f"I looked at {looked} so far. {seen}."
    return Message(say, (section(say), *_steps(search)))


def _steps(search: FindMe) -> list[dict[str, Any]]:
    if search.state == "running":
        return [row(button("find_me_stop", "Stop", "me"))]
    show = "Show it" if search.found == 1 else "Show them"
    return [row(button("my_photos", show, "0"))] if search.found else []


def _picture(sighting: Sighting) -> list[dict[str, Any]]:
    told = f"{'Probably' if sighting.asserted else 'Maybe'} · {place(sighting.share)}"
    return [*picture(sighting.share, safe(sighting.share.name, _NAME) or "A photo"), section(told)]


def _turning(page: Page, who: str) -> list[dict[str, Any]]:
    shown = len(page.sightings)
    back = [button("my_photos_back", "Back", f"{max(0, page.offset - shown)} {who}")] if page.offset else []
    more = [button("my_photos_page", "More", f"{page.offset + shown} {who}")] if rest(page) > 0 else []
    return [*left(page), *([row(*back, *more)] if back or more else [])]
