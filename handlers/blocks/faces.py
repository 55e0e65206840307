"""What is known of people: the list for admins; for everybody what is kept of them, and what was done with it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from bot.core.audit import Act
from bot.core.people import Person
from bot.core.plural import photos
from bot.slack import Message
from handlers.blocks.consents import forget_button
from handlers.blocks.elements import button, context, label, row, section, together
from handlers.blocks.escaping import safe

_NAME: Final = 60
_A_PAGE: Final = 15
_MOST_ACTS: Final = 40
AUDIT: Final = "What was done about your face, newest first; times are UTC."
_HELP: Final = {
    "me": "What I keep of your face; the first time, what it means and whether you agree.",
    "forget": "Forget your face, at once and for good.",
    "export": "All that I keep about you, as a file.",
    "audit": "Who searched for you, and what else was done.",
    "enroll @somebody": "For admins: ask somebody whether they want to be known. With a name: somebody from outside.",
    "list": "For admins: everybody who agreed to be known.",
    "remove @somebody": "For admins: forget somebody; a name does, too.",
    "on, off": "For admins: match faces in this channel, or stop that.",
}
_DONE: Final = {
    "search": "looked for people in photos, you among them",
    "enrol": "took in a photo of your face",
    "consent": "said what you agree to",
    "invite": "asked you whether you want to be known",
    "attest": "attested your written consent",
    "forget": "deleted what was kept of your face",
    "remove": "removed your face",
    "export": "took out all that is kept about you",
    "not_this": "said that a face in a photo is not yours",
    "this_is": "said that a face in a photo is yours",
    "compare": "compared the faces of two photos",
    "matching_on": "turned face matching on in a channel",
    "matching_off": "turned face matching off in a channel",
}


def faces_help() -> Message:
    """Say what follows `/faces`."""
    lines = [f"*/faces {follows}*\n{does}" for follows, does in _HELP.items()]
    first = "Being found in photos by your face is up to you:"
    words = "\n".join([first, *(f"/faces {follows}: {does}" for follows, does in _HELP.items())])
    return Message(words, (section(first), section("\n".join(lines))))


def people_list(people: Sequence[Person], offset: int = 0) -> Message:
    """List who agreed to be known, a page of them, each with a button that removes them."""
    if not people:
        say = "Nobody is known yet. /faces enroll @somebody asks a person whether they want to be."
        return Message(say, (section(say),))
    first = f"{'1 person' if len(people) == 1 else f'{len(people)} people'} agreed to be known"
    page = people[offset : offset + _A_PAGE]
    rows = [{**section(_person(person)), "accessory": _remove(person)} for person in page]
    words = [first, *(safe(person.name, _NAME) for person in page)]
    return Message("\n".join(words), (section(f"*{first}*"), *rows, *_turning(offset, len(people))))


def people_to_remove(people: Sequence[Person], asked: str) -> Message:
    """Ask which of several people of a name is meant; `asked` is what was typed."""
    say = f"There are {len(people)} people called “{safe(asked)}”. Which one?"
    rows = [{**section(_person(person)), "accessory": _remove(person)} for person in people[:_A_PAGE]]
    return Message(say, (section(say), *rows))


def my_face(person: Person) -> Message:
    """Show somebody what is kept of their face, and what they can do about it."""
    known = f"I know {photos(person.photos)} of you" if person.photos else "I know no photo of you yet"
    named = "Others here may read your name." if person.show_name else "Nobody but you reads your name."
    say = f"{known}. {named} Your consent holds until {day(person.expires_at)}."
    switch = (
        button("faces_show_name", "Hide my name from others", "no")
        if person.show_name
        else button("faces_show_name", "Show my name to others", "yes")
    )
    found = [
        button("my_photos", "My photos", "0"),
        button("find_me_offer", "Look through earlier photos", "me"),
    ]
    buttons = [
        button("faces_add", "Add photos", "me"),
        switch,
        *(found if person.photos else []),
        button("faces_export", "Export", "me"),
        forget_button("Forget me"),
    ]
    return Message(say, (section(say), row(*buttons)))


def audit_list(acts: Sequence[Act], reader: str) -> Message:
    """Tell somebody who searched for them, and what else was done; newest first."""
    if not acts:
        say = "Nothing was done about your face yet."
        return Message(say, (section(say),))
    lines = act_lines(acts[:_MOST_ACTS], reader)
    if len(acts) > _MOST_ACTS:
        lines.append("There is more: /faces export has all of it.")
    return Message("\n".join([AUDIT, *lines]), (section(f"*{AUDIT}*"), *together(lines)))


def act_lines(acts: Sequence[Act], reader: str) -> list[str]:
    """What was done, a line each."""
    return [_act(act, reader) for act in acts]


def day(moment: datetime) -> str:
    """A day as people write it: `3 May 2027`."""
    return f"{moment.day} {moment:%B %Y}"


def _act(act: Act, reader: str) -> str:
    who = "You" if act.actor == reader else f"<@{act.actor}>" if act.actor.startswith(("U", "W")) else "Spotter"
    where = f" in <#{channel}>" if (channel := str(act.detail.get("channel") or "")) else ""
    return f"{act.at:%Y-%m-%d %H:%M} {who} {_DONE.get(act.act, safe(act.act))}{where}"


def _person(person: Person) -> str:
    who = f"*{safe(person.name, _NAME)}*" + (f" <@{person.user}>" if person.user else ", outside this workspace")
    kept = photos(person.photos) if person.photos else "no photo yet"
    named = "may be named" if person.show_name else "not named to others"
    return f"{who}\n{kept} · {named} · until {day(person.expires_at)}"


def _remove(person: Person) -> dict[str, Any]:
    confirm = {
        "title": label("Remove this face?"),
        "text": label(
            f"I stop recognising {safe(person.name, _NAME)} at once, and delete all that I keep of the face."
        ),
        "confirm": label("Remove"),
        "deny": label("Cancel"),
    }
    return {**button("faces_remove", "Remove", person.id, style="danger"), "confirm": confirm}


def _turning(offset: int, total: int) -> list[dict[str, Any]]:
    """Buttons for the pages around, and how many people are on others."""
    rest = total - offset - _A_PAGE
    back = [button("faces_page_back", "Back", str(max(0, offset - _A_PAGE)))] if offset else []
    more = [button("faces_page", "More", str(offset + _A_PAGE))] if rest > 0 else []
    actions = [row(*back, *more)] if back or more else []
    return [*context(f"{rest} more" if rest > 0 else ""), *actions]
