"""The door to Slack's Web API: files in; posts, edits and deletions out; who may open what."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any, Final, Generic, Literal, TypeVar
from urllib.error import URLError
from urllib.parse import urlsplit

import urllib3
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.core.photo import MAX_FILE_BYTES
from bot.core.share import Share
from bot.errors import LoginPage, PhotoError, PhotoGone, SlackBusy, SlackError, TooLarge, Unknowable

FILE_HOSTS: Final = ("files.slack.com", "slack-files.com")
"""Where Slack keeps files; any other host would be handed our token."""
GONE: Final = frozenset({"file_not_found", "file_deleted", "not_visible", "channel_not_found"})
"""Slack's words for what is deleted, or not ours to see; it does not tell which."""
MUTE: Final = frozenset(
    {
        "not_in_channel",
        "channel_not_found",
        "is_archived",
        "restricted_action",
        "restricted_action_read_only_channel",
        "restricted_action_thread_locked",
        "restricted_action_non_threadable_channel",
        "cannot_reply_to_message",
        "message_limit_exceeded",
        "thread_not_found",
        "message_not_found",
    }
)
"""Slack's words for places where nothing can be posted, which is nobody's fault."""
_BUSY: Final = frozenset({"ratelimited", "internal_error", "fatal_error", "service_unavailable", "request_timeout"})
_SHARES_APPEAR_AFTER: Final = (0.0, 0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds between looks at a file whose shares are not there yet (facts: slack §1.1)."""
_REMEMBERED_SECONDS: Final = 300.0

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Message:
    """What is shown in Slack.

    Attributes:
        text: All of it in words: what notifications and screen readers say.
        blocks: The same as Block Kit.
    """

    text: str
    blocks: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Identity:
    """Who Spotter is in a workspace, and what it may do there."""

    team: str
    user: str
    scopes: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackFile:
    """A file as `files.info` tells it.

    Attributes:
        kind: `photo` and `video` by Slack's type; a `table` may be a start list; `other` gets no answer.
        format: Slack's word for its type, such as `jpg`.
        url: Where its bytes are; empty where Slack does not say.
        external: Whether it lies outside Slack.
        foreign: Whether it belongs to another organisation, which did not open it to us.
        typed: Whether Slack knows its type by now; that comes a moment after the upload.
        shares: Its shares by channel, as Slack tells them.
    """

    id: str
    name: str
    kind: Literal["photo", "video", "table", "other"]
    format: str
    url: str
    permalink: str
    size: int
    external: bool = False
    foreign: bool = False
    typed: bool = True
    shares: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)

    def newest(self, channel: str) -> str:
        """The timestamp of its newest share in a channel; empty where it was not shared there."""
        return max((str(share["ts"]) for share in self.shares.get(channel, ())), key=float, default="")

    def share(self, channel: str, user: str, at: str) -> Share | None:
        """The share in a channel that lies nearest to a time; None where it was not shared there."""
        if not (there := self.shares.get(channel)):
            return None
        nearest = min(there, key=lambda share: abs(float(share["ts"]) - float(at)))
        return Share(
            channel=channel,
            ts=nearest["ts"],
            file=self.id,
            thread_ts=nearest.get("thread_ts") or nearest["ts"],
            user=nearest.get("share_user_id") or user,
            name=self.name,
            permalink=self.permalink,
            format=self.format,
        )


@dataclass(frozen=True, slots=True)
class Person:
    """A member of a workspace; whoever cannot be asked about is nobody special.

    Attributes:
        admin: A workspace owner or admin.
        guest: A guest, who sees some channels only.
        stranger: Of another company.
        active: Neither deactivated nor a bot.
    """

    id: str
    admin: bool = False
    guest: bool = False
    stranger: bool = False
    active: bool = True


class Slack:
    """One workspace's Slack.

    Args:
        client: With the bot's token, and without retry handlers: whoever asks decides about asking again.
        extra_hosts: `host:port` that files may come from besides `FILE_HOSTS`, over plain HTTP; for local servers.
    """

    def __init__(self, client: WebClient, extra_hosts: tuple[str, ...] = ()) -> None:
        client.retry_handlers.clear()
        self.client = client
        self._extra_hosts = frozenset(extra_hosts)
        self._http = urllib3.PoolManager(maxsize=16, retries=False, timeout=urllib3.Timeout(connect=5, read=20))
        self._people: _Remembered[Person] = _Remembered()
        self._channels: _Remembered[frozenset[str]] = _Remembered()
        self._identity: _Remembered[Identity] = _Remembered()
        self._closed_until: dict[str, float] = {}

    def identity(self) -> Identity:
        """Ask who we are."""
        return self._identity.get("", self._ask_identity)

    def file(self, file: str) -> SlackFile:
        """Ask about a file; events are never trusted (facts: slack §1.2).

        Raises:
            PhotoGone: It is deleted, or not ours to see.
        """
        try:
            told = self._call("files.info", file=file)["file"]
        except SlackError as error:
            if error.code in GONE:
                raise PhotoGone from error
            raise
        if told.get("mode") in ("tombstone", "hidden_by_limit"):
            raise PhotoGone
        return _slack_file(told)

    def shared_file(self, file: str, channel: str) -> SlackFile:
        """Ask about a file until its type and its share in a channel are there, for up to 15.5 s.

        Raises:
            PhotoGone: It is deleted, not ours to see, or its share never came.
        """
        for seconds in _SHARES_APPEAR_AFTER:
            time.sleep(seconds)
            told = self.file(file)
            if told.typed and told.shares.get(channel):
                return told
        raise PhotoGone

    def newest_photos(self, channel: str = "", since: float = 0.0, count: int = 100) -> Iterator[SlackFile]:
        """The photos of one channel, or of all that we can see, newest first; `count` of them with each call."""
        asked = {"types": "images", "ts_from": str(int(since)), "count": str(count)}
        page, pages = 1, 1
        while page <= pages:
            told = self._call("files.list", **asked, page=str(page), **({"channel": channel} if channel else {}))
            yield from map(_slack_file, told["files"])
            page, pages = page + 1, told["paging"]["pages"]

    def download(self, file: SlackFile) -> bytes:
        """Fetch a file's bytes, 25 MB at most, from Slack's own hosts only; redirects are not followed.

        Raises:
            LoginPage: Slack sent its login page: the scope `files:read` is missing.
            PhotoError: It lies outside Slack, or in another organisation.
            TooLarge: It is over 25 MB.
            SlackBusy: Slack did not answer.
        """
        if file.external:
            raise PhotoError("This photo lies outside Slack. Please upload it here, then I can look at it.")
        if file.foreign or not file.url:
            raise PhotoError("I can't open files from the other organisation.")
        if file.size > MAX_FILE_BYTES:
            raise _too_large(file.size)
        self._check_host(file.url)
        try:
            return self._fetch(file.url)
        except urllib3.exceptions.HTTPError as error:
            raise SlackBusy("Slack does not hand out the photo right now; I will try again.") from error

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
        return str(told["ts"])

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

    def person(self, user: str) -> Person:
        """Who somebody is; remembered for five minutes."""
        return self._people.get(user, lambda: self._ask_person(user))

    def visible_channels(self, user: str) -> frozenset[str]:
        """The channels that a person can open now, of those that we are in; remembered for five minutes.

        Raises:
            SlackError: Slack did not tell: then nothing may be shown.
        """
        return self._channels.get(user, lambda: self._ask_channels("public_channel,private_channel", user=user))

    def joined(self, channel: str) -> bool:
        """Whether we are in a channel; Slack is asked again before a no, since we may have just been invited."""
        return channel in self.visible_channels(self.identity().user) or channel in self.our_channels()

    def our_channels(self) -> frozenset[str]:
        """The channels that we are in, as Slack knows them now."""
        me = self.identity().user
        self.forget_access(me)
        return self.visible_channels(me)

    def public_channels(self) -> frozenset[str]:
        """The public channels that we are in, which every full member could open; remembered for five minutes."""
        return self._channels.get("", lambda: self._ask_channels("public_channel"))

    def forget_access(self, user: str) -> None:
        """Ask again about a person: they joined or left a channel."""
        self._channels.drop(user)

    def _ask_identity(self) -> Identity:
        told = self._answer("auth.test")
        scopes = told.headers.get("x-oauth-scopes") or told.headers.get("X-OAuth-Scopes") or ""
        return Identity(told["team_id"], told["user_id"], frozenset(filter(None, scopes.replace(" ", "").split(","))))

    def _ask_person(self, user: str) -> Person:
        told = self._call("users.info", user=user)["user"]
        return Person(
            id=user,
            admin=any(told.get(flag) for flag in ("is_admin", "is_owner", "is_primary_owner")),
            guest=bool(told.get("is_restricted") or told.get("is_ultra_restricted")),
            stranger=bool(told.get("is_stranger")) or told.get("team_id", "") != self.identity().team,
            active=not (told.get("deleted") or told.get("is_bot")),
        )

    def _ask_channels(self, types: str, **asked: str) -> frozenset[str]:
        channels: set[str] = set()
        cursor: dict[str, str] = {}
        while True:
            told = self._call("users.conversations", types=types, limit=200, **asked, **cursor)
            channels.update(one["id"] for one in told["channels"])
            cursor = {"cursor": (told.get("response_metadata") or {}).get("next_cursor", "")}
            if not cursor["cursor"]:
                return frozenset(channels)

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

    def _check_host(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.netloc in self._extra_hosts and parts.scheme in ("http", "https"):
            return
        if parts.scheme != "https" or parts.netloc not in FILE_HOSTS:
            raise PhotoError("This photo lies outside Slack. Please upload it here, then I can look at it.")

    def _fetch(self, url: str) -> bytes:
        token = {"Authorization": f"Bearer {self.client.token}"}
        with self._http.request("GET", url, headers=token, redirect=False, preload_content=False) as response:
            _check_download(response)
            data = response.read(MAX_FILE_BYTES + 1, decode_content=True)
            if len(data) > MAX_FILE_BYTES:
                raise _too_large(len(data))
            return bytes(data)

    def _call(self, method: str, **arguments: Any) -> Mapping[str, Any]:
        data = self._answer(method, **arguments).data
        assert isinstance(data, dict)  # noqa: S101  # every method that we call answers with an object
        return data

    def _answer(self, method: str, **arguments: Any) -> Any:
        if (left := self._closed_until.get(method, 0.0) - time.monotonic()) > 0:
            raise _slow_down(left)
        try:
            return (
                self.client.api_call(method, json=arguments)
                if _as_json(method)
                else self.client.api_call(method, params=arguments)
            )
        except SlackApiError as error:
            translated = _translated(method, error)
            self._closed_until[method] = time.monotonic() + translated.after
            raise translated from error
        except (URLError, HTTPException, OSError) as error:
            raise _unanswered(method, error) from error


class _Remembered(Generic[V]):
    """Values by a name, each remembered for five minutes; an error is not remembered."""

    def __init__(self) -> None:
        self._values: dict[str, tuple[float, V]] = {}
        self._lock = threading.Lock()

    def get(self, name: str, ask: Callable[[], V]) -> V:
        with self._lock:
            known = self._values.get(name)
        if known and time.monotonic() < known[0]:
            return known[1]
        fresh = ask()
        with self._lock:
            self._values[name] = (time.monotonic() + _REMEMBERED_SECONDS, fresh)
        return fresh

    def drop(self, name: str) -> None:
        with self._lock:
            self._values.pop(name, None)


def _said(message: Message) -> dict[str, Any]:
    """A message's arguments; nothing in its text becomes a mention or a link by itself."""
    return {"text": message.text, "blocks": list(message.blocks), "parse": "none", "link_names": False}


def _slack_file(told: Mapping[str, Any]) -> SlackFile:
    shares = told.get("shares") or {}
    return SlackFile(
        id=told["id"],
        name=told.get("title") or told.get("name") or told["id"],
        kind=_kind(told.get("mimetype") or ""),
        format=told.get("filetype") or "",
        url=told.get("url_private_download") or told.get("url_private") or "",
        permalink=told.get("permalink") or "",
        size=int(told.get("size") or 0),
        external=told.get("mode") == "external" or bool(told.get("is_external")),
        foreign=told.get("file_access") == "check_file_info" or told.get("mode") == "file_access",
        typed=bool(told.get("mimetype")),
        shares={
            channel: tuple(there)
            for where in ("public", "private")
            for channel, there in (shares.get(where) or {}).items()
        },
    )


def _kind(mimetype: str) -> Literal["photo", "video", "table", "other"]:
    match mimetype.split("/"):
        case ["image", _]:
            return "photo"
        case ["video", _]:
            return "video"
        case ["text", "csv" | "tab-separated-values"]:
            return "table"
        case _:
            return "other"


def _as_json(method: str) -> bool:
    """Posting takes JSON; reading takes a form, and some read methods take nothing else."""
    return method.startswith(("chat.", "views.", "assistant."))


def _check_download(response: urllib3.BaseHTTPResponse) -> None:
    if response.status in (301, 302, 303, 307, 308) or "text/html" in response.headers.get("Content-Type", ""):
        raise LoginPage
    if response.status in (404, 410):
        raise PhotoGone
    if response.status != 200:  # noqa: PLR2004  # HTTP's own OK
        raise SlackBusy(
            "Slack does not hand out the photo right now; I will try again.",
            after=_retry_after(response.headers, 0.0),
        )


def _too_large(size: int) -> TooLarge:
    megabytes, limit = -(-size // 2**20), MAX_FILE_BYTES // 2**20
    return TooLarge(f"This file is too big for me ({megabytes} MB; limit {limit} MB).")


def _translated(method: str, error: SlackApiError) -> SlackError:
    response: Any = error.response
    code = str(response.get("error", "")) if isinstance(response.data, dict) else ""
    if response.status_code == 429 or code == "ratelimited":  # noqa: PLR2004  # HTTP's own Too Many Requests
        return _slow_down(_retry_after(response.headers, 1.0))
    if response.status_code >= 500 or code in _BUSY:  # noqa: PLR2004  # HTTP's own server errors
        return _unanswered(method, error)
    if code == "missing_scope":
        say = f"I lack the Slack permission {response.get('needed')}. An admin must reinstall me with it."
    else:
        say = f"Slack refused ({code or 'no reason given'})."
    return SlackError(say, code=code)


def _slow_down(seconds: float) -> SlackBusy:
    return SlackBusy("Slack asks me to slow down; I will try again.", code="ratelimited", after=seconds)


def _retry_after(headers: Mapping[str, str], default: float) -> float:
    """Seconds to wait; servers write the header's name in any case, and slack_sdk keeps it as it came."""
    told = {name.lower(): value for name, value in headers.items()}.get("retry-after", "")
    return float(told) if told.isdecimal() else default


def _unanswered(method: str, error: Exception) -> SlackError:
    refused = isinstance(error, URLError) and isinstance(error.reason, ConnectionRefusedError)
    if method == "chat.postMessage" and not refused:
        return Unknowable("Slack did not say whether it took my answer; I will look and try again.")
    return SlackBusy("Slack does not answer right now; I will try again.")


def _uncertain(channel: str) -> Unknowable:
    error = Unknowable(f"I can't tell whether my answer in {channel} was posted.")
    error.retry = False
    return error
