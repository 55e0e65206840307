"""conversations.* and users.conversations: the channels."""

from collections.abc import Mapping

from bot.demo.context import HISTORY_SCOPES, READ_SCOPES, Arguments, Context, Method, page
from bot.demo.objects import channel_object, message_object
from bot.demo.records import Channel, Json
from bot.demo.refusal import Refused, invalid_arguments


def info(slack: Context, arguments: Arguments) -> Json:
    """Describe one channel."""
    channel = slack.channel(arguments.required("channel"))
    slack.needs(READ_SCOPES[channel.kind])
    return {"channel": channel_object(channel, is_member=slack.bot in channel.members)}


def members(slack: Context, arguments: Arguments) -> Json:
    """List who is in a channel."""
    channel = slack.channel(arguments.required("channel"))
    slack.needs(READ_SCOPES[channel.kind])
    ids, following = page(sorted(channel.members), arguments)
    return {"members": list(ids), **following}


def replies(slack: Context, arguments: Arguments) -> Json:
    """Read a thread; only with a history scope."""
    slack.needs(next((each for each in HISTORY_SCOPES.values() if each in slack.workspace.scopes), "channels:history"))
    channel = slack.joined_channel(arguments.required("channel"))
    slack.needs(HISTORY_SCOPES[channel.kind])
    thread = slack.workspace.thread(channel.id, arguments.required("ts"))
    if not thread:
        raise Refused("thread_not_found")
    messages, following = page(thread, arguments, default=1000)
    written = [message_object(slack.workspace, message, slack.url) for message in messages]
    return {"messages": written, "has_more": bool(following["response_metadata"]["next_cursor"]), **following}


def of_user(slack: Context, arguments: Arguments) -> Json:
    """List the channels that a person is in, of those that the bot may know of."""
    slack.needs_team(arguments)
    user = arguments.text("user") or slack.bot
    if user not in slack.workspace.users:
        raise Refused("user_not_found")
    kinds = [kind.strip() for kind in (arguments.text("types") or "public_channel").split(",")]
    for kind in kinds:
        if kind not in READ_SCOPES:
            raise invalid_arguments(f"unknown type: {kind}")
        slack.needs(READ_SCOPES[kind])
    found = [each for each in slack.workspace.channels.values() if each.kind in kinds and _shared(slack, each, user)]
    if arguments.flag("exclude_archived"):
        found = [each for each in found if not each.is_archived]
    channels, following = page(found, arguments)
    return {"channels": [channel_object(each, is_member=slack.bot in each.members) for each in channels], **following}


def _shared(slack: Context, channel: Channel, user: str) -> bool:
    return user in channel.members and (channel.kind == "public_channel" or slack.bot in channel.members)


METHODS: Mapping[str, Method] = {
    "conversations.info": Method(info),
    "conversations.members": Method(members),
    "conversations.replies": Method(replies),
    "users.conversations": Method(of_user),
}
