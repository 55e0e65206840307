"""Photos that show somebody, and the look through earlier ones."""

from typing import Any, Final

from bot.core.money import dollars
from bot.core.photo_people import FindMe
from bot.core.plural import photos
from bot.core.report import Link
from bot.core.sightings import Page, Sighting
from bot.slack import Message
from handlers.blocks.elements import button, context, linked, section, sentence
from handlers.blocks.escaping import safe
from handlers.blocks.pictures import SHOWN

_NAME: Final = 60


def my_photos(page: Page, who: str = "") -> Message:
    """Show photos of somebody, newest first, with buttons for the pages around.

    Args:
        page: What the reader can open now.
        who: The user id of the person; empty where it is the reader.
    """
    whom = f"<@{who}>" if who else "you"
    if not page.sightings:
        say = f"I know of no photo of {whom} in the channels that you can open."
        return Message(say, (section(say),))
    first = f"{whom.capitalize() if not who else whom}: {photos(page.total)}"
    lines = [first, *(safe(one.share.name, _NAME) for one in page.sightings)]
    pictures = [block for one in page.sightings for block in _picture(one)]
    return Message("\n".join(lines), (section(f"*{first}*"), *pictures, *_turning(page, who)))


def find_me_offer(offer: FindMe) -> Message:
    """Tell how many earlier photos there are and what it costs to look through them, and ask."""
    if not offer.total:
        say = "There is no earlier photo in which I have not looked for you."
        return Message(say, (section(say),))
    cost = f"That costs at most {dollars(offer.price)}." if offer.price else "That costs nothing."
    say = f"In {photos(offer.total)} of the channels that you can open I have not looked for you. {cost} Shall I?"
    buttons = [
        button("find_me_start", "Look for me", "me", style="primary"),
        button("find_me_decline", "No, thank you", "me"),
    ]
    return Message(say, (section(say), {"type": "actions", "elements": buttons}))


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
        return [{"type": "actions", "elements": [button("find_me_stop", "Stop", "me")]}]
    if search.found:
        return [{"type": "actions", "elements": [button("my_photos", "Show them", "0")]}]
    return []


def _picture(sighting: Sighting) -> list[dict[str, Any]]:
    share = sighting.share
    where = f"{linked(Link(share.name, share.permalink))} in <#{share.channel}>"
    told = section(f"{'Probably' if sighting.asserted else 'Maybe'} · {where}")
    if share.format not in SHOWN:
        return [told]
    return [{"type": "image", "slack_file": {"id": share.file}, "alt_text": safe(share.name, _NAME) or "A photo"}, told]


def _turning(page: Page, who: str) -> list[dict[str, Any]]:
    shown = len(page.sightings)
    rest = page.total - page.offset - shown
    back = [button("my_photos_back", "Back", f"{max(0, page.offset - shown)} {who}")] if page.offset else []
    more = [button("my_photos_page", "More", f"{page.offset + shown} {who}")] if rest > 0 else []
    actions = [{"type": "actions", "elements": [*back, *more]}] if back or more else []
    return [*context(f"{rest} more" if rest > 0 else ""), *actions]
