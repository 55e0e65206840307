"""The state of a workspace, and the bell that rings at every change of it."""

import itertools
import mimetypes
import queue
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from threading import Condition
from typing import Any

from bot.demo.installation import SCOPES, SUBSCRIPTIONS, Installation
from bot.demo.records import Call, Change, Channel, File, Json, Message, Status, Upload, User, View

PHOTO_TYPES = {".heic": "image/heic", ".heif": "image/heif", ".webp": "image/webp", ".avif": "image/avif"}
"""Those that Python 3.11 does not know."""

KEPT = 20_000
CHANGES_KEPT = 10_000


@dataclass(slots=True)
class Workspace:
    """Everything that is in Slack, in memory. Hold `changed` while reading or writing more than one thing.

    Attributes:
        late: Seconds until `files.info` shows the shares and the type of a new file.
        scopes: What the bot was granted.
        subscriptions: The events that the app asked for.
        commands: The app's slash commands, as its manifest has them.
        shortcuts: The app's shortcuts, as its manifest has them.
        steps: The steps of workflows that were begun, each with its end: outputs or an error; empty while it runs.
        is_installed: False once the workspace has removed the app.
    """

    late: float = 0.0
    app: Installation = field(default_factory=Installation)
    scopes: set[str] = field(default_factory=lambda: set(SCOPES))
    subscriptions: set[str] = field(default_factory=lambda: set(SUBSCRIPTIONS))
    commands: list[Json] = field(default_factory=list)
    shortcuts: list[Json] = field(default_factory=list)
    steps: dict[str, Json] = field(default_factory=dict)
    is_installed: bool = True
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    views: dict[str, View] = field(default_factory=dict)
    homes: dict[str, View] = field(default_factory=dict)
    ephemerals: deque[Message] = field(default_factory=lambda: deque(maxlen=KEPT))
    statuses: deque[Status] = field(default_factory=lambda: deque(maxlen=KEPT))
    calls: deque[Call] = field(default_factory=lambda: deque(maxlen=KEPT))
    changed: Condition = field(default_factory=Condition)
    _messages: dict[str, dict[str, Message]] = field(default_factory=lambda: defaultdict(dict))
    _replies: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    _subscribers: list[queue.Queue[Change]] = field(default_factory=list)
    _numbers: Iterable[int] = field(default_factory=lambda: itertools.count(1))
    _last_ts: int = 0

    def install(self, manifest: Mapping[str, Any]) -> None:
        """Grant and offer what an app's manifest asks for (https://docs.slack.dev/reference/app-manifest)."""
        features, events = manifest["features"], manifest["settings"]["event_subscriptions"]
        self.scopes = set(manifest["oauth_config"]["scopes"]["bot"])
        self.subscriptions = set(events["bot_events"])
        self.commands = list(features.get("slash_commands", ()))
        self.shortcuts = list(features.get("shortcuts", ()))

    def restore(
        self,
        channels: Iterable[Channel],
        files: Iterable[File],
        homes: Iterable[View],
        messages: Iterable[Message],
        number: int,
    ) -> None:
        """Go on with what was kept; `number` is where ids go on."""
        with self.changed:
            self._numbers = itertools.count(number)
            self.channels |= {channel.id: channel for channel in channels}
            self.files |= {file.id: file for file in files}
            self.homes |= {view.user: view for view in homes}
            for message in messages:
                self.add(message)

    def new_id(self, letter: str) -> str:
        """Make an id in Slack's form, such as `F0000000001`."""
        with self.changed:
            return f"{letter}{next(iter(self._numbers)):010d}"

    def new_ts(self) -> str:
        """Make a timestamp later than any before, in seconds with six decimals."""
        with self.changed:
            self._last_ts = max(time.time_ns() // 1000, self._last_ts + 1)
            seconds, micros = divmod(self._last_ts, 1_000_000)
            return f"{seconds}.{micros:06d}"

    def tell(self, kind: str, what: Any) -> None:
        """Ring the bell: `what` has changed."""
        with self.changed:
            for subscriber in self._subscribers:
                _put(subscriber, Change(kind, what))
            self.changed.notify_all()

    def subscribe(self, own: queue.Queue[Change] | None = None) -> queue.Queue[Change]:
        """Start a queue of changes, a given one or a new one; when nobody empties it, its oldest go."""
        with self.changed:
            changes = queue.Queue(CHANGES_KEPT) if own is None else own
            self._subscribers.append(changes)
            return changes

    def unsubscribe(self, changes: queue.Queue[Change]) -> None:
        """Stop a queue of changes."""
        with self.changed:
            self._subscribers.remove(changes)

    def wait(self, is_so: Callable[[], bool], timeout: float) -> bool:
        """Sleep until `is_so`, looking again at every change; False after `timeout` seconds."""
        with self.changed:
            return self.changed.wait_for(is_so, timeout)

    def message(self, channel: str, ts: str) -> Message | None:
        """Find one message."""
        return self._messages[channel].get(ts)

    def messages(self, channel: str) -> list[Message]:
        """List the top level of a channel, oldest first."""
        with self.changed:
            return [message for message in self._messages[channel].values() if not message.thread_ts]

    def everything_in(self, channel: str) -> list[Message]:
        """List all messages of a channel, replies among them, oldest first."""
        with self.changed:
            return list(self._messages[channel].values())

    def thread(self, channel: str, ts: str) -> list[Message]:
        """List a message and its replies, oldest first."""
        with self.changed:
            known = self._messages[channel]
            return [known[each] for each in (ts, *self._replies[channel, ts]) if each in known]

    def add(self, message: Message) -> Message:
        """Put a message into its channel."""
        with self.changed:
            self._messages[message.channel][message.ts] = message
            if message.thread_ts:
                self._replies[message.channel, message.thread_ts].append(message.ts)
            for file in message.files:
                self.files[file].shares.append((message.channel, message.ts))
            self.tell("message", message)
            return message

    def whisper(self, message: Message) -> Message:
        """Show a message to one person."""
        with self.changed:
            self.ephemerals.append(message)
            self.tell("ephemeral", message)
            return message

    def edit(self, message: Message, **changes: Any) -> Message:
        """Put a changed message in the place of `message`."""
        with self.changed:
            edited = replace(message, **changes)
            self._messages[message.channel][message.ts] = edited
            self.tell("edit", edited)
            return edited

    def delete(self, message: Message) -> None:
        """Take a message away; its replies stay, as in Slack."""
        with self.changed:
            del self._messages[message.channel][message.ts]
            if message.thread_ts:
                self._replies[message.channel, message.thread_ts].remove(message.ts)
            for file in message.files:
                self.files[file].shares.remove((message.channel, message.ts))
            self.tell("delete", message)

    def take_file_from(self, file: File, channel: str = "") -> list[str]:
        """Take a file out of the messages of one channel, or of all; names the channels that it was in."""
        with self.changed:
            gone = [share for share in file.shares if channel in ("", share[0])]
            for place, ts in gone:
                message = self._messages[place][ts]
                self.edit(message, files=tuple(each for each in message.files if each != file.id))
                file.shares.remove((place, ts))
            return sorted({place for place, _ in gone})

    def new_file(self, user: str, upload: Upload, *, alt_txt: str = "", for_app: bool = False) -> File:
        """Take in a file; its type is guessed from its name where it is not told."""
        file = File(
            id=self.new_id("F"),
            name=upload.name,
            title=upload.name,
            mimetype=upload.mimetype or guess_type(upload.name),
            data=upload.data,
            user=user,
            created=int(time.time()),
            ready_at=time.monotonic() + self.late,
            size=upload.size,
            external_url=upload.external_url,
            alt_txt=alt_txt,
            for_app=for_app,
        )
        with self.changed:
            self.files[file.id] = file
        return file

    def direct_messages(self, user: str) -> Channel:
        """Open the direct messages of a person with the bot."""
        with self.changed:
            for channel in self.channels.values():
                if channel.is_im and user in channel.members:
                    return channel
            channel = Channel(id=self.new_id("D"), name="", is_im=True, members={user, self.app.bot_user_id})
            self.channels[channel.id] = channel
            return channel

    def bot_sees(self, file: File) -> bool:
        """Tell whether the bot may know of a file: its own, one of its modals, or shared where it can look."""
        if file.for_app or file.user == self.app.bot_user_id:
            return True
        places = [self.channels[channel] for channel, _ in file.shares]
        return any(place.kind == "public_channel" or self.app.bot_user_id in place.members for place in places)

    def is_ready(self, file: File) -> bool:
        """Tell whether Slack is done with a new file."""
        return time.monotonic() >= file.ready_at


def guess_type(name: str) -> str:
    """Guess a MIME type from a file's name."""
    suffix = PurePath(name).suffix.lower()
    return PHOTO_TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"


def with_block_ids(blocks: Iterable[Mapping[str, Any]], new_id: Callable[[str], str]) -> list[Json]:
    """Give a block_id to each block that has none, and an action_id to each element, as Slack does."""
    return [_with_action_ids({"block_id": new_id("b"), **block}, new_id) for block in blocks]


def _with_action_ids(block: Json, new_id: Callable[[str], str]) -> Json:
    if block.get("type") == "actions":
        return {**block, "elements": [{"action_id": new_id("a"), **element} for element in block["elements"]]}
    return block


def _put(subscriber: queue.Queue[Change], change: Change) -> None:
    if subscriber.full():
        with suppress(queue.Empty):
            subscriber.get_nowait()
    subscriber.put_nowait(change)
