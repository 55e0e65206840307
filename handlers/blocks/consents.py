"""What people are asked and told about their consent, from the invitation to the renewal."""

from typing import Any, Final

from bot.slack import Message
from handlers.blocks.elements import button, label, plain, row, section
from handlers.blocks.escaping import safe

_TELL: Final = "and will tell you by direct message what came of it."


def invitation(by: str, user: str) -> Message:
    """Ask somebody, by direct message, whether they want to be known; user ids of the admin and of who is asked."""
    say = (
        f"<@{by}> asks whether I may recognise your face in this workspace's photos. Nothing is kept of it unless you"
        " agree. It is up to you, and saying no changes nothing else. The question stands for 7 days."
    )
    plain = f"May I recognise your face in this workspace's photos? <@{by}> asks; nothing is kept unless you agree."
    buttons = [
        button("consent_read", "Read what it means", user, style="primary"),
        button("consent_refuse", "No, thank you", user),
    ]
    return Message(plain, (section(say), row(*buttons)))


def renewal_question(until: str) -> Message:
    """Ask somebody whether they still want to be known; `until` is the day of the end, as `3 May 2027`."""
    say = (
        "Almost a year ago you agreed that I recognise your face. Shall I go on? If you say nothing, I delete what I"
        f" know of it on {until}. You can also leave at any time: /faces forget."
    )
    buttons = [
        button("consent_renew", "Go on for another year", "me", style="primary"),
        forget_button("No, forget me"),
    ]
    return Message(say, (section(say), row(*buttons)))


def forget_button(text: str) -> dict[str, Any]:
    """The way out; it asks once more, because it cannot be undone."""
    confirm = {
        "title": label("Forget your face?"),
        "text": label("I stop recognising you at once, and delete all that I keep of your face."),
        "confirm": label("Forget me"),
        "deny": label("Cancel"),
    }
    return {**button("faces_forget", text, "me", style="danger"), "confirm": confirm}


def photos_taken(number: int) -> Message:
    """Confirm photos that are looked at next."""
    return plain(f"I am looking at {_this(number)}, {_TELL}")


def invited(user: str, *, matching: bool) -> Message:
    """Confirm an invitation to the admin who asked; `matching`: whether faces are matched in this channel."""
    say = (
        f"I have asked <@{user}> by direct message. Nothing is kept unless they agree; the question stands for 7 days."
    )
    return plain(say + _off(matching=matching))


def agreed(files: int, *, matching: bool) -> Message:
    """Thank somebody who agreed, with so many photos; `matching`: whether faces are matched in this channel."""
    next_step = (
        f"I am looking at {_this(files)}, {_TELL}"
        if files
        else "Next I need photos of your face: /faces me takes them, and so does “Enrol this face” in a photo's menu."
    )
    return plain(f"Thank you. {next_step}{_off(matching=matching)}")


def attested(name: str, *, matching: bool) -> Message:
    """Confirm to an admin that somebody is enrolled; `matching`: whether faces are matched in this channel."""
    say = f"Noted. I am looking at the photos of {safe(name)}, {_TELL}"
    return plain(say + _off(matching=matching))


def _off(*, matching: bool) -> str:
    return "" if matching else " Face matching is off in this channel: an admin can turn it on here with /faces on."


def _this(number: int) -> str:
    return "the photo" if number == 1 else f"the {number} photos"
