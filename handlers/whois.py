"""`/whois`: who is in photos, for the asker alone."""

from bot.errors import AskError
from bot.slack import Message
from bot.spotter import Spotter
from handlers import blocks
from handlers.enrol_face import photos_of
from handlers.kinds import Action, Ask, Command, Shortcut, View
from handlers.look import file_of_link
from handlers.my_photos import photos_of_me, photos_of_person
from handlers.words import mentioned


def who(ask: Ask, bot: Spotter) -> Message | None:
    """Answer by what was typed: nothing, a photo's link, a person, or `me`."""
    if ask.text.lower() == "me":
        return photos_of_me(ask, bot)
    if user := mentioned(ask.text):
        return photos_of_person(ask, bot, user)
    if file := file_of_link(ask.text):
        bot.recognising.ask(ask.workspace, ask.user, ask.channel, files=[file])
        return blocks.searching(ask.channel)
    if ask.text:
        raise AskError(f"Usage: {COMMAND.name} {COMMAND.usage}")
    return _newest(ask, bot)


def _newest(ask: Ask, bot: Spotter) -> Message | None:
    """Search the photos of the channel's newest message that has any; where none has, ask for a picture."""
    bot.recognising.check(ask.workspace, ask.user, ask.channel)
    if bot.newest_photo(ask.workspace, ask.channel, ask.user) is None:
        ask.show(blocks.who_is_modal(ask.channel))
        return None
    bot.recognising.ask(ask.workspace, ask.user, ask.channel)
    return blocks.searching(ask.channel)


def who_is_in(ask: Ask, bot: Spotter) -> Message:
    """Search the photos of a message."""
    bot.recognising.ask(ask.workspace, ask.user, ask.channel, ts=str(ask.message["ts"]), files=photos_of(ask))
    return blocks.sentence("I am searching. The answer comes here, for you alone.")


def ask_for_picture(ask: Ask, bot: Spotter) -> None:
    """Open the form that takes a picture."""
    bot.recognising.check(ask.workspace, ask.user, ask.value)
    ask.show(blocks.who_is_modal(ask.value))


def search_picture(ask: Ask, bot: Spotter) -> Message:
    """Search the picture that was put into the form."""
    bot.recognising.ask_picture(ask.workspace, ask.user, ask.private, ask.files("picture")[0])
    return blocks.sentence("I am searching. I answer by direct message.")


COMMAND = Command("/whois", "me | a photo's link | @somebody | nothing: the newest photo", "Who is in this photo?", who)
HANDLES = (
    COMMAND,
    Shortcut("whois", "Who is in this photo?", "Search its faces among people who agreed to be known.", who_is_in),
    Action("whois_upload", ask_for_picture),
    View("whois", search_picture),
)
