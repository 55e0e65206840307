"""What people do with the app: commands, shortcuts, buttons, modals. Each waits for the app's ack."""

import json
from collections.abc import Mapping
from typing import Any

from bot.demo.content import view_content
from bot.demo.context import Arguments, Context
from bot.demo.delivery import Ack, Deliveries
from bot.demo.elements import find_element, pressed, state
from bot.demo.methods.views import change_view, put_view
from bot.demo.objects import file_object, message_object, view_object
from bot.demo.records import Json, Message, Upload, View
from bot.demo.responses import respond


class Interactions:
    """The acts of people that the app answers. Users and channels go by their ids.

    Args:
        slack: Where they act.
        deliveries: Who carries it to the app.
    """

    def __init__(self, slack: Context, deliveries: Deliveries) -> None:
        self._slack = slack
        self._workspace = slack.workspace
        self._deliveries = deliveries

    def command(self, user: str, channel: str, command: str, text: str = "") -> Ack:
        """Type a slash command; Slack offers none in threads, so there is no thread to name.

        Args:
            user: Who types it.
            channel: Where; the bot need not be there.
            command: As `/spotter`.
            text: What follows it.
        """
        app, who, place = self._workspace.app, self._workspace.users[user], self._workspace.channels[channel]
        response_url = self._slack.hooks.new_response_url(user, channel)
        payload: Json = {
            "token": "deprecated",
            "team_id": app.team_id,
            "team_domain": app.domain,
            "channel_id": channel,
            "channel_name": _channel_name(place.kind, place.name),
            "user_id": user,
            "user_name": who.name,
            "command": command,
            "text": text,
            "api_app_id": app.app_id,
            "is_enterprise_install": "true" if app.org_wide else "false",
            **({"enterprise_id": app.organization} if app.org_wide else {}),
            "response_url": response_url,
            "trigger_id": self._slack.hooks.new_trigger(user),
        }
        ack = self._deliveries.ask("slash_commands", payload)
        if ack.ok and ack.text:
            respond(self._slack, response_url, ack.body or {"text": ack.text})
        return ack

    def shortcut(self, user: str, message: Message, callback_id: str) -> Ack:
        """Choose a message shortcut from the menu of a message."""
        return self._deliveries.ask(
            "interactive",
            {
                **self._who("message_action", user),
                **self._where(user, message),
                "callback_id": callback_id,
                "message_ts": message.ts,
                "message": message_object(self._workspace, self._current(message), self._slack.url),
            },
        )

    def global_shortcut(self, user: str, callback_id: str) -> Ack:
        """Choose a global shortcut."""
        return self._deliveries.ask("interactive", {**self._who("shortcut", user), "callback_id": callback_id})

    def press(
        self,
        user: str,
        where: Message | View,
        action_id: str,
        value: Any = "",
        *,
        block_id: str = "",
        values: Mapping[str, Any] | None = None,
    ) -> Ack:
        """Press a button or choose from a menu.

        Args:
            user: Who does.
            where: The message (an ephemeral one, too), the modal or the App Home.
            action_id: Which one.
            value: What is chosen, as `submit` takes it; a button sends its own.
            block_id: The block around it, where several have this action_id.
            values: In a modal: what else is entered there by now, as `submit` takes it.

        Raises:
            AskError: There is no such button, or no such option.
        """
        where = where if isinstance(where, View) else self._current(where)
        blocks = where.content["blocks"] if isinstance(where, View) else where.blocks
        block_id, element = find_element(blocks, action_id, block_id)
        action = pressed(element, block_id, value, self._workspace.new_ts())
        place = self._in_view(user, where, values or {}) if isinstance(where, View) else self._in_message(user, where)
        return self._deliveries.ask("interactive", {**place, "actions": [action]})

    def submit(self, user: str, view: View, values: Mapping[str, Any] | None = None) -> Ack:
        """Fill in a modal and submit it.

        Args:
            user: Who does.
            view: The modal.
            values: What is entered, by action_id: a string, an option's value, an id, a list of them, or a list
                of `Upload`; the rest stays as it is at first.

        Raises:
            AskError: There is nothing to enter under that name, or no such option.
        """
        shown = self._filled(user, view, values or {})
        ack = self._deliveries.ask(
            "interactive", {**self._who("view_submission", user, view), "view": shown, "response_urls": []}
        )
        if ack.ok:
            self._follow(user, view, ack.body)
        return ack

    def close(self, user: str, view: View) -> Ack | None:
        """Close a modal; the app hears of it where it asked to."""
        self._shut(view)
        if not view.content.get("notify_on_close"):
            return None
        payload = {**self._who("view_closed", user), "view": view_object(self._workspace, view), "is_cleared": False}
        del payload["trigger_id"]
        return self._deliveries.ask("interactive", payload)

    def _who(self, kind: str, user: str, view: View | None = None) -> Json:
        app, who = self._workspace.app, self._workspace.users[user]
        return {
            "type": kind,
            "token": "deprecated",
            "action_ts": self._workspace.new_ts(),
            "team": {"id": app.team_id, "domain": app.domain},
            "user": {"id": user, "name": who.name, "username": who.name, "team_id": who.team_id},
            "api_app_id": app.app_id,
            "is_enterprise_install": app.org_wide,
            "enterprise": {"id": app.organization} if app.org_wide else None,
            "trigger_id": self._slack.hooks.new_trigger(user, view.id if view else ""),
        }

    def _where(self, user: str, message: Message) -> Json:
        place = self._workspace.channels[message.channel]
        return {
            "channel": {"id": place.id, "name": _channel_name(place.kind, place.name)},
            "response_url": self._slack.hooks.new_response_url(user, place.id, message.ts),
        }

    def _in_message(self, user: str, message: Message) -> Json:
        container = {"type": "message", "message_ts": message.ts, "channel_id": message.channel}
        if message.thread_ts:
            container["thread_ts"] = message.thread_ts
        written: Json = {
            **self._who("block_actions", user),
            **self._where(user, message),
            "container": {**container, "is_ephemeral": bool(message.only_for)},
            "state": {"values": {}},
        }
        if not message.only_for:
            written["message"] = message_object(self._workspace, message, self._slack.url)
        return written

    def _in_view(self, user: str, view: View, values: Mapping[str, Any]) -> Json:
        return {
            **self._who("block_actions", user, view),
            "container": {"type": "view", "view_id": view.id},
            "view": self._filled(user, view, values),
        }

    def _filled(self, user: str, view: View, values: Mapping[str, Any]) -> Json:
        entries = state(view.content["blocks"], values, lambda uploads: self._keep_files(user, uploads))
        return view_object(self._workspace, view, entries)

    def _current(self, message: Message) -> Message:
        if message.only_for:
            return next((each for each in self._workspace.ephemerals if each.ts == message.ts), message)
        return self._workspace.message(message.channel, message.ts) or message

    def _keep_files(self, user: str, uploads: list[Upload]) -> list[Json]:
        files = [self._workspace.new_file(user, upload, for_app=True) for upload in uploads]
        return [file_object(self._workspace, file, self._slack.url) for file in files]

    def _follow(self, user: str, view: View, answer: Json) -> None:
        """Do with the modal what the app's ack says; without a word it closes."""
        action = answer.get("response_action")
        if action == "errors":
            self._workspace.tell("errors", answer["errors"])
        elif action in ("update", "push"):
            content = view_content(self._slack, Arguments({"view": json.dumps(answer["view"])}), "modal")
            if action == "update":
                change_view(self._slack, view, content)
            else:
                put_view(self._slack, content, user, view)
        else:
            self._shut(view, whole_stack=action == "clear")

    def _shut(self, view: View, *, whole_stack: bool = False) -> None:
        root = view.root or view.id
        for each in self._workspace.views.values():
            if each is view or (whole_stack and (each.root or each.id) == root):
                each.is_open = False
        self._workspace.tell("view", view)


def _channel_name(kind: str, name: str) -> str:
    return {"im": "directmessage", "private_channel": "privategroup"}.get(kind, name)
