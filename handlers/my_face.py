"""What somebody does about their own face, once they are known: more photos, and whether they are named."""

from bot.errors import AskError
from bot.slack import Message
from bot.spotter import Spotter
from handlers import blocks
from handlers.kinds import Action, Ask, View


def ask_for_photos(ask: Ask, _: Spotter) -> None:
    """Open the form that takes more photos."""
    ask.show(blocks.more_photos_modal())


def add_photos(ask: Ask, bot: Spotter) -> Message:
    """Take more photos of the asker."""
    person = bot.enrolling.person_of(ask.workspace, ask.user)
    if person is None:
        raise AskError("I don't know you yet. /faces me asks for your consent first.")
    bot.enrolling.add_photos(ask.workspace, ask.user, person.id, ask.files("photos"))
    return blocks.photos_taken(len(ask.files("photos")))


def show_name(ask: Ask, bot: Spotter) -> Message:
    """Name the asker to others from now on, or no more."""
    bot.enrolling.set_switches(ask.workspace, ask.user, find_me=True, show_name=ask.value == "yes")
    say = "Others here may read your name now." if ask.value == "yes" else "Nobody but you reads your name any more."
    return blocks.sentence(say)


HANDLES = (
    Action("faces_add", ask_for_photos),
    View("more_photos", add_photos),
    Action("faces_show_name", show_name, replaces=True),
)
