"""Bolt's ways, once: keep before the ack, acknowledge, answer the one who asked, turn errors into sentences."""

import logging
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import Ack, App, BoltContext, Respond
from slack_bolt.error import BoltError
from slack_sdk import WebClient

from bot.errors import SpotterError
from bot.slack import Message
from bot.spotter import Spotter
from handlers import blocks, every_handle
from handlers.kinds import Action, Answer, Ask, Command, Event, Shortcut, View

log = logging.getLogger(__name__)


def keeper(bot: Spotter) -> Callable[..., None]:
    """Make the middleware that stores events before Bolt authorizes or acknowledges them.

    Bolt says 200 before a listener runs, and also where authorization fails, so nothing later is safe. An error here
    becomes a 500, and Slack delivers again (facts: trip §A1).
    """
    kept = {handle.name: handle.keep for handle in every_handle() if isinstance(handle, Event)}

    def keep(body: dict[str, Any], next: Callable[[], None]) -> None:  # noqa: A002  # Bolt finds it by this name
        event = body.get("event") or {}
        if body.get("type") == "event_callback" and event.get("type") in kept and not _own(body, event):
            kept[event["type"]](_workspace(body), event, bot)
        next()

    return keep


def register(app: App, bot: Spotter) -> None:
    """Teach a Bolt app all that is handled."""
    for handle in every_handle():
        match handle:
            case Event():
                app.event(handle.name)(_nothing_more)
            case Command():
                app.command(handle.name)(_listener(handle.answer, bot))
            case Shortcut():
                app.shortcut({"callback_id": handle.callback_id, "type": "message_action"})(
                    _listener(handle.answer, bot)
                )
            case Action():
                app.action(handle.action_id)(_listener(handle.answer, bot, replaces=handle.replaces))
            case View():
                app.view(handle.callback_id)(_listener(handle.answer, bot))
    app.error(_unexpected)


def _nothing_more() -> None:
    """Every subscribed event needs a listener, or Bolt answers 404 and Slack delivers again."""


def _listener(answer: Answer, bot: Spotter, *, replaces: bool = False) -> Callable[..., None]:
    def listen(ack: Ack, respond: Respond, body: dict[str, Any], client: WebClient) -> None:
        ack()
        ask = _ask(body, client)
        message = _answered(answer, ask, bot)
        if message is None:
            return
        said: dict[str, Any] = {"text": message.text, "blocks": list(message.blocks)}
        if body.get("response_url"):
            respond(**said, response_type="ephemeral", replace_original=replaces)
        else:  # a modal has no place of its own
            client.chat_postMessage(channel=ask.user, **said)

    return listen


def _answered(answer: Answer, ask: Ask, bot: Spotter) -> Message | None:
    """The one catch of this edge: whoever asked reads a sentence, whatever happened."""
    try:
        return answer(ask, bot)
    except SpotterError as error:
        log.info("%s", error, exc_info=error.__cause__)
        return blocks.failure(error)
    except Exception:
        number = uuid.uuid4().hex[:8]
        log.exception("error %s", number)
        return blocks.sentence(f"Something went wrong on my side. An admin can find it in my log as {number}.")


def _ask(body: Mapping[str, Any], client: WebClient) -> Ask:
    view = body.get("view") or {}
    action = next(iter(body.get("actions") or [{}]))
    return Ask(
        workspace=_workspace(body),
        user=body.get("user_id") or body["user"]["id"],
        channel=body.get("channel_id") or (body.get("channel") or {}).get("id", ""),
        text=(body.get("text") or "").strip(),
        message=body.get("message") or {},
        value=action.get("value") or (action.get("selected_option") or {}).get("value", ""),
        block=action.get("block_id", ""),
        private=view.get("private_metadata", ""),
        state=(view.get("state") or {}).get("values", {}),
        show=lambda shown: _show(client, body, shown),
    )


def _show(client: WebClient, body: Mapping[str, Any], view: Mapping[str, Any]) -> None:
    client.views_open(trigger_id=body["trigger_id"], view=dict(view))


def _workspace(body: Mapping[str, Any]) -> str:
    """The installing workspace, never the author's."""
    for authorization in body.get("authorizations") or []:
        if authorization.get("team_id"):
            return str(authorization["team_id"])
    return str(body.get("team_id") or (body.get("team") or {}).get("id", ""))


def _own(body: Mapping[str, Any], event: Mapping[str, Any]) -> bool:
    """Whether we did it ourselves: our own uploads are not looked at."""
    ours = {one.get("user_id") for one in body.get("authorizations") or [] if one.get("is_bot", True)}
    return (event.get("user_id") or event.get("user") or "nobody") in ours


def _unexpected(error: Exception, body: dict[str, Any], context: BoltContext) -> None:
    kind = (body.get("event") or {}).get("type") or body.get("type") or body.get("command")
    level = logging.WARNING if isinstance(error, BoltError) else logging.ERROR
    log.log(level, "unhandled in %s for %s: %s", kind, context.team_id, error, exc_info=error)
