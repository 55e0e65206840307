"""What the app sends to a response_url: a message to the one who asked, or to the channel."""

from dataclasses import replace

from bot.demo.content import Content, message_content
from bot.demo.context import Arguments, Context
from bot.demo.hooks import Hook
from bot.demo.records import Json, Message


def respond(slack: Context, response_url: str, body: Json) -> None:
    """Do what the app asks for at a response_url.

    Raises:
        Refused: The address is worn out, or Slack does not take the message.
    """
    with slack.workspace.changed:
        hook = slack.hooks.use(response_url.rsplit("/", 1)[-1])
        original = _original(slack, hook)
        if body.get("delete_original"):
            _remove(slack, original)
            return
        content = message_content(slack, Arguments(body))
        if original and body.get("replace_original"):
            _replace(slack, original, content)
        else:
            _add(slack, hook, body, content)


def _original(slack: Context, hook: Hook) -> Message | None:
    if not hook.message:
        return None
    whispered = (each for each in slack.workspace.ephemerals if each.ts == hook.message)
    return slack.workspace.message(hook.channel, hook.message) or next(whispered, None)


def _remove(slack: Context, original: Message | None) -> None:
    if original and original.only_for:
        slack.workspace.ephemerals.remove(original)
        slack.workspace.tell("delete", original)
    elif original:
        slack.workspace.delete(original)


def _replace(slack: Context, original: Message, content: Content) -> None:
    if not original.only_for:
        slack.workspace.edit(original, text=content.text, blocks=content.blocks, edits=original.edits + 1)
        return
    edited = replace(original, text=content.text, blocks=content.blocks, edits=original.edits + 1)
    place = slack.workspace.ephemerals.index(original)
    slack.workspace.ephemerals[place] = edited
    slack.workspace.tell("edit", edited)


def _add(slack: Context, hook: Hook, body: Json, content: Content) -> None:
    message = Message(
        channel=hook.channel,
        ts=slack.workspace.new_ts(),
        user=slack.bot,
        bot_id=slack.workspace.app.bot_id,
        text=content.text,
        blocks=content.blocks,
        thread_ts=str(body.get("thread_ts") or ""),
        only_for="" if body.get("response_type") == "in_channel" else hook.user,
    )
    if message.only_for:
        slack.workspace.whisper(message)
    else:
        slack.workspace.add(message)
