"""`/findbib`: the photos of a bib, for the asker alone; a button shares them."""

import json

from bot.core import bib_query
from bot.core.bib_query import Query, Unwatch, Watch, WatchList
from bot.errors import AskError, WrongField
from bot.slack import Message
from bot.spotter import Spotter
from handlers import blocks
from handlers.kinds import Action, Ask, Command, Shortcut, View


def find(ask: Ask, bot: Spotter) -> Message:
    """Find photos, or look after the asker's watches."""
    return _answer(ask, bot, bib_query.parse(ask.text))


def turn(ask: Ask, bot: Spotter) -> Message:
    """Show another page, or what was meant."""
    wanted = json.loads(ask.value)
    query = bib_query.parse_search(wanted["asked"])
    found = bot.search.find(ask.workspace, ask.user, wanted["asked"], query, offset=wanted["offset"])
    return blocks.found_bibs(found)


def share(ask: Ask, bot: Spotter) -> Message:
    """Show the page to everybody in the channel: only what everybody there may see."""
    wanted = json.loads(ask.value)
    query = bib_query.parse_search(wanted["asked"])
    found = bot.search.find_for_all(
        ask.workspace, ask.user, ask.channel, wanted["asked"], query, offset=wanted["offset"]
    )
    if not found.page.sightings:
        return blocks.nothing_to_share()
    bot.say(ask.workspace, ask.channel, blocks.found_bibs(found, shared=True))
    return blocks.sentence("Shared.")


def ask_for_bib(ask: Ask, _: Spotter) -> None:
    """Open the modal that takes a bib: in a thread no command can be typed."""
    ask.show(blocks.find_modal(ask.channel, str(ask.message.get("thread_ts") or ask.message.get("ts", ""))))


def check(ask: Ask, _: Spotter) -> None:
    """Make sure that what is typed into the modal can be understood."""
    try:
        bib_query.parse(ask.typed("bib"))
    except AskError as error:
        raise WrongField("bib", error.say) from error


def find_in_thread(ask: Ask, bot: Spotter) -> None:
    """Answer the modal where it was opened, to the asker alone."""
    place = json.loads(ask.private)
    message = _answer(
        ask, bot, bib_query.parse(ask.state["bib"]["bib"]["value"] or ""), ask.state["bib"]["bib"]["value"]
    )
    bot.whisper(ask.workspace, place["channel"], ask.user, message, thread=place["thread"])


def _answer(ask: Ask, bot: Spotter, query: Query, asked: str = "") -> Message:
    match query:
        case Watch(number):
            new = bot.search.watch(ask.workspace, ask.user, number)
            say = f"I will tell you whenever bib {number} turns up." if new else f"You watch bib {number} already."
            return blocks.sentence(say)
        case Unwatch(number):
            had = bot.search.unwatch(ask.workspace, ask.user, number)
            return blocks.sentence(f"I watch bib {number} no more." if had else f"You did not watch bib {number}.")
        case WatchList():
            return _watches(bot.search.watches(ask.workspace, ask.user))
        case search:
            return blocks.found_bibs(bot.search.find(ask.workspace, ask.user, asked or ask.text, search))


def _watches(numbers: tuple[str, ...]) -> Message:
    if not numbers:
        return blocks.sentence("You watch no bib. /findbib watch 1234 begins.")
    return blocks.sentence(f"You watch {', '.join(numbers)}.")


HANDLES = (
    Command("/findbib", "1234 | 14?9 | 1240-1250 | a name | ? | watch 1234", "Find a runner's photos.", find),
    Shortcut("find_bib", "Find a bib number", "Find a runner's photos from inside a thread.", ask_for_bib),
    View("find_bib", find_in_thread, check),
    Action("findbib_page", turn, replaces=True),
    Action("findbib_more", turn, replaces=True),
    Action("findbib_share", share),
)
