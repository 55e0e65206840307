"""`/faces`: who agreed to be known, and all that somebody can do about their own face."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot.core.people import Person
from bot.errors import AskError
from bot.slack import Message
from bot.spotter import Spotter
from handlers import blocks
from handlers.consent import ask_for_attestation, ask_for_consent
from handlers.kinds import Action, Answer, Ask, Command
from handlers.words import by_first_word, mentioned


def help_(_: Ask, __: Spotter) -> Message:
    """Say what can be said."""
    return blocks.faces_help()


def enrol(ask: Ask, bot: Spotter) -> Message | None:
    """Ask a member whether they want to be known; for anybody else, ask for their written consent."""
    if user := mentioned(ask.text):
        bot.enrolling.invite(ask.workspace, ask.user, user, ask.channel)
        bot.say(ask.workspace, user, blocks.invitation(ask.user, user))
        return blocks.invited(user, matching=bot.matching.is_on(ask.workspace, ask.channel))
    if ask.text.startswith("@"):
        raise AskError("Slack doesn't know this name. Choose it from the list that Slack shows after the @.")
    ask_for_attestation(ask, bot)
    return None


def mine(ask: Ask, bot: Spotter) -> Message | None:
    """Show what is kept of the asker; ask for their consent where nothing is."""
    if person := bot.enrolling.person_of(ask.workspace, ask.user):
        return blocks.my_face(person)
    ask_for_consent(ask, bot)
    return None


def everybody(ask: Ask, bot: Spotter) -> Message:
    """List who is known, to an admin."""
    return blocks.people_list(bot.enrolling.people(ask.workspace, ask.user))


def turn(ask: Ask, bot: Spotter) -> Message:
    """Show another page of the list."""
    return blocks.people_list(bot.enrolling.people(ask.workspace, ask.user), int(ask.value))


def remove(ask: Ask, bot: Spotter) -> Message:
    """Forget whom an admin names; where several could be meant, ask which."""
    people = bot.enrolling.people(ask.workspace, ask.user)
    first, *others = _meant(people, ask.text)
    if others:
        return blocks.people_to_remove([first, *others], ask.text)
    return remove_person(replace(ask, value=first.id), bot)


def remove_person(ask: Ask, bot: Spotter) -> Message:
    """Forget whom an admin has chosen."""
    bot.forgetting.remove(ask.workspace, ask.user, ask.value)
    return blocks.sentence("Removed. I don't recognise this face any more; what I kept of it is being deleted.")


def forget(ask: Ask, bot: Spotter) -> Message:
    """Forget the asker."""
    bot.forgetting.forget_me(ask.workspace, ask.user)
    return blocks.sentence(
        "From now on I don't recognise you. What I kept of your face is being deleted; you get a receipt by direct"
        " message."
    )


def export(ask: Ask, bot: Spotter) -> Message:
    """Send the asker all that is kept about them."""
    kept = bot.forgetting.export(ask.workspace, ask.user)
    note = blocks.sentence("This is all that I keep about you and your face.")
    bot.send_file(ask.workspace, ask.user, note, "my-face.json", kept)
    return blocks.sentence("I have sent you all that I keep about you, as a file, by direct message.")


def audit(ask: Ask, bot: Spotter) -> Message:
    """Tell the asker who searched for them, and what else was done."""
    return blocks.audit_list(bot.forgetting.audit_of(ask.workspace, ask.user), ask.user)


def turn_on(ask: Ask, bot: Spotter) -> Message:
    """Match faces in this channel from now on; everybody there is told."""
    bot.matching.turn_on(ask.workspace, ask.user, ask.channel, blocks.matching_notice(ask.user))
    return blocks.sentence("Face matching is on in this channel. I have told everybody here what that means.")


def turn_off(ask: Ask, bot: Spotter) -> Message:
    """Match no faces in this channel any more."""
    bot.matching.turn_off(ask.workspace, ask.user, ask.channel)
    return blocks.sentence(
        "Face matching is off in this channel: I look for nobody here any more, and take the names out of my answers."
    )


def _meant(people: tuple[Person, ...], typed: str) -> tuple[Person, ...]:
    """The people of a mention or of a name; of those who contain it, where nobody has it exactly."""
    user, name = mentioned(typed), " ".join(typed.split()).casefold()
    exact = tuple(one for one in people if (one.user == user if user else one.name.casefold() == name))
    alike = tuple(one for one in people if name and name in one.name.casefold())
    if not exact and not alike:
        raise AskError("I know nobody of this name. /faces list shows everybody.")
    return exact or alike


WORDS: Final[Mapping[str, Answer]] = {
    "help": help_,
    "me": mine,
    "forget": forget,
    "export": export,
    "audit": audit,
    "enroll": enrol,
    "enrol": enrol,
    "list": everybody,
    "remove": remove,
    "on": turn_on,
    "off": turn_off,
}
"""What may follow `/faces`, and what answers it."""
_USAGE: Final = "me | forget | export | audit | enroll @somebody | list | remove @somebody | on | off"
COMMAND: Final = Command(
    "/faces",
    _USAGE,
    "Be found in photos, or be forgotten; admins enrol people.",
    by_first_word("/faces", _USAGE, WORDS),
)
HANDLES = (
    COMMAND,
    Action("faces_page", turn, replaces=True),
    Action("faces_page_back", turn, replaces=True),
    Action("faces_remove", remove_person),
    Action("faces_forget", forget),
    Action("faces_export", export),
)
