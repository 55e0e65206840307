"""App Home: what is kept of the reader and what they can do about it; below that, what an admin looks after."""

from collections.abc import Sequence
from typing import Any, Final

from bot.core.people import Person
from bot.core.plural import photos
from bot.home import HomePage
from bot.slack import Message
from handlers.blocks.consents import forget_button
from handlers.blocks.elements import SECTION, beside, button, context, header, label, row, section
from handlers.blocks.escaping import cut, safe
from handlers.blocks.faces import act_lines, day
from handlers.blocks.find_me import my_photos
from handlers.blocks.home_admin import office

MOST_BLOCKS: Final = 100
"""Of a Home view (https://docs.slack.dev/reference/views/home-tab-views)."""
_LINE: Final = {"type": "divider"}
_HELLO: Final = (
    "Drop photos into a channel that I am in: I answer in the thread. Here you see what I keep about you, and what you"
    " can do about it."
)
_NOT_KNOWN: Final = (
    "I don't know your face, and look for nobody who did not agree to it. If you want to be found in photos, read first"
    " what that means."
)
_GUEST: Final = "I don't know your face: guests can't be enrolled."
_WATCHED: Final = "I tell you by direct message whenever one of these bibs turns up: "
_NO_WATCH: Final = "You watch no bib. /findbib watch 1234 tells you by direct message whenever it turns up."

_ORDER: Final = "Newest first; times are UTC."

Parts = dict[str, Sequence[dict[str, Any]]]
"""What stands on the page, by the name of its part."""


def home(page: HomePage, answer: Message | None = None, asked_in: str = "") -> Message:
    """Show somebody their page.

    Args:
        page: What they see.
        answer: What they just asked for, to stand at the end of the part that they asked in.
        asked_in: That part's name. It is the beginning of the ids of its blocks, and so comes with each press.
    """
    parts = _parts(page)
    if answer:
        room = MOST_BLOCKS - sum(len(part) + 1 for part in parts.values())
        name = asked_in if asked_in in parts else "hello"
        parts[name] = [*parts[name], *[_LINE, *answer.blocks][:room]]
    return Message(answer.text if answer else "Home", tuple(_put_together(parts)))


def _put_together(parts: Parts) -> list[dict[str, Any]]:
    return [
        {**block, "block_id": f"{name}-{number}"}
        for name, blocks in parts.items()
        for number, block in enumerate([*blocks, _LINE])
    ]


def _parts(page: HomePage) -> Parts:
    parts: Parts = {
        "hello": [beside(_HELLO, button("help", "What can I ask?", "home"))],
        "face": [header("Your face"), *_face(page)],
        "watches": [header("Your watches"), _watches(page.watches)],
    }
    if page.person:
        parts["photos"] = [header("Photos of you"), *my_photos(page.photos).blocks]
    if page.acts:
        lines = [section(line) for line in act_lines(page.acts, page.user)]
        more = row(button("home_audit", "All of it", "me"))
        parts["acts"] = [header("Who looked for you, and what else was done"), *lines, *context(_ORDER), more]
    return {**parts, **(office(page.office) if page.office else {})}


def _face(page: HomePage) -> list[dict[str, Any]]:
    if page.person:
        return _known(page.person)
    if page.guest:
        return [section(_GUEST)]
    return [section(_NOT_KNOWN), row(button("home_consent", "Read what it means", "me"))]


def _known(person: Person) -> list[dict[str, Any]]:
    """What is kept of a face, a line for each thing that the person can change."""
    found = f"*Yes*, you are found in photos. I know {photos(person.photos)} of you."
    to_come = "You agreed to be found. Next I need photos of your face."
    earlier = [button("find_me_offer", "Look through earlier photos", "me")] if person.photos else []
    named = "*Yes*, others here may read your name" if person.show_name else "*No*, nobody but you reads your name"
    until = f"Your consent holds until {day(person.expires_at)}."
    name = ("Hide my name", "no") if person.show_name else ("Show my name", "yes")
    return [
        beside(found if person.photos else to_come, forget_button("Forget me")),
        beside(f"{named} on photos.", button("faces_show_name", *name)),
        beside(until, button("consent_renew", "Renew for a year", "me")),
        row(button("faces_add", "Add photos", "me"), *earlier, button("faces_export", "Export", "me")),
    ]


def _watches(numbers: Sequence[str]) -> dict[str, Any]:
    if not numbers:
        return section(_NO_WATCH)
    told = [_WATCHED, *(f"{safe(number)}, " for number in numbers[:-1]), safe(numbers[-1])]
    options = [{"text": label(f"Bib {number}"), "value": number} for number in numbers]
    menu = {"type": "static_select", "action_id": "home_unwatch", "placeholder": label("Stop one"), "options": options}
    return beside(cut(told, SECTION), menu)
