"""Photos that show the asker, or somebody who lets others read their name."""

from bot.slack import Message
from bot.spotter import Spotter
from handlers import blocks
from handlers.kinds import Action, Ask


def photos_of_me(ask: Ask, bot: Spotter) -> Message:
    """Show the photos of the asker."""
    return _page(ask, bot, "", 0)


def photos_of_person(ask: Ask, bot: Spotter, user: str) -> Message:
    """Show the photos of a member."""
    return _page(ask, bot, "" if user == ask.user else user, 0)


def turn(ask: Ask, bot: Spotter) -> Message:
    """Show a page: the button says where it begins, and of whom."""
    offset, _, user = ask.value.partition(" ")
    return _page(ask, bot, user, int(offset))


def _page(ask: Ask, bot: Spotter, user: str, offset: int) -> Message:
    page = bot.finding_me.photos(ask.workspace, ask.user, offset, of=user)
    return blocks.my_photos(page, user)


HANDLES = (
    Action("my_photos", turn),
    Action("my_photos_page", turn, replaces=True),
    Action("my_photos_back", turn, replaces=True),
)
