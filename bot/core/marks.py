"""What is drawn into a photo to show what was found: boxes, each with a few words."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from typing import Final, Literal

from bot.core.bibs import Bib
from bot.core.evidence import Evidence
from bot.core.findings import Celebrity, Face, Protected
from bot.core.geometry import Box
from bot.core.plural import counted, listed

Kind = Literal["bib", "unsure", "person", "celebrity", "face", "equipment", "thing"]
"""What a box is around; the order is that of what matters most."""
MOST_THINGS: Final = 12
"""Nobody reads more in one picture."""
ALT_TEXT: Final = 1_000
"""Characters of a file's alternative text (facts: slack §2.2)."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A box, and what stands at it; nothing where the box says enough.

    Attributes:
        kind: What it is around.
        text: What stands at it, as it was read or is called.
        box: In fractions of the upright photo.
    """

    kind: Kind
    text: str
    box: Box


def marks(evidence: Evidence, things: Iterable[tuple[str, Box]] = ()) -> tuple[Mark, ...]:
    """Choose what is drawn, what matters most first; never what is unsafe.

    Args:
        evidence: What is known of the photo, with the names that everybody may read.
        things: Names of things, and where they are.
    """
    famous = [Mark("celebrity", one.name, one.box) for one in evidence.of(Celebrity)]
    named = [Mark("person", face.name, face.box) for face in evidence.faces if _is_named(face.certainty, face.name)]
    known = [mark.box for mark in (*named, *famous)]
    faces = (face.box for face in evidence.of(Face))
    return (
        *(mark for bib in evidence.bibs for mark in _of_bib(bib)),
        *named,
        *famous,
        *(Mark("face", "", box) for box in faces if not any(box.is_same(other) for other in known)),
        *(Mark("equipment", _missing(one), one.box) for one in evidence.of(Protected) if one.verdict != "wearing"),
        *[Mark("thing", name, box) for name, box in things][:MOST_THINGS],
    )


def _is_named(certainty: str, name: str) -> bool:
    return certainty == "probably" and bool(name)


def _of_bib(bib: Bib) -> list[Mark]:
    if bib.asserted:
        return [Mark("bib", bib.number, bib.box)]
    return [Mark("unsure", f"{bib.number}?", bib.box)] if bib.state in ("read", "partial") else []


def _missing(one: Protected) -> str:
    lacks = [item for item, verdict in one.items.items() if verdict == "missing"]
    return f"no {listed(lacks)}" if lacks else "unclear"


def in_words(shown: Sequence[Mark]) -> str:
    """Say what the boxes show, for whoever cannot see them: at most 1,000 characters."""
    told = [_named("Bib", shown, "bib"), _named("Unsure bib", shown, "unsure")]
    told += [_named("Person", shown, "person"), _named("Celebrity", shown, "celebrity"), _faces(shown)]
    told += [_named("Equipment", shown, "equipment"), _named("Thing", shown, "thing")]
    words = "The photo with a box around each finding. " + " ".join(filter(None, told))
    return words if len(words) <= ALT_TEXT else f"{words[: ALT_TEXT - 1]}…"


def _named(title: str, shown: Sequence[Mark], kind: Kind) -> str:
    times = Counter(mark.text for mark in shown if mark.kind == kind)
    words = [text if count == 1 else f"{text} ({count} times)" for text, count in times.items()]
    return f"{title}: {', '.join(words)}." if words else ""


def _faces(shown: Sequence[Mark]) -> str:
    number = sum(mark.kind == "face" for mark in shown)
    said = counted(number, "face") if number else ""
    return f"{said[:1].upper()}{said[1:]} without a name." if said else ""


def name_of(shown: Sequence[Mark]) -> str:
    """A name for these marks: the same for the same marks alone."""
    return hashlib.sha256(repr([astuple(mark) for mark in shown]).encode()).hexdigest()[:16]
