"""Files: what Slack tells of them, and their bytes."""

import json
import time
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any, BinaryIO, Final
from urllib.parse import urlsplit

import urllib3
from slack_sdk import WebClient

from bot.core.photo import MAX_FILE_BYTES
from bot.errors import LoginPage, PhotoError, PhotoGone, SlackBusy, SlackError, TooLarge
from bot.slack.access import Access
from bot.slack.calls import GONE, retry_after
from bot.slack.values import FileKind, SlackFile

FILE_HOSTS: Final = ("files.slack.com", "slack-files.com")
"""Where Slack keeps files; any other host would be handed our token."""
_SHARES_APPEAR_AFTER: Final = (0.0, 0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds between looks at a file whose shares are not there yet (facts: slack §1.1)."""

_CHUNK: Final = 1024 * 1024
_DOWNLOAD: Final = "download"
"""Slack limits downloads, too, as if they were a method."""


class Files(Access):
    """The files of a workspace."""

    def __init__(self, client: WebClient, extra_hosts: tuple[str, ...] = (), team: str = "") -> None:
        super().__init__(client, team)
        self._extra_hosts = frozenset(extra_hosts)
        self._http = urllib3.PoolManager(maxsize=16, retries=False, timeout=urllib3.Timeout(connect=5, read=20))

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
        """Others' photos of one channel, or of all that we can see, newest first; `count` with each call."""
        me = self.identity().user
        asked = {"types": "images", "ts_from": str(int(since)), "count": str(count), **self._in_team}
        page, pages = 1, 1
        while page <= pages:
            told = self._call("files.list", **asked, page=str(page), **({"channel": channel} if channel else {}))
            yield from (file for file in map(_slack_file, told["files"]) if file.user != me)
            page, pages = page + 1, told["paging"]["pages"]

    def download(self, file: SlackFile) -> bytes:
        """Fetch a photo's bytes, 25 MB at most; raises what `download_into` raises."""
        data = BytesIO()
        self.download_into(file, data, MAX_FILE_BYTES)
        return data.getvalue()

    def download_into(self, file: SlackFile, into: BinaryIO, most: int) -> None:
        """Fetch a file's bytes bit by bit, from Slack's own hosts only; redirects are not followed.

        Args:
            file: The file.
            into: Where they are written to.
            most: How many they may be.

        Raises:
            LoginPage: Slack sent its login page: the scope `files:read` is missing.
            PhotoError: It lies outside Slack, or in another organisation.
            TooLarge: They are more.
            SlackBusy: Slack did not answer.
        """
        if file.external:
            raise PhotoError("This photo lies outside Slack. Please upload it here, then I can look at it.")
        if file.foreign or not file.url:
            raise PhotoError("I can't open files from the other organisation.")
        if file.size > most:
            raise _too_large(file.size, most)
        self._check_host(file.url)
        self._check_open(_DOWNLOAD)
        try:
            self._fetch(file.url, into, most)
        except SlackBusy as error:
            self._close(_DOWNLOAD, error.after)
            raise
        except urllib3.exceptions.HTTPError as error:
            raise SlackBusy("Slack does not hand out the photo right now; I will try again.") from error

    def upload(self, channel: str, thread: str, name: str, data: bytes) -> None:
        """Put a file of ours into a thread; into the channel itself, where `thread` is empty.

        Raises:
            SlackBusy: Slack did not take it; to be tried again as a whole.
        """
        self.share_files(channel, thread, {self.hand_in(name, data): name})

    def hand_in(self, name: str, data: bytes, alt: str = "") -> str:
        """Give Slack the bytes of a file that nobody sees yet: its id.

        Args:
            name: The file's name.
            data: Its bytes.
            alt: What a picture shows, in words; at most 1,000 characters.

        Raises:
            SlackBusy: Slack did not take it.
        """
        described = {"alt_txt": alt} if alt else {}
        place = self._call("files.getUploadURLExternal", filename=name, length=len(data), **described)
        self._check_host(place["upload_url"])
        try:
            taken = self._http.request("POST", place["upload_url"], body=data)
        except urllib3.exceptions.HTTPError as error:
            raise SlackBusy("Slack does not take the file right now; I will try again.") from error
        if taken.status != 200:  # noqa: PLR2004  # HTTP's own OK
            raise SlackBusy("Slack does not take the file right now; I will try again.")
        return str(place["file_id"])

    def share_files(self, channel: str, thread: str, files: Mapping[str, str]) -> None:
        """Show files that were handed in, in one message in a thread; in the channel itself, where `thread` is empty.

        Args:
            channel: The channel's id.
            thread: The timestamp of the thread's first message.
            files: Their titles by their ids.
        """
        titled = json.dumps([{"id": file, "title": title} for file, title in files.items()])
        where = {"thread_ts": thread} if thread else {}
        self._call("files.completeUploadExternal", files=titled, channel_id=channel, **where)

    def delete_file(self, file: str) -> None:
        """Delete a file of ours; one that is gone already is fine."""
        try:
            self._call("files.delete", file=file)
        except SlackError as error:
            if error.code not in GONE:
                raise

    def _check_host(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.netloc in self._extra_hosts and parts.scheme in ("http", "https"):
            return
        if parts.scheme != "https" or parts.netloc not in FILE_HOSTS:
            raise PhotoError("This photo lies outside Slack. Please upload it here, then I can look at it.")

    def _fetch(self, url: str, into: BinaryIO, most: int) -> None:
        token = {"Authorization": f"Bearer {self.client.token}"}
        with self._http.request("GET", url, headers=token, redirect=False, preload_content=False) as response:
            _check_download(response)
            size = 0
            for chunk in response.stream(_CHUNK, decode_content=True):
                size += len(chunk)
                if size > most:
                    raise _too_large(size, most)
                into.write(chunk)


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
        user=told.get("user") or "",
        shares={
            channel: tuple(there)
            for where in ("public", "private")
            for channel, there in (shares.get(where) or {}).items()
        },
        more_shares=bool(told.get("has_more_shares")),
    )


def _kind(mimetype: str) -> FileKind:
    match mimetype.split("/"):
        case ["image", _]:
            return "photo"
        case ["video", _]:
            return "video"
        case ["text", "csv" | "tab-separated-values"]:
            return "table"
        case ["application", "zip" | "x-zip-compressed"]:
            return "archive"
        case _:
            return "other"


def _check_download(response: urllib3.BaseHTTPResponse) -> None:
    if response.status in (301, 302, 303, 307, 308) or "text/html" in response.headers.get("Content-Type", ""):
        raise LoginPage
    if response.status in (404, 410):
        raise PhotoGone
    if response.status != 200:  # noqa: PLR2004  # HTTP's own OK
        raise SlackBusy(
            "Slack does not hand out the photo right now; I will try again.",
            after=retry_after(response.headers, 0.0),
        )


def _too_large(size: int, most: int) -> TooLarge:
    megabytes, limit = -(-size // 2**20), most // 2**20
    return TooLarge(f"This file is too big for me ({megabytes} MB; limit {limit} MB).")
