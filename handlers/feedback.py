"""Thumbs up and down below an answer."""

import json

from bot.slack import Message
from bot.spotter import Spotter
from handlers import blocks
from handlers.kinds import Action, Ask, View


def vote(ask: Ask, bot: Spotter) -> Message | None:
    """Keep a thumb up; ask what is wrong at a thumb down, where that can be more than one thing."""
    verdict, _, place = ask.value.partition(" ")
    channel, _, ts = place.partition("-")
    told = bot.feedback.told_by(ask.workspace, ask.user, channel, ts)
    if verdict == "bad" and len(told) > 1:
        ask.show(blocks.feedback_modal(told, place))
        return None
    bot.feedback.vote(ask.workspace, ask.user, channel, ts, bad=told if verdict == "bad" else ())
    return blocks.sentence("Thank you. Admins see how often each kind of finding is right.")


def wrong(ask: Ask, bot: Spotter) -> Message:
    """Keep what is wrong."""
    place = json.loads(ask.private)["place"]
    channel, _, ts = place.partition("-")
    bot.feedback.vote(ask.workspace, ask.user, channel, ts, bad=ask.ticked("wrong"))
    return blocks.sentence("Thank you. A wrong bib can be mended, too: choose Wrong bib? in the menu of the answer.")


HANDLES = (Action("feedback", vote), View("feedback", wrong))
