"""All that is known of one photo in a message: what its answer is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from bot.core.bibs import Bib
from bot.core.channel import ChannelSettings
from bot.core.people import FaceMatch
from bot.core.share import Share

F = TypeVar("F")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A photo that was looked at, with the findings as they are kept.

    Attributes:
        share: The photo in its message.
        digest: The identity of its pixels.
        bibs: Its numbers as they are told, corrections included; refused ones, too.
        corrected: Who corrected a number, by number.
        found: Each detector's findings, by the detector's name.
        faces: Whose faces they are, as far as the reader may know.
        asked: The operations that were asked, by boto3's names, each with the engine and model that answered.
        unsafe: Whether it may be unsafe.
        job: The job that looked, as the log names it; empty where that is not known.
        likeness: What it looks like, in hex: similar pictures differ in few bits; empty where that tells nothing.
        cost: Of its looks, in millionths of a dollar.
    """

    share: Share
    digest: str = ""
    bibs: tuple[Bib, ...] = ()
    corrected: Mapping[str, str] = field(default_factory=dict)
    found: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    faces: tuple[FaceMatch, ...] = ()
    asked: tuple[tuple[str, str], ...] = ()
    unsafe: bool = False
    job: str = ""
    likeness: str = ""
    cost: int = 0

    def of(self, kind: type[F]) -> tuple[F, ...]:
        """The findings of a kind, whichever detector made them."""
        return tuple(one for findings in self.found.values() for one in findings if isinstance(one, kind))


def as_settled(evidence: Evidence, settings: ChannelSettings) -> Evidence:
    """Leave out what a channel does not tell: people where nobody is looked for, and what its moderators alone read."""
    hidden = settings.moderation == "moderators" and bool(settings.moderators)
    return replace(
        evidence,
        faces=evidence.faces if settings.face_matching else (),
        unsafe=evidence.unsafe and not hidden,
    )
