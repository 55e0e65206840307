"""What a person does in the page, done in the workspace; and what Slack says where it cannot be done."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import uuid4

from bot.demo.delivery import Ack
from bot.demo.page import shown
from bot.demo.page.typed import as_command, as_message
from bot.demo.records import Json, Message, Upload, View
from bot.demo.server import LocalSlack
from bot.errors import AskError

INPUT_BYTES = 10_000_000
"""Slack's limit for each file of a modal's file input (facts: slack §2.1)."""
_UPLOADS_KEPT = 200


class Acts:
    """The acts of the page. Each takes the person's id and what the page sent, and gives back what it shows.

    Args:
        slack: Where they act.
    """

    def __init__(self, slack: LocalSlack) -> None:
        self._slack = slack
        self._workspace = slack.workspace
        self._uploads: dict[str, Upload] = {}
        self._acts: Mapping[str, Callable[[str, Json], Json | None]] = {
            "say": self._say,
            "command": self._command,
            "shortcut": self._shortcut,
            "press": self._press,
            "submit": self._submit,
            "close": self._close,
            "delete": self._delete,
            "home": self._home,
            "join": self._join,
        }

    def do(self, act: str, me: str, given: Json) -> Json:
        """Do one act.

        Raises:
            AskError: It cannot be done; the sentence is Slack's.
        """
        if act not in self._acts or me not in self._workspace.users:
            raise AskError("This page is older than the workspace. Please load it again.")
        try:
            return self._acts[act](me, given) or {}
        except KeyError as error:
            raise AskError("This is no longer there.") from error

    def keep(self, upload: Upload) -> str:
        """Keep a file until the message or the modal that it belongs to is sent; gives it a name."""
        while len(self._uploads) >= _UPLOADS_KEPT:
            self._uploads.pop(next(iter(self._uploads)))
        self._uploads[name := uuid4().hex] = upload
        return name

    def _take(self, names: Sequence[str]) -> list[Upload]:
        return [self._uploads.pop(name) for name in names]

    def _say(self, me: str, given: Json) -> None:
        text = as_message(str(given.get("text", "")), self._workspace.users.values(), self._channels())
        files = self._take(given.get("files", ()))
        self._post(me, given, files, text)

    def _post(self, me: str, given: Json, files: Sequence[Upload], text: str) -> None:
        if me not in self._workspace.channels[given["channel"]].members:
            raise AskError("You are not in this channel.")
        if self._workspace.channels[given["channel"]].is_archived:
            raise AskError("This channel is archived.")
        self._slack.drop(me, given["channel"], files, text, given.get("thread", ""))

    def _command(self, me: str, given: Json) -> Json:
        command, _, text = str(given["text"]).strip().partition(" ")
        if given.get("thread"):
            raise AskError(f"{command} is not supported in threads. Sorry!")
        if command == "/invite":
            return self._invite(given["channel"], text)
        known = next((each for each in self._workspace.commands if each["command"] == command), None)
        if not known:
            raise AskError(f"{command} is not a valid command. In Slack, a message can't start with a slash.")
        users = self._workspace.users.values()
        written = as_command(text.strip(), users, self._channels(), escape=known.get("should_escape", False))
        ack = self._slack.command(me, given["channel"], command, written)
        return _heard(ack, f"{command} failed because the app did not respond.")

    def _invite(self, channel: str, who: str) -> Json:
        """Do what Slack's own command does."""
        wanted = who.strip().lstrip("@").lower()
        for user in self._workspace.users.values():
            if wanted in (user.name.lower(), user.real_name.lower()):
                self._bring(user.id, channel)
                return {"say": f"{user.real_name} is in this channel now."}
        raise AskError("Slack can't find a person of that name. Try /invite @Spotter.")

    def _join(self, me: str, given: Json) -> None:
        channel = self._workspace.channels[given["channel"]]
        if channel.kind != "public_channel":
            raise AskError("Only its members can bring you into a private channel.")
        self._bring(me, channel.id)

    def _bring(self, user: str, channel: str) -> None:
        self._slack.invite(channel, user)
        self._workspace.tell("channel", self._workspace.channels[channel])
        self._workspace.tell("everything", user)  # their windows show more from now on

    def _shortcut(self, me: str, given: Json) -> Json:
        callback = str(given["callback"])
        if not given.get("ts"):
            ack = self._slack.global_shortcut(me, callback)
        else:
            ack = self._slack.shortcut(me, self._message(me, given), callback)
        return _heard(ack, "The shortcut failed because the app did not respond.")

    def _press(self, me: str, given: Json) -> Json:
        where = self._view(me, given["view"]) if given.get("view") else self._message(me, given)
        values = self._values(given.get("values", {})) if isinstance(where, View) else None
        action, block = str(given["action"]), str(given.get("block", ""))
        ack = self._slack.press(me, where, action, given.get("value", ""), block_id=block, values=values)
        return _heard(ack, "Spotter did not respond. Please try again.")

    def _submit(self, me: str, given: Json) -> Json:
        view = self._view(me, given["view"])
        ack = self._slack.submit(me, view, self._values(given.get("values", {})))
        said = _heard(ack, "We had some trouble connecting. Please try again.")
        return {**said, "errors": ack.body.get("errors", {})}

    def _close(self, me: str, given: Json) -> None:
        self._slack.close(me, self._view(me, given["view"]))

    def _delete(self, me: str, given: Json) -> None:
        message = self._message(me, given)
        if message.only_for:
            self._workspace.ephemerals.remove(message)
            self._workspace.tell("delete", message)
        elif message.user != me:
            raise AskError("You can delete only what you wrote yourself.")
        else:
            self._delete_with_files(me, message)

    def _delete_with_files(self, me: str, message: Message) -> None:
        for file in message.files:
            self._slack.delete_file(me, file)
        current = self._workspace.message(message.channel, message.ts)
        self._slack.delete_message(current or message)

    def _home(self, me: str, given: Json) -> None:
        self._slack.open_home(me, str(given.get("tab", "home")))

    def _channels(self) -> list[Any]:
        return list(self._workspace.channels.values())

    def _message(self, me: str, given: Json) -> Message:
        found = self._workspace.message(given["channel"], given["ts"])
        whispers = (each for each in self._workspace.ephemerals if each.ts == given["ts"])
        message = found or next(whispers, None)
        if not message or not shown.sees(self._workspace, me, message):
            raise AskError("This message was deleted.")
        return message

    def _view(self, me: str, view: str) -> View:
        home = self._workspace.homes.get(me)
        found = home if home and home.id == view else self._workspace.views.get(view)
        if not found or found.user != me or not found.is_open:
            raise AskError("This window was closed elsewhere.")
        return found

    def _values(self, given: Json) -> Json:
        """Put the uploads in the place of their names."""
        return {action: self._entered(value) for action, value in given.items()}

    def _entered(self, value: Any) -> Any:
        if not isinstance(value, Mapping) or "uploads" not in value:
            return value
        uploads = [self._uploads[name] for name in value["uploads"]]
        if large := next((each for each in uploads if len(each.data) > INPUT_BYTES), None):
            raise AskError(f"{large.name} is too large: here a file can have 10 MB.")
        return uploads


def _heard(ack: Ack, otherwise: str) -> Json:
    """Say what Slack says where the app did not answer in time."""
    if ack.ok:
        return {}
    raise AskError(otherwise)
