"""reactions.add and assistant.threads.setStatus: signs of life that are no messages."""

from collections.abc import Mapping

from bot.demo.context import Arguments, Context, Method
from bot.demo.records import Json, Status
from bot.demo.refusal import Refused


def add_reaction(slack: Context, arguments: Arguments) -> Json:
    """Put an emoji under a message."""
    channel = slack.joined_channel(arguments.required("channel"))
    name = arguments.required("name").strip(":")
    message = slack.workspace.message(channel.id, arguments.required("timestamp"))
    if not message:
        raise Refused("message_not_found")
    users = message.reactions.get(name, ())
    if slack.bot in users:
        raise Refused("already_reacted")
    slack.workspace.edit(message, reactions={**message.reactions, name: (*users, slack.bot)})
    return {}


def set_status(slack: Context, arguments: Arguments) -> Json:
    """Say in a thread what the bot is doing."""
    channel = slack.joined_channel(arguments.required("channel_id"))
    status = Status(channel.id, arguments.required("thread_ts"), arguments.text("status"))
    if not slack.workspace.message(channel.id, status.thread_ts):
        raise Refused("invalid_thread_ts")
    slack.workspace.statuses.append(status)
    slack.workspace.tell("status", status)
    return {}


METHODS: Mapping[str, Method] = {
    "reactions.add": Method(add_reaction, "reactions:write"),
    "assistant.threads.setStatus": Method(set_status, "chat:write"),
}
