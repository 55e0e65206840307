"""A photo in a message, and what a look at it brought."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.core.bibs import Bib
from bot.core.findings import Face, Label
from bot.core.people import FaceMatch
from bot.core.report import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One file in one message: the thing that is looked at and answered.

    Attributes:
        channel: The channel's id.
        ts: The message's timestamp, Slack's id for it within the channel.
        file: The file's id.
        thread_ts: Where the answer goes: the thread's first message, or `ts` itself.
        user: Who shared it.
        name: The file's name.
        permalink: The file's page in Slack.
        format: Slack's word for the file's type, such as `jpg`.
    """

    channel: str
    ts: str
    file: str
    thread_ts: str = ""
    user: str = ""
    name: str = ""
    permalink: str = ""
    format: str = ""

    @property
    def thread(self) -> str:
        """The timestamp that an answer is threaded under."""
        return self.thread_ts or self.ts

    def address(self) -> dict[str, str]:
        """Where it is, in Slack's ids alone: what a job that waits may know of it."""
        return {"channel": self.channel, "ts": self.ts, "file": self.file, "thread_ts": self.thread_ts}


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What one look at a photo brought.

    Attributes:
        digest: The photo's identity; empty where it was refused.
        width: Of the upright original, in pixels.
        height: As `width`.
        taken: By the camera's clock, without a zone.
        found: Each detector's findings, frozen dataclasses, by its name.
        bibs: The numbers in it.
        faces: Its faces and whose they are, without names; none where nobody was to be looked for.
        lines: What is told.
        failures: What could not be asked, and who can mend it.
        cannot: What this engine does not offer at all.
        remarks: On the picture itself.
        refusal: Why it was refused, where it was.
        likeness: What the picture looks like: see `bot.core.photo.Photo`.
        paid_calls: How many calls were paid for now; stored answers cost nothing.
        cost: Of those calls, in millionths of a dollar.
    """

    digest: str = ""
    width: int = 0
    height: int = 0
    taken: datetime | None = None
    found: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    bibs: tuple[Bib, ...] = ()
    faces: tuple[FaceMatch, ...] = ()
    lines: tuple[Line, ...] = ()
    failures: tuple[str, ...] = ()
    cannot: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    refusal: str = ""
    likeness: str = ""
    paid_calls: int = 0
    cost: int = 0

    @property
    def people(self) -> int:
        """How many people are in it, as far as can be told: their faces, or the persons that were counted."""
        faces = sum(isinstance(one, Face) for one in self.found.get("faces", ()))
        persons = (one for one in self.found.get("labels", ()) if isinstance(one, Label) and one.name == "Person")
        return max([faces, *(len(one.boxes) or 1 for one in persons)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """A file that somebody shared, as an event tells it: small enough to wait in a queue.

    Attributes:
        workspace: The workspace's id.
        channel: The channel's id.
        file: The file's id.
        user: Who shared it.
        at: The timestamp of the message, or of the event, in seconds since 1970 as Slack writes it.
        asked_by: Who asked for the look, where it was not the drop itself that did.
    """

    workspace: str
    channel: str
    file: str
    user: str
    at: str
    asked_by: str = ""
