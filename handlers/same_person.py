"""“Same person?”, from a message's menu: its two photos are compared, and the thread reads how alike the faces are."""

from bot.slack import Message
from bot.spotter import Spotter
from handlers import blocks
from handlers.enrol_face import photos_of
from handlers.kinds import Ask, Shortcut


def compare(ask: Ask, bot: Spotter) -> Message:
    """Compare the photos of a message."""
    bot.comparing.ask(ask.workspace, ask.user, ask.channel, str(ask.message["ts"]), photos_of(ask))
    return blocks.sentence("I am comparing them. The answer comes in the thread.")


HANDLES = (Shortcut("same_person", "Same person?", "Compare the faces of this message's two photos.", compare),)
