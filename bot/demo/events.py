"""What Slack tells the app by itself: the events that it asked for, of the places where it is."""

import time
from typing import Any

from bot.demo.delivery import Deliveries
from bot.demo.objects import message_object, view_object
from bot.demo.records import Channel, File, Json, Message
from bot.demo.workspace import Workspace

HISTORY = {"public_channel": "channels", "private_channel": "groups", "im": "im"}


class Events:
    """Writes events and hands them to the deliveries.

    Args:
        workspace: Where things happen.
        deliveries: Who carries them.
        url: Of this server, for the addresses of files.
    """

    def __init__(self, workspace: Workspace, deliveries: Deliveries, url: str) -> None:
        self._workspace = workspace
        self._deliveries = deliveries
        self._url = url

    def posted(self, message: Message) -> None:
        """Tell of a new message: its files, its mention of the bot, and itself where the app may read along."""
        for file in message.files:
            self._file("file_shared", file, message.channel, message.user)
        if not message.bot_id and f"<@{self._workspace.app.bot_user_id}>" in message.text:
            self._send("app_mention", self._as_mention(message), message.channel)
        subtype = {"subtype": "file_share", "upload": True} if message.files else {}
        self._message(message.channel, {**self._object(message), **subtype})

    def deleted(self, message: Message) -> None:
        """Tell that a message is gone, where the app may read along."""
        gone: Json = {"subtype": "message_deleted", "hidden": True, "deleted_ts": message.ts}
        event = {**gone, "ts": self._workspace.new_ts(), "previous_message": self._object(message)}
        self._message(message.channel, event)

    def file_unshared(self, file: str, channel: str, user: str) -> None:
        """Tell that a file was taken out of a channel."""
        self._file("file_unshared", file, channel, user)

    def file_deleted(self, file: File, channels: list[str], user: str) -> None:
        """Tell that a file is gone, if the bot could see it in any of these channels."""
        seen = [channel for channel in channels if self._bot_is_in(channel)]
        if seen or file.for_app:
            body = {"file_id": file.id, "user_id": user, "channel_ids": channels}
            self._send("file_deleted", body, seen[0] if seen else "")

    def home_opened(self, user: str, tab: str) -> None:
        """Tell that somebody looks at the app's own page."""
        body: Json = {"user": user, "tab": tab, "channel": self._workspace.direct_messages(user).id}
        if home := self._workspace.homes.get(user):
            body["view"] = view_object(self._workspace, home)
        self._send("app_home_opened", body)

    def joined(self, channel: Channel, user: str) -> None:
        """Tell that somebody is new in a channel."""
        body = {"user": user, "channel": channel.id, "channel_type": "C", "team": self._workspace.app.team_id}
        self._send("member_joined_channel", body, channel.id)

    def step_begun(self, callback_id: str, inputs: Json) -> str:
        """Tell that a workflow has come to a step of the app's; the id of this run of it."""
        run = self._workspace.new_id("Fx")
        self._workspace.steps[run] = {}
        body = {
            "function": {"id": self._workspace.new_id("Fn"), "callback_id": callback_id, "type": "app"},
            "inputs": inputs,
            "function_execution_id": run,
            "workflow_execution_id": self._workspace.new_id("Wx"),
            "bot_access_token": self._workspace.app.bot_token,
        }
        self._send("function_executed", body)
        return run

    def uninstalled(self) -> None:
        """Tell that the workspace has removed the app."""
        self._send("tokens_revoked", {"tokens": {"oauth": [], "bot": [self._workspace.app.bot_user_id]}})
        self._send("app_uninstalled", {})

    def _file(self, kind: str, file: str, channel: str, user: str) -> None:
        self._send(kind, {"file_id": file, "user_id": user, "file": {"id": file}, "channel_id": channel}, channel)

    def _object(self, message: Message) -> Json:
        return {**message_object(self._workspace, message, self._url), "channel": message.channel}

    def _as_mention(self, message: Message) -> Json:
        return {**self._object(message), "type": "app_mention"}

    def _message(self, channel: str, body: Json) -> None:
        place = self._workspace.channels[channel]
        name = HISTORY[place.kind]
        if f"{name}:history" in self._workspace.scopes and f"message.{name}" in self._workspace.subscriptions:
            kind = {"public_channel": "channel", "private_channel": "group", "im": "im"}[place.kind]
            self._send("message", {**body, "channel": channel, "channel_type": kind}, channel)

    def _bot_is_in(self, channel: str) -> bool:
        return self._workspace.app.bot_user_id in self._workspace.channels[channel].members

    def _send(self, kind: str, body: Json, channel: str = "") -> None:
        if channel and not self._bot_is_in(channel):
            return
        if kind != "message" and kind not in self._workspace.subscriptions:
            return
        event = {**body, "type": kind, "event_ts": body.get("ts") or self._workspace.new_ts()}
        self._deliveries.send("events_api", self._envelope(event, channel))

    def _envelope(self, event: Json, channel: str) -> Json:
        app = self._workspace.app
        place = {"enterprise_id": app.organization or None, "team_id": app.team_id}
        bot: dict[str, Any] = {**place, "user_id": app.bot_user_id}
        return {
            "token": "deprecated",
            "team_id": app.team_id,
            "context_team_id": app.team_id,
            "context_enterprise_id": app.organization or None,
            "api_app_id": app.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": self._workspace.new_id("Ev"),
            "event_time": int(time.time()),
            "authorizations": [{**bot, "is_bot": True, "is_enterprise_install": app.org_wide}],
            "is_ext_shared_channel": bool(channel) and self._workspace.channels[channel].is_ext_shared,
            "event_context": self._workspace.new_id("4-"),
        }
