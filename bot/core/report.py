"""What is told of the photos of one message, before anybody thinks of Slack or of a terminal."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

Topic = Literal[
    "unsafe",
    "bibs",
    "named",
    "people",
    "doubts",
    "celebrities",
    "things",
    "text",
    "faces",
    "searched",
    "picture",
    "other",
]
"""What a line is about; the order here is the order in which lines are told."""


@dataclass(frozen=True, slots=True)
class Link:
    """A web page about something in the photo; `url` begins with `https://` or `http://`."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to tell. Plain text: whatever was read in a photo stands in it as it was read.

    Attributes:
        topic: What it is about.
        text: Stands by itself, with no full stop: `2 bicycles, a dog, a truck`, `It reads “FINISH”`.
        links: Pages that belong to it.
        fleeting: Whether it is told once and never stored.
    """

    topic: Topic
    text: str
    links: tuple[Link, ...] = ()
    fleeting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoReport:
    """What is told of one photo.

    Attributes:
        file: The file's id in Slack, or its path or URL elsewhere.
        name: How the person calls it: the file's name.
        state: `waiting` until it was looked at, then `done`, or `refused` where it cannot be looked at.
        bibs: What is asserted, surest first: a number, or `1234 (Ada Runner)`.
        lines: What was found.
        failures: Sentences on what could not be asked, and who can mend it.
        remarks: Sentences on the picture itself, such as that only its first frame was looked at.
        refusal: Why it was refused; of one that is waiting: for what.
    """

    file: str
    name: str = ""
    state: Literal["waiting", "done", "refused"] = "done"
    bibs: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    failures: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    refusal: str = ""

    @property
    def tells(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.bibs or self.lines or self.failures or self.refusal)


@dataclass(frozen=True, slots=True)
class Report:
    """What is told of one message, however many photos it holds."""

    photos: tuple[PhotoReport, ...]

    @property
    def waiting(self) -> int:
        """How many photos are still being looked at."""
        return sum(photo.state == "waiting" for photo in self.photos)

    @property
    def tells(self) -> bool:
        """Whether there is anything to say."""
        return any(photo.tells for photo in self.photos)


def ordered(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Put the finding that matters most first."""
    topics: tuple[Topic, ...] = Topic.__args__  # type: ignore[attr-defined]  # a Literal's values, in their order
    return tuple(sorted(lines, key=lambda line: topics.index(line.topic)))


def only(report: Report, topic: Topic) -> Report:
    """The photos that have lines on a topic, with those lines alone."""
    photos = (
        PhotoReport(file=photo.file, name=photo.name, lines=tuple(line for line in photo.lines if line.topic == topic))
        for photo in report.photos
    )
    return Report(tuple(photo for photo in photos if photo.lines))


def with_lines(report: Report, file: str, lines: Sequence[Line]) -> Report:
    """The report with more lines on one file."""
    photos = (replace(photo, lines=(*photo.lines, *lines)) if photo.file == file else photo for photo in report.photos)
    return Report(tuple(photos))


def without(report: Report, *topics: Topic) -> Report:
    """The report with no line on some topics."""
    return Report(
        tuple(
            replace(photo, lines=tuple(line for line in photo.lines if line.topic not in topics))
            for photo in report.photos
        )
    )
