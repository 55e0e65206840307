"""The menu of an answer."""

from bot.slack import Message
from bot.spotter import Reply, Spotter
from handlers.kinds import Action, Ask
from handlers.show_boxes import show_boxes
from handlers.why import picture, why
from handlers.wrong_bib import open_form


def choose(ask: Ask, bot: Spotter) -> Message | None:
    """Do what was chosen."""
    channel, _, key = ask.block.partition("-")
    ts, thread = str(ask.message.get("ts", "")), str(ask.message.get("thread_ts", ""))
    photos = thread if key.startswith("mention-") else key
    match ask.value:
        case "boxes":
            return show_boxes(ask, bot, channel, photos)
        case "why":
            why(ask, bot, channel, photos)
        case "picture":
            picture(ask, bot, channel, photos)
        case "correct":
            open_form(ask, bot, channel, photos)
        case "delete":
            bot.delete_reply(
                ask.workspace, ask.user, Reply(channel=channel, key=key, place=ask.channel, ts=ts, thread=thread)
            )
    return None


HANDLES = (Action("photo_reply", choose),)
