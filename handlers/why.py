"""Why? The evidence behind an answer, and the picture as a picture."""

from bot.spotter import Spotter
from handlers import blocks
from handlers.kinds import Ask


def why(ask: Ask, bot: Spotter, channel: str, ts: str) -> None:
    """Open what is known of a message's photos."""
    ask.show(blocks.why_modal(bot.explaining.explain(ask.workspace, ask.user, channel, ts)))


def picture(ask: Ask, bot: Spotter, channel: str, ts: str) -> None:
    """Open the quality and the colours of a message's photos."""
    ask.show(blocks.picture_modal(bot.explaining.explain(ask.workspace, ask.user, channel, ts)))
