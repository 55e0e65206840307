"""What people do in Slack without the app's help: drop photos, talk, delete, invite."""

from collections.abc import Sequence
from dataclasses import replace

from bot.demo.context import Context
from bot.demo.records import Channel, File, Json, Message, Upload
from bot.errors import AskError


class People:
    """The acts of people. Users, channels and files go by their ids.

    Args:
        slack: Where they act.
    """

    def __init__(self, slack: Context) -> None:
        self._slack = slack
        self._workspace = slack.workspace

    def drop(self, user: str, channel: str, files: Sequence[Upload], text: str = "", thread_ts: str = "") -> Message:
        """Drop files: one message, and an event for each file.

        Raises:
            AskError: The person is not in the channel.
        """
        made = [self._workspace.new_file(user, upload) for upload in files]
        return self._post(user, channel, text, thread_ts, [file.id for file in made])

    def say(self, user: str, channel: str, text: str, thread_ts: str = "", files: Sequence[Upload] = ()) -> Message:
        """Say something; `<@U0SPOTTER>` in it is a mention of the bot.

        Raises:
            AskError: The person is not in the channel.
        """
        return self.drop(user, channel, files, text, thread_ts)

    def reshare(self, user: str, file: str, channel: str, text: str = "", thread_ts: str = "") -> Message:
        """Share a file that is in Slack already, in a new message.

        Raises:
            AskError: The person is not in the channel, or the file is gone.
        """
        if self._file(file).is_deleted:
            raise AskError("This file was deleted.")
        return self._post(user, channel, text, thread_ts, [file])

    def delete_file(self, user: str, file: str) -> None:
        """Delete a file everywhere."""
        with self._workspace.changed:
            gone = self._file(file)
            channels = self._workspace.take_file_from(gone)
            gone.is_deleted, gone.data = True, b""
            self._slack.events.file_deleted(gone, channels, user)

    def unshare(self, user: str, file: str, channel: str) -> None:
        """Take a file out of one channel."""
        with self._workspace.changed:
            self._workspace.take_file_from(self._file(file), channel)
            self._slack.events.file_unshared(file, channel, user)

    def delete_message(self, message: Message) -> None:
        """Delete a message; its files live on."""
        with self._workspace.changed:
            current = self._workspace.message(message.channel, message.ts)
            if not current:
                raise AskError("This message was deleted.")
            self._workspace.delete(current)
            self._slack.events.deleted(current)

    def invite(self, channel: str, user: str = "") -> None:
        """Invite somebody into a channel; the bot, if nobody is named."""
        with self._workspace.changed:
            self._workspace.channels[channel].members.add(user or self._slack.bot)
            self._slack.events.joined(self._workspace.channels[channel], user or self._slack.bot)

    def kick(self, channel: str, user: str = "") -> None:
        """Remove somebody from a channel; the bot, if nobody is named."""
        with self._workspace.changed:
            self._workspace.channels[channel].members.discard(user or self._slack.bot)

    def archive(self, channel: str) -> None:
        """Archive a channel."""
        self._workspace.channels[channel].is_archived = True

    def deactivate(self, user: str) -> None:
        """End somebody's membership."""
        self._workspace.users[user] = replace(self._workspace.users[user], deleted=True)

    def direct_messages(self, user: str) -> Channel:
        """Open somebody's direct messages with the bot."""
        return self._workspace.direct_messages(user)

    def open_home(self, user: str, tab: str = "home") -> None:
        """Look at the app's own page; `tab` is `home` or `messages`."""
        self._slack.events.home_opened(user, tab)

    def run_step(self, callback_id: str, inputs: Json) -> str:
        """Let a workflow come to a step of the app's; the id of this run, by which `workspace.steps` has its end."""
        return self._slack.events.step_begun(callback_id, inputs)

    def uninstall(self) -> None:
        """Remove the app from the workspace: its tokens die, and it is told."""
        self._workspace.is_installed = False
        self._slack.events.uninstalled()

    def _file(self, file: str) -> File:
        return self._workspace.files[file]

    def _post(self, user: str, channel: str, text: str, thread_ts: str, files: Sequence[str]) -> Message:
        with self._workspace.changed:
            if user not in self._workspace.channels[channel].members:
                raise AskError(f"{user} is not in {channel}.")
            ts = self._workspace.new_ts()
            message = Message(
                channel=channel, ts=ts, user=user, text=text, thread_ts=thread_ts, files=tuple(dict.fromkeys(files))
            )
            self._workspace.add(message)
            self._slack.events.posted(message)
            return message
