"""Bolt's ways, once: keep before the ack, acknowledge, answer the one who asked, turn errors into sentences."""

import json
import logging
import uuid
from collections.abc import Callable, Mapping
from re import Pattern
from typing import Any

from slack_bolt import Ack, App, BoltContext, Complete, Fail, Respond
from slack_bolt.error import BoltError
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.errors import SpotterError, WrongField
from bot.log import correlated
from bot.metrics import counted_event
from bot.slack import Message
from bot.spotter import Spotter
from bot.workspaces import Origin
from handlers import blocks, every_handle
from handlers.flooding import FloodGate
from handlers.home import after
from handlers.kinds import Action, Answer, Ask, Check, Command, Event, Handle, Shortcut, Step, View, Visit
from handlers.origin import origin

log = logging.getLogger(__name__)


def keeper(
    bot: Spotter, knows: Callable[[str], bool] = bool, meet: Callable[[Origin], None] = lambda _: None
) -> Callable[..., None]:
    """Make the middleware that stores events before Bolt authorizes or acknowledges them.

    Bolt says 200 before a listener runs, and also where authorization fails, so nothing later is safe. An error here
    becomes a 500, and Slack delivers again (facts: trip §A1).

    Args:
        bot: Who keeps them.
        knows: Whether a workspace or an organization is one of ours; events of others are not kept.
        meet: Takes in a workspace whose organization has installed us.
    """
    events = {handle.name: handle for handle in every_handle() if isinstance(handle, Event)}

    def keep(body: dict[str, Any], next: Callable[[], None]) -> None:  # noqa: A002  # Bolt finds it by this name
        event = body.get("event") or {}
        handle = events.get(str(event.get("type"))) if body.get("type") == "event_callback" else None
        keeps = handle and (handle.ours if _own(body, event) else handle.keep)
        came = origin(body)
        if handle and handle.of_installer:
            where = came.installer
        else:
            meet(came)
            where = came.workspace
        if keeps and knows(where):
            with counted_event(str(event["type"])):
                keeps(where, event, bot)
        next()

    return keep


def register(app: App, bot: Spotter, gate: FloodGate | None = None) -> None:
    """Teach a Bolt app all that is handled; the gate holds back whoever asks too much at once."""
    guard = gate.guard if gate is not None else _open
    # Bolt asks one listener after the other whether it is meant, and nothing comes as often as events
    for handle in sorted(every_handle(), key=lambda handle: not isinstance(handle, Event)):
        _teach(app, handle, bot, guard)
    app.error(_unexpected)


def _teach(app: App, handle: Handle, bot: Spotter, guard: Callable[[Answer], Answer]) -> None:
    match handle:
        case Event():
            app.event(handle.name)(_nothing_more)
        case Visit():
            app.event(handle.name)(_visitor(handle, bot))
        case Command():
            app.command(handle.name)(_listener(guard(handle.answer), bot))
        case Shortcut():
            app.shortcut(_named(handle))(_listener(guard(handle.answer), bot))
        case Action():
            app.action(handle.action_id)(_listener(guard(handle.answer), bot, replaces=handle.replaces))
        case View():
            app.view(handle.callback_id)(_listener(guard(handle.answer), bot, check=handle.check))
        case Step():
            app.function(handle.callback_id)(_runner(handle, bot))


def _open(answer: Answer) -> Answer:
    """Hold nobody back."""
    return answer


def _named(shortcut: Shortcut) -> dict[str, str | Pattern[str]]:
    kind = "shortcut" if shortcut.everywhere else "message_action"
    return {"callback_id": shortcut.callback_id, "type": kind}


def _nothing_more() -> None:
    """Every subscribed event needs a listener, or Bolt answers 404 and Slack delivers again."""


def _listener(
    answer: Answer, bot: Spotter, *, replaces: bool = False, check: Check | None = None
) -> Callable[..., None]:
    def listen(ack: Ack, respond: Respond, body: dict[str, Any], client: WebClient) -> None:
        ask = _ask(body, client)
        if wrong := _wrong(check, ask, bot):
            ack(response_action="errors", errors=wrong)
            return
        ack()
        message = _answered(answer, ask, bot)
        if message is None:
            return
        if ask.home:
            _publish(client, ask, bot, lambda ask, bot: after(ask, bot, message))
            return
        said: dict[str, Any] = {"text": message.text, "blocks": list(message.blocks)}
        if body.get("response_url"):
            respond(**said, response_type="ephemeral", replace_original=replaces)
        else:
            _tell_sender(client, ask, said)

    return listen


def _visitor(visit: Visit, bot: Spotter) -> Callable[..., None]:
    def come(event: dict[str, Any], body: dict[str, Any], client: WebClient) -> None:
        if event["tab"] == "home":
            _publish(client, Ask(workspace=origin(body).workspace, user=event["user"]), bot, visit.answer)

    return come


def _publish(client: WebClient, ask: Ask, bot: Spotter, answer: Answer) -> None:
    """Write somebody's App Home."""
    if page := _answered(answer, ask, bot):
        client.views_publish(user_id=ask.user, view={"type": "home", "blocks": list(page.blocks)})


def _wrong(check: Check | None, ask: Ask, bot: Spotter) -> dict[str, str]:
    """What is wrong in a form, by the block in which it stands; whatever else is wrong, the answer says."""
    try:
        if check:
            check(ask, bot)
    except WrongField as error:
        return {block: error.below} if (block := ask.block_of(error.field)) else {}
    except SpotterError as error:
        log.info("%s", error)
    return {}


def _runner(step: Step, bot: Spotter) -> Callable[..., None]:
    """Run a step of a workflow; an error of ours is told to whoever looks after the workflow."""

    def run(inputs: dict[str, Any], body: dict[str, Any], complete: Complete, fail: Fail) -> None:
        try:
            outputs = step.run(origin(body).workspace, inputs, bot)
        except SpotterError as error:
            fail(error.say)
        else:
            complete(dict(outputs))

    return run


def _tell_sender(client: WebClient, ask: Ask, said: Mapping[str, Any]) -> None:
    """Answer a modal where it was opened; by direct message, where we are not there."""
    if ask.channel:
        try:
            client.chat_postEphemeral(channel=ask.channel, user=ask.user, thread_ts=ask.thread or None, **said)
        except SlackApiError as error:
            log.info("no answer to a modal in %s: %s", ask.channel, error)
        else:
            return
    client.chat_postMessage(channel=ask.user, **said)


def _answered(answer: Answer, ask: Ask, bot: Spotter) -> Message | None:
    """The one catch of this edge: whoever asked reads a sentence, whatever happened."""
    with correlated(uuid.uuid4().hex, ask.workspace) as number:
        try:
            bot.admit(ask.workspace, ask.user)
            return answer(ask, bot)
        except SpotterError as error:
            log.info("%s", error, exc_info=error.__cause__)
            return blocks.failure(error)
        except Exception:
            log.exception("error %s", number)
            return blocks.sentence(f"Something went wrong on my side. An admin can find it in my log as {number}.")


def _ask(body: Mapping[str, Any], client: WebClient) -> Ask:
    view = body.get("view") or {}
    action = next(iter(body.get("actions") or [{}]))
    message = body.get("message") or {}
    carried = _carried(view)
    channel = body.get("channel_id") or (body.get("channel") or {}).get("id") or carried["channel"]
    thread = message.get("thread_ts") or (body.get("container") or {}).get("thread_ts") or carried["thread"]
    home = action["block_id"].partition("-")[0] if view.get("type") == "home" else carried["home"]
    place = {"channel": channel, "thread": thread, "home": home}
    return Ask(
        workspace=origin(body).workspace,
        user=body.get("user_id") or body["user"]["id"],
        channel=channel,
        thread=thread,
        text=(body.get("text") or "").strip(),
        message=message,
        value=action.get("value") or (action.get("selected_option") or {}).get("value", ""),
        block=action.get("block_id", ""),
        private=carried["private"],
        state=(view.get("state") or {}).get("values", {}),
        home=home,
        show=lambda shown: _show(client, body, _carrying(shown, **place)),
        change=lambda shown: _change(client, view["id"], _carrying(shown, **place)),
    )


def _show(client: WebClient, body: Mapping[str, Any], view: dict[str, Any]) -> None:
    in_modal = (body.get("view") or {}).get("type") == "modal"
    opens = client.views_push if in_modal else client.views_open
    opens(trigger_id=body["trigger_id"], view=view)


def _change(client: WebClient, view_id: str, view: dict[str, Any]) -> None:
    client.views_update(view_id=view_id, view=view)


def _carrying(view: Mapping[str, Any], **place: str) -> dict[str, Any]:
    """Let a modal carry where it was opened: Slack does not tell when it is sent in."""
    carried = {**place, "private": view.get("private_metadata", "")}
    return {**view, "private_metadata": json.dumps(carried)}


def _carried(view: Mapping[str, Any]) -> Mapping[str, str]:
    carried: dict[str, str] = json.loads(view["private_metadata"]) if view.get("type") == "modal" else {}
    return {"channel": "", "thread": "", "home": "", "private": "", **carried}


def _own(body: Mapping[str, Any], event: Mapping[str, Any]) -> bool:
    """Whether we did it ourselves: our own uploads are not looked at."""
    ours = {one.get("user_id") for one in body.get("authorizations") or [] if one.get("is_bot", True)}
    return (event.get("user_id") or event.get("user") or "nobody") in ours


def _unexpected(error: Exception, body: dict[str, Any], context: BoltContext) -> None:
    kind = (body.get("event") or {}).get("type") or body.get("type") or body.get("command")
    level = logging.WARNING if isinstance(error, BoltError) else logging.ERROR
    log.log(level, "unhandled in %s for %s: %s", kind, context.team_id, error, exc_info=error)
