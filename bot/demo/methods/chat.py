"""chat.*: what the bot says."""

from collections.abc import Mapping

from bot.demo.content import message_content, updated_content
from bot.demo.context import Arguments, Context, Method
from bot.demo.objects import message_object
from bot.demo.records import Channel, Json, Message
from bot.demo.refusal import Refused


def post_message(slack: Context, arguments: Arguments) -> Json:
    """Post into a channel, a thread, or somebody's direct messages."""
    channel = slack.channel_to_post_in(arguments.required("channel"))
    content = message_content(slack, arguments)
    message = Message(
        channel=channel.id,
        ts=slack.workspace.new_ts(),
        user=slack.bot,
        bot_id=slack.workspace.app.bot_id,
        text=content.text,
        blocks=content.blocks,
        metadata=content.metadata,
        thread_ts=parent(slack, channel, arguments.text("thread_ts")),
    )
    slack.workspace.add(message)
    slack.events.posted(message)
    return {"channel": channel.id, "ts": message.ts, "message": message_object(slack.workspace, message, slack.url)}


def parent(slack: Context, channel: Channel, thread_ts: str) -> str:
    """Check that a thread can be answered.

    Raises:
        Refused: `thread_not_found`, or `cannot_reply_to_message` for a reply instead of its parent.
    """
    if not thread_ts:
        return ""
    message = slack.workspace.message(channel.id, thread_ts)
    if not message and not slack.workspace.thread(channel.id, thread_ts):
        raise Refused("thread_not_found")
    if message and message.thread_ts:
        raise Refused("cannot_reply_to_message")
    return thread_ts


def post_ephemeral(slack: Context, arguments: Arguments) -> Json:
    """Say something that one person sees."""
    channel = slack.channel_to_post_in(arguments.required("channel"))
    user = arguments.required("user")
    if user not in channel.members:
        raise Refused("user_not_in_channel")
    content = message_content(slack, arguments)
    message = Message(
        channel=channel.id,
        ts=slack.workspace.new_ts(),
        user=slack.bot,
        bot_id=slack.workspace.app.bot_id,
        text=content.text,
        blocks=content.blocks,
        thread_ts=arguments.text("thread_ts"),
        only_for=user,
    )
    slack.workspace.whisper(message)
    return {"message_ts": message.ts}


def update(slack: Context, arguments: Arguments) -> Json:
    """Change what the bot has said; text without blocks takes the blocks away."""
    message = _own(slack, arguments, "cant_update_message")
    content = updated_content(slack, arguments)
    edited = slack.workspace.edit(
        message,
        text=content.text,
        blocks=content.blocks,
        metadata=content.metadata or message.metadata,
        edits=message.edits + 1,
    )
    answer: Json = {"channel": message.channel, "ts": message.ts, "text": edited.text}
    return {**answer, "message": message_object(slack.workspace, edited, slack.url)}


def delete(slack: Context, arguments: Arguments) -> Json:
    """Take back what the bot has said."""
    message = _own(slack, arguments, "cant_delete_message")
    slack.workspace.delete(message)
    slack.events.deleted(message)
    return {"channel": message.channel, "ts": message.ts}


def _own(slack: Context, arguments: Arguments, refusal: str) -> Message:
    channel = slack.channel(arguments.required("channel"))
    message = slack.workspace.message(channel.id, arguments.required("ts"))
    if not message:
        raise Refused("message_not_found")
    if message.user != slack.bot:
        raise Refused(refusal)
    return message


def get_permalink(slack: Context, arguments: Arguments) -> Json:
    """Make the link of a message."""
    channel = slack.channel(arguments.required("channel"))
    message = slack.workspace.message(channel.id, arguments.required("message_ts"))
    if not message:
        raise Refused("message_not_found")
    link = f"{slack.workspace.app.home}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    thread = f"?thread_ts={message.thread_ts}&cid={channel.id}" if message.thread_ts else ""
    return {"channel": channel.id, "permalink": link + thread}


METHODS: Mapping[str, Method] = {
    "chat.postMessage": Method(post_message, "chat:write"),
    "chat.postEphemeral": Method(post_ephemeral, "chat:write"),
    "chat.update": Method(update, "chat:write"),
    "chat.delete": Method(delete, "chat:write"),
    "chat.getPermalink": Method(get_permalink),
}
