"""`/spotter scan`, and zips: many photos at once; the price first, progress meanwhile, the index at the end."""

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Final
from uuid import uuid4

from bot.admins import Admins
from bot.albums import INDEX, files_of
from bot.core import money
from bot.core.album import Album, AlbumPhoto, photo_of
from bot.core.channel import ChannelSettings
from bot.core.job import Submit
from bot.core.share import Looked, Share
from bot.dropped_zip import sources_of
from bot.errors import AskError
from bot.fetch import Fetcher
from bot.gate import Gate
from bot.looking import Looking
from bot.replying import Place, Replying
from bot.scan import Tried, scan
from bot.scan.index import Index
from bot.scan.patience import patiently
from bot.scan.sources import Source
from bot.slack import Message, Slack
from bot.start_lists import StartLists
from bot.thread_files import ThreadFiles
from storage import Storage, Work
from storage.scans import Scan

MOST_LINKS: Final = 2_000
"""How many links one list may hold (facts: trust §5)."""
_EDIT_SECONDS: Final = 3.0
"""The progress is edited no more often than this (DESIGN §3)."""
_WORKERS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a scan is.

    Attributes:
        scan: What is scanned.
        index: What was found so far.
        album: The photos together; empty until nothing more comes.
        ended: Whether nothing more comes.
    """

    scan: Scan
    index: Index
    album: Album = field(default_factory=Album)
    ended: bool = False


class LinkScan:
    """Scans lists of links, and zips.

    Args:
        storage: The memory.
        gate: Makes hostile pictures safe.
        looking: Puts the questions.
        slack_of: The door to a workspace's Slack.
        submit: Stores a job.
        local_hosts: Hosts that may be fetched from although they are not public, as `host:port`.
    """

    def __init__(
        self,
        *,
        storage: Storage,
        gate: Gate,
        looking: Looking,
        slack_of: Callable[[str], Slack],
        submit: Submit,
        local_hosts: Sequence[str] = (),
    ) -> None:
        self._storage = storage
        self._gate = gate
        self._looking = looking
        self._slack_of = slack_of
        self._submit = submit
        self._local_hosts = tuple(local_hosts)
        self._admins = Admins(storage, slack_of)
        self._replying = Replying(storage)
        self._start_lists = StartLists(storage)

    def ask(self, workspace: str, user: str, channel: str, links: Sequence[str]) -> tuple[Scan, int]:
        """Keep a list until somebody agrees to its price, in millionths of a dollar, which is the most it can cost.

        Raises:
            AskError: There is no link, there are too many, or nothing may be fetched here.
        """
        if not links:
            raise AskError("There was no link: I need one a line, beginning with https://.")
        if len(links) > MOST_LINKS:
            raise AskError(f"These are {len(links)} links; I take up to {MOST_LINKS} at once.")
        with self._storage.begin(workspace) as work:
            settings = work.channels.settings(channel)
            if not settings.scan_hosts:
                raise AskError("Name the web sites that I may fetch from, such as photos.example.org.")
            asked = Scan(uuid4().hex[:12], channel, user, tuple(dict.fromkeys(links)))
            work.scans.ask(asked)
        return asked, self._price(settings) * len(asked.links)

    def begin(self, workspace: str, user: str, scan_id: str) -> Scan:
        """Begin with photos to whose price somebody agreed.

        Raises:
            AskError: It has begun already, or was not asked for.
        """
        with self._storage.begin(workspace) as work:
            asked = work.scans.get(scan_id)
            if not asked or not work.scans.move(scan_id, "asked", "running"):
                raise AskError("This scan has begun already, or is over.")
            _note(work, user, "scan_zip" if asked.zip else "scan", asked)
        self._promise(workspace, scan_id)
        return asked

    def ask_zip(self, workspace: str, share: Share, names: Sequence[str]) -> tuple[Scan, int]:
        """Keep a zip until somebody agrees to its price, as `ask` does; asked again, it is the same scan.

        Args:
            workspace: Its id.
            share: Where the zip was dropped, and by whom.
            names: Its photos'.
        """
        scan_id = hashlib.sha256(f"{share.channel} {share.ts} {share.file}".encode()).hexdigest()[:12]
        new = Scan(scan_id, share.channel, share.user, tuple(names), zip=share.file, thread=share.thread)
        with self._storage.begin(workspace) as work:
            known = work.scans.get(scan_id)
            if not known:
                work.scans.ask(new)
            return known or new, self._price(work.channels.settings(share.channel)) * len(names)

    def begin_free(self, workspace: str, asked: Scan) -> None:
        """Begin with photos that cost nothing; begun already, it is the same scan."""
        with self._storage.begin(workspace) as work:
            if work.scans.move(asked.id, "asked", "running"):
                _note(work, asked.user, "scan_zip" if asked.zip else "scan", asked)
        self._promise(workspace, asked.id)

    def allow(self, workspace: str, user: str, scan_id: str) -> None:
        """Make sure that somebody may say whether a scan goes on: an admin, or whoever dropped the zip.

        Raises:
            NotAllowed: They may not.
        """
        with self._storage.begin(workspace) as work:
            asked = work.scans.get(scan_id)
        if not (asked and asked.zip and asked.user == user):
            self._admins.check(workspace, user)

    def stop(self, workspace: str, user: str, scan_id: str) -> None:
        """Stop after the photos in hand.

        Raises:
            AskError: It is over.
        """
        with self._storage.begin(workspace) as work:
            asked = work.scans.get(scan_id)
            stopped = [work.scans.move(scan_id, state, "stopped") for state in ("running", "asked")]
            if not asked or not any(stopped):
                raise AskError("This scan is over.")
            _note(work, user, "scan_zip_stop" if asked.zip else "scan_stop", asked)

    def run(self, job: str, payload: Mapping[str, Any], render: Callable[[Progress], Message]) -> None:
        """Scan a list: a job. Run again after a crash it pays nothing twice: answers are kept by pixels."""
        workspace, scan_id = payload["workspace"], payload["scan"]
        with self._storage.begin(workspace) as work:
            asked = work.scans.get(scan_id)
        if asked is None or asked.state == "done":
            return
        slack = self._slack_of(workspace)
        place = Place(workspace=workspace, channel=asked.channel, key=f"scan-{scan_id}", thread=asked.thread)
        ended = self._ended(asked, lambda so_far: self._tell(slack, place, job, render(so_far)), workspace)
        self._tell(slack, place, job, render(ended))
        self._hand_over(slack, place, ended.index)
        with self._storage.begin(workspace) as work:
            work.scans.move(scan_id, "running", "done")

    def _ended(self, asked: Scan, tell: Callable[[Progress], None], workspace: str) -> Progress:
        settings = self._settings(workspace, asked)
        counted = "faces" in self._wanted(settings).detectors
        index, told = Index(listed=bool(settings.start_list)), time.monotonic()
        photos: list[AlbumPhoto] = []
        tell(Progress(scan=asked, index=index))
        for tried in self._tried(workspace, asked, settings):
            index.add(tried.source.name, tried.looked)
            photos.append(photo_of(tried.source.name, tried.looked, counted=counted))
            if time.monotonic() - told >= _EDIT_SECONDS:
                told = time.monotonic()
                tell(Progress(scan=asked, index=index))
                if self._is_stopped(workspace, asked):
                    break
        album = Album(tuple(photos), len(index.failed), index.cost)
        return Progress(scan=asked, index=index, album=album, ended=True)

    def _promise(self, workspace: str, scan_id: str) -> None:
        self._submit("scan", f"{workspace}-{scan_id}", {"workspace": workspace, "scan": scan_id})

    def _settings(self, workspace: str, asked: Scan) -> ChannelSettings:
        with self._storage.begin(workspace) as work:
            return work.channels.settings(asked.channel)

    def _tried(self, workspace: str, asked: Scan, settings: ChannelSettings) -> Iterator[Tried]:
        wanted = self._wanted(settings)

        def look(data: bytes) -> Looked:
            start_list = self._start_lists.of(workspace, asked.channel, settings)
            photo = self._gate.open(data)
            return patiently(lambda: self._looking.look(workspace, photo, wanted, start_list, channel=asked.channel))

        with self._sources(workspace, asked, settings) as sources:
            yield from scan(sources, look, workers=_WORKERS)

    def _sources(self, workspace: str, asked: Scan, settings: ChannelSettings) -> AbstractContextManager[list[Source]]:
        if asked.zip:
            return sources_of(self._slack_of(workspace), asked.zip)
        fetcher = Fetcher(hosts=settings.scan_hosts, local=self._local_hosts)
        return nullcontext([Source(link, partial(fetcher.fetch, link)) for link in asked.links])

    def _tell(self, slack: Slack, place: Place, job: str, message: Message) -> None:
        self._replying.tell(slack, place, job, lambda: message)

    def _hand_over(self, slack: Slack, place: Place, index: Index) -> None:
        """Put the index into the thread of the last message, or the one that it stands in; once."""
        thread = place.thread or self._replying.ts(place)
        files = ThreadFiles(self._storage)
        known = files.known(place.workspace, place.channel, thread or place.key, INDEX)
        files.put(slack, place.workspace, known, files_of(index), shows=place.key, thread=thread)

    def _is_stopped(self, workspace: str, asked: Scan) -> bool:
        with self._storage.begin(workspace) as work:
            now = work.scans.get(asked.id)
        return now is None or now.state == "stopped"

    def _wanted(self, settings: ChannelSettings) -> ChannelSettings:
        """A scan asks a paid engine for text alone (DESIGN §8)."""
        return replace(settings, detectors=("text",) if self._looking.vision.paid else ("text", "faces"))

    def _price(self, settings: ChannelSettings) -> int:
        if not self._looking.vision.paid:
            return 0
        return sum(money.price(f"detect_{name}", {}) for name in self._wanted(settings).detectors)


def _note(work: Work, user: str, act: str, asked: Scan) -> None:
    work.audit.note(user, act, asked.channel, {"scan": asked.id, "photos" if asked.zip else "links": len(asked.links)})
