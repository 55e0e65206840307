"""Show boxes: the photo with what was found drawn into it."""

from bot.core.plural import photos
from bot.slack import Message
from bot.spotter import Spotter
from handlers import blocks
from handlers.kinds import Ask


def show_boxes(ask: Ask, bot: Spotter, channel: str, ts: str) -> Message:
    """Promise the pictures of a message's photos."""
    number = bot.boxes.ask(ask.workspace, ask.user, channel, ts)
    if not number:
        return blocks.sentence("The picture with boxes is in the thread already.")
    return blocks.sentence(f"I draw the boxes into {photos(number)}; the picture comes into the thread.")
