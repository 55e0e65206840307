"""`/findphoto`: photos by what they show, for the asker alone; a button shares them."""

import json

from bot.core import library_query
from bot.slack import Message
from bot.spotter import Spotter
from handlers import blocks
from handlers.kinds import Action, Ask, Command

_USAGE = 'dog beach | dog -cat | text:"finish" | after:2026-05-01'


def find(ask: Ask, bot: Spotter) -> Message:
    """Find photos."""
    query = library_query.parse(ask.text)
    return blocks.found_photos(bot.library.find(ask.workspace, ask.user, query))


def turn(ask: Ask, bot: Spotter) -> Message:
    """Show another page, or what was meant."""
    wanted = json.loads(ask.value)
    query = library_query.parse(wanted["asked"])
    return blocks.found_photos(bot.library.find(ask.workspace, ask.user, query, offset=wanted["offset"]))


def share(ask: Ask, bot: Spotter) -> Message:
    """Show the page to everybody in the channel: only what everybody there may see."""
    wanted = json.loads(ask.value)
    query = library_query.parse(wanted["asked"])
    found = bot.library.find_for_all(ask.workspace, ask.user, ask.channel, query, offset=wanted["offset"])
    if not found.page.sightings:
        return blocks.nothing_to_share()
    bot.say(ask.workspace, ask.channel, blocks.found_photos(found, shared=True))
    return blocks.sentence("Shared.")


HANDLES = (
    Command("/findphoto", _USAGE, "Find photos by what they show.", find),
    Action("findphoto_page", turn, replaces=True),
    Action("findphoto_more", turn, replaces=True),
    Action("findphoto_share", share),
)
