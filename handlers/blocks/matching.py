"""What a channel reads when its admins let faces be matched there."""

from bot.slack import Message
from handlers.blocks.elements import section


def matching_notice(admin: str) -> Message:
    """Tell everybody in a channel what begins; `admin` is the user id of whoever turned it on."""
    does = (
        "*What I do:* when a photo is shared here, I look for the faces of people who agreed to that, and name those"
        " who also agreed to be named. I only ever say “probably”."
    )
    does_not = (
        "*What I don't do:* nobody is found who has not agreed first. I keep nothing of anybody else's face, and I"
        " don't guess moods or origins."
    )
    paragraphs = (
        f"*Face matching is on in this channel.* <@{admin}> turned it on.",
        does,
        does_not,
        "*How to take part:* type /faces me. It is up to you: photos of you can be found by bib number, too.",
        "*How to leave:* type /faces forget, at any time, without a reason. It holds from that second on.",
    )
    words = "\n".join(paragraphs).replace("*", "")
    return Message(words, tuple(section(paragraph) for paragraph in paragraphs))
