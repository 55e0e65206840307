"""The door to Slack's Web API: files in; posts, edits and deletions out; who may open what."""

from collections.abc import Mapping
from typing import Any

from slack_sdk import WebClient

from bot.core.share import Share
from bot.errors import SlackError, Unknowable
from bot.slack.calls import MUTE
from bot.slack.files import FILE_HOSTS, Files
from bot.slack.values import Identity, Message, Person, SlackFile

__all__ = ["FILE_HOSTS", "MUTE", "Identity", "Message", "Person", "Slack", "SlackFile"]


class Slack(Files):
    """One workspace's Slack.

    Args:
        client: With the bot's token.
        extra_hosts: `host:port` that files may come from besides `FILE_HOSTS`, over plain HTTP; for local servers.
        team: The workspace's id, where the token opens a whole organization; else the token tells.
    """

    def __init__(self, client: WebClient, extra_hosts: tuple[str, ...] = (), team: str = "") -> None:
        super().__init__(client, extra_hosts, team)
        self._conversations: dict[str, str] = {}

    def post(self, channel: str, thread: str, message: Message, key: str = "") -> str:
        """Post a message (to a user's id: a direct message); its timestamp.

        Args:
            channel: A channel's or a user's id.
            thread: The timestamp to thread it under; empty for none.
            message: What to say.
            key: Our own name for the message, kept in its metadata, so that it can be found again.

        Raises:
            Unknowable: It may or may not have been posted.
        """
        metadata = {"event_type": "spotter_reply", "event_payload": {"key": key}}
        told = self._call(
            "chat.postMessage",
            channel=channel,
            unfurl_links=False,
            unfurl_media=False,
            **_said(message),
            **({"thread_ts": thread} if thread else {}),
            **({"metadata": metadata} if key else {}),
        )
        if told["channel"] != channel:
            self._conversations[channel] = told["channel"]
        return str(told["ts"])

    def conversation(self, channel: str) -> str:
        """The id of the direct messages with a user, once something was posted there; empty for a channel.

        Slack tells it with a post alone, and edits and deletes nothing by a user's id.
        """
        return self._conversations.get(channel, "")

    def send_file(self, user: str, message: Message, name: str, data: bytes) -> None:
        """Send a message and a file to somebody, by direct message.

        Raises:
            Unknowable: The message may or may not have been posted; the file was not.
        """
        told = self._call("chat.postMessage", channel=user, **_said(message))
        self.upload(told["channel"], "", name, data)

    def update(self, channel: str, ts: str, message: Message) -> None:
        """Edit a message of ours in place."""
        self._call("chat.update", channel=channel, ts=ts, **_said(message))

    def delete(self, channel: str, ts: str) -> None:
        """Delete a message of ours; one that is gone already is fine."""
        try:
            self._call("chat.delete", channel=channel, ts=ts)
        except SlackError as error:
            if error.code not in MUTE:
                raise

    def ephemeral(self, channel: str, user: str, message: Message, *, thread: str = "") -> None:
        """Say something to one person alone; it is gone when they reload."""
        where = {"thread_ts": thread} if thread else {}
        self._call("chat.postEphemeral", channel=channel, user=user, **where, **_said(message))

    def status(self, channel: str, thread: str, status: str) -> None:
        """Show a sign of life under a thread; it goes with our next message there, or with an empty `status`."""
        self._call("assistant.threads.setStatus", channel_id=channel, thread_ts=thread, status=status)

    def find_reply(self, share: Share | None, channel: str, key: str) -> str:
        """Find a message of ours that may have been posted: its timestamp, or empty where there is none.

        Args:
            share: The photo that it answers; None where it answers something else.
            channel: Where it would stand.
            key: Our name for it.

        Raises:
            Unknowable: Nobody can tell, now or later: `retry` is False.
        """
        me = self.identity()
        if share and me.scopes & {"channels:history", "groups:history"}:
            return self._find_by_key(share, key)
        there = self._told_of(share) if share else None
        if there is None:
            raise _uncertain(channel)
        if me.user not in there.get("reply_users", ()):
            return ""
        if there.get("reply_count") == 1:
            return str(there["latest_reply"])
        raise _uncertain(channel)

    def _find_by_key(self, share: Share, key: str) -> str:
        told = self._call(
            "conversations.replies", channel=share.channel, ts=share.thread, include_all_metadata=True, limit=200
        )
        for message in told["messages"]:
            if message.get("metadata", {}).get("event_payload", {}).get("key") == key:
                return str(message["ts"])
        return ""

    def _told_of(self, share: Share) -> Mapping[str, Any] | None:
        """What Slack tells of the replies to a photo's message; None where the message stands in a thread itself."""
        if share.thread != share.ts:
            return None
        told = self.file(share.file).shares.get(share.channel, ())
        return next((one for one in told if one["ts"] == share.ts), None)


def _said(message: Message) -> dict[str, Any]:
    """A message's arguments; nothing in its text becomes a mention or a link by itself."""
    return {"text": message.text, "blocks": list(message.blocks), "parse": "none", "link_names": False}


def _uncertain(channel: str) -> Unknowable:
    error = Unknowable(f"I can't tell whether my answer in {channel} was posted.")
    error.retry = False
    return error
