"""Something to look at: a photo with words, a reply that mentions somebody, a quote and a link."""

from bot.demo.records import Channel, Message, Upload
from bot.demo.server import LocalSlack
from bot.demo.story import samples


def scene(slack: LocalSlack, channel: Channel) -> Message:
    """Set the scene: its first message."""
    [photo] = samples("02*.jpg")
    message = slack.drop(slack.other.id, channel.id, [Upload(photo.name, photo.read_bytes())], "Along the *lake* `2`")
    slack.say(slack.guest.id, channel.id, f"<@{slack.member.id}>, is that you?", message.ts)
    slack.say(slack.admin.id, channel.id, "&gt; a quote\nand a <https://example.org|link>")
    return message
