"""App Home: what Spotter keeps of somebody, and what an admin looks after. Whoever asks there is answered there."""

from bot.slack import Message
from bot.spotter import Spotter
from handlers import blocks
from handlers.faces import audit, everybody, mine
from handlers.kinds import Action, Ask, Visit


def come(ask: Ask, bot: Spotter) -> Message:
    """Show the page to somebody who opens it."""
    return blocks.home(bot.home.opened(ask.workspace, ask.user))


def after(ask: Ask, bot: Spotter, answer: Message) -> Message:
    """Show the page as it is after something was asked there; the answer stands below what it was asked of."""
    return blocks.home(bot.home.of(ask.workspace, ask.user), answer, ask.home)


def unwatch(ask: Ask, bot: Spotter) -> Message:
    """Watch a bib no more."""
    bot.search.unwatch(ask.workspace, ask.user, ask.value)
    return blocks.sentence(f"I watch bib {ask.value} no more.")


def channels(ask: Ask, bot: Spotter) -> Message:
    """Show more of the channels that Spotter is in, to an admin."""
    return blocks.channels_page(bot.home.channels(ask.workspace, ask.user), int(ask.value))


def again(ask: Ask, bot: Spotter) -> Message:
    """Have a job done that was given up."""
    bot.dead_letters.again(ask.workspace, ask.user, ask.value)
    return blocks.sentence("I am trying it again.")


HANDLES = (
    Visit("app_home_opened", come),
    Action("home_consent", mine),
    Action("home_audit", audit),
    Action("home_unwatch", unwatch),
    Action("home_channels", channels),
    Action("home_channels_back", channels),
    Action("home_people", everybody),
    Action("home_again", again),
)
