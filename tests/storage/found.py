"""Photos in a memory, for the tests that search it."""

from datetime import datetime
from typing import Any

from bot.core.bibs import Bib, State
from bot.core.findings import Face
from bot.core.geometry import Box
from bot.core.share import Looked, Share
from storage import Storage

BOX = Box(0.25, 0.5, 0.125, 0.0625)
FACES = {"faces": (Face(BOX, 99.0),)}


def bib(number: str, confidence: float = 95.0, state: State = "read") -> Bib:
    return Bib(number, confidence, BOX, state)


def put(
    storage: Storage,
    file: str,
    *bibs: Bib,
    channel: str = "C1",
    workspace: str = "T1",
    digest: str = "",
    taken: datetime | None = None,
    found: Any = None,
) -> Share:
    """A photo with its bibs in a channel; its pixels are its own, where `digest` is not given."""
    ts = f"1.{file}"
    named = {"name": f"{file}.jpg", "permalink": f"https://slack/{file}"}
    share = Share(channel=channel, ts=ts, thread_ts=ts, file=file, **named)
    with storage.begin(workspace) as work:
        work.shares.begin(share)
        work.shares.finish(share, Looked(digest=digest or f"d{file}", bibs=bibs, taken=taken, found=found or {}))
    return share
