"""What people say of the faces in an answer: that it is them, that it is somebody else, that it is who it may be."""

import json

from bot.core.geometry import Box
from bot.core.share import Share
from bot.slack import Message
from bot.spotter import Spotter
from handlers import blocks
from handlers.kinds import Action, Ask


def not_this_person(ask: Ask, bot: Spotter) -> Message:
    """Take a no."""
    share, box, person = _face(ask)
    bot.recognising.not_this(ask.workspace, ask.user, share, box, person)
    return blocks.sentence("Thank you. I don't take this face for that person any more.")


def this_is(ask: Ask, bot: Spotter) -> Message:
    """Take a yes."""
    share, box, person = _face(ask)
    bot.recognising.this_is(ask.workspace, ask.user, share, box, person)
    return blocks.sentence("Thank you, I have noted who this is.")


def this_is_me(ask: Ask, bot: Spotter) -> Message:
    """Take the asker's own face as one more photo of theirs."""
    share, box, _ = _face(ask)
    bot.recognising.this_is_me(ask.workspace, ask.user, share, box)
    return blocks.sentence("Thank you. I look whether this photo helps to find you, and tell you what came of it.")


def _face(ask: Ask) -> tuple[Share, Box, str]:
    meant = json.loads(ask.value)
    share = Share(channel=meant["channel"], ts=meant["ts"], file=meant["file"])
    return share, Box(*meant["box"]), meant["person"]


HANDLES = (
    Action("not_this_person", not_this_person),
    Action("this_is", this_is),
    Action("this_is_me", this_is_me),
)
