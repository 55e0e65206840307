"""The index of many photos, as CSV and JSON below their summary: put there by a job, renewed where it changes."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from io import StringIO
from typing import Any, Final

from bot.core.album import LEAST
from bot.core.channel import ChannelSettings
from bot.core.evidence import Evidence
from bot.core.job import Submit
from bot.core.share import Looked, Share
from bot.scan.exports import write_csv
from bot.scan.index import Index
from bot.slack import Slack
from bot.thread_files import Made, ThreadFiles
from storage import Storage

INDEX: Final = "#index"
"""What the uploads are about: no file's id begins so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexed:
    """What an index is of, and where it stands; every moment is a timestamp as Slack writes it.

    Attributes:
        channel: The channel's id.
        ts: The message that it is about; of a summary of many messages the summary itself.
        thread: The thread that it is put into.
        since: From when on messages are summed up; empty for the one message.
        until: Before when they are.
    """

    channel: str
    ts: str
    thread: str
    since: str = ""
    until: str = ""


class Albums:
    """Keeps the index of albums.

    Args:
        storage: The memory.
        slack_of: The door to a workspace's Slack.
        submit: Stores a job.
    """

    def __init__(self, storage: Storage, slack_of: Callable[[str], Slack], submit: Submit) -> None:
        self._storage = storage
        self._slack_of = slack_of
        self._submit = submit
        self._files = ThreadFiles(storage)

    def of_message(self, workspace: str, share: Share, settings: ChannelSettings) -> None:
        """Promise the index of a photo's message, where that holds many photos and all were looked at.

        Args:
            workspace: Its id.
            share: The photo.
            settings: Its channel's.
        """
        with self._storage.begin(workspace) as work:
            states = work.shares.states(share.channel, share.ts)
            known = work.uploads.of(share.channel, share.ts, INDEX)
        many = len(states) >= LEAST and "waiting" not in states
        if known.files or (many and settings.digest == "none"):
            self.promise(workspace, Indexed(channel=share.channel, ts=share.ts, thread=share.thread))

    def promise(self, workspace: str, indexed: Indexed) -> None:
        """Promise an index; one that would say the same is the same."""
        made = _made(self._photos(workspace, indexed))
        turn = self._files.known(workspace, indexed.channel, indexed.ts, INDEX).turn
        key = f"{workspace}-{indexed.channel}-{indexed.ts}-{_name(made)}-{turn}"
        self._submit("index", key, {"workspace": workspace, "indexed": asdict(indexed)})

    def put(self, _job: str, payload: Mapping[str, Any]) -> None:
        """Put the index into its thread, in place of an older one; take it down where it has become empty: a job."""
        workspace, indexed = payload["workspace"], Indexed(**payload["indexed"])
        slack, known = self._slack_of(workspace), self._files.known(workspace, indexed.channel, indexed.ts, INDEX)
        made = _made(self._photos(workspace, indexed))
        if made:
            self._files.put(slack, workspace, known, made, shows=_name(made), thread=indexed.thread)
        else:
            self._files.take_down(slack, workspace, known)

    def _photos(self, workspace: str, indexed: Indexed) -> tuple[Evidence, ...]:
        with self._storage.begin(workspace) as work:
            if indexed.since:
                return work.evidence.between(indexed.channel, indexed.since, indexed.until)
            return work.evidence.of_message(indexed.channel, indexed.ts)


def files_of(index: Index) -> list[Made]:
    """An index as a table and as JSON."""
    table = StringIO(newline="")
    write_csv(index, table)
    written = json.dumps(index.as_json(), indent=2)
    return [Made("bibs.csv", table.getvalue().encode()), Made("bibs.json", written.encode())]


def _made(photos: Sequence[Evidence]) -> list[Made]:
    """The index of photos that were shared; nothing without a photo."""
    index = Index(listed=any(bib.state == "listed" for photo in photos for bib in photo.bibs))
    for photo in photos:
        index.add(photo.share.name, Looked(bibs=photo.bibs, cost=photo.cost))
    return files_of(index) if photos else []


def _name(made: Sequence[Made]) -> str:
    return hashlib.sha256(b"".join(one.data for one in made)).hexdigest()[:16]
