"""Why? The evidence behind an answer, and the picture as a picture."""

import json

from bot.slack import Message
from bot.spotter import Spotter
from handlers import blocks
from handlers.kinds import Action, Ask


def why(ask: Ask, bot: Spotter, channel: str, ts: str) -> None:
    """Open what is known of a message's photos."""
    ask.show(blocks.why_modal(bot.explaining.explain(ask.workspace, ask.user, channel, ts)))


def picture(ask: Ask, bot: Spotter, channel: str, ts: str) -> None:
    """Open the quality and the colours of a message's photos."""
    explained = bot.explaining.explain(ask.workspace, ask.user, channel, ts)
    ask.show(blocks.picture_modal(explained, bot.picture_quality.price(len(explained.photos))))


def look_at_picture(ask: Ask, bot: Spotter) -> Message:
    """Promise to ask for quality and colours after all."""
    place = json.loads(ask.value)
    bot.picture_quality.ask(ask.workspace, ask.user, place["channel"], place["ts"])
    return blocks.sentence("I am looking. The answer comes in the photo's thread, for you alone.")


HANDLES = (Action("picture_quality", look_at_picture),)
