"""One photo's findings as other programs and people at a terminal read them."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from bot.core import summary
from bot.core.findings import Color, Face, ImageQuality, Label, Unsafe, Word
from bot.core.people import FaceMatch, People
from bot.core.report import PhotoReport
from bot.core.share import Looked
from bot.core.telling_bibs import doubts, sure
from bot.core.telling_people import counts


def to_json(photo: str, looked: Looked, people: Sequence[FaceMatch] = ()) -> dict[str, Any]:
    """One object a photo (DESIGN §8): every key is there, also where nothing was found.

    Confidences run from 0 to 100; boxes are fractions of the upright frame.

    Args:
        photo: The path or link.
        looked: What was found.
        people: The faces as they may be read.
    """
    told = {
        "photo": photo,
        "labels": _all(looked, "labels", Label),
        "words": _all(looked, "text", Word),
        "bibs": [asdict(bib) for bib in looked.bibs],
        "faces": _all(looked, "faces", Face),
        "people": [_person(face) for face in people],
        "celebrities": [asdict(one) for one in looked.found.get("celebrities", ())],
        "moderation": _all(looked, "moderation", Unsafe),
        "quality": next(iter(_all(looked, "labels", ImageQuality)), None),
        "colors": _all(looked, "labels", Color),
        "remarks": list(looked.remarks),
        "failed": [*looked.failures, *looked.cannot],
    }
    return {**told, "error": looked.refusal} if looked.refusal else told


def faces_json(photo: str, looked: Looked, people: Sequence[FaceMatch]) -> dict[str, Any]:
    """One object a photo, with every face, searched or not: `name` where probably, `maybe` the name where maybe."""
    told: dict[str, Any] = {"photo": photo, "faces": [_person(face) for face in people]}
    failed = [*looked.failures, *looked.cannot]
    return {**told, **({"failed": failed} if failed else {}), **({"error": looked.refusal} if looked.refusal else {})}


def faces_as_text(photo: str, looked: Looked, people: Sequence[FaceMatch]) -> str:
    """Who is in a photo, as a person reads it at a terminal."""
    if looked.refusal:
        return f"{photo}: {looked.refusal}"
    rest = counts(People(tuple(people))) if people else "No face found."
    return "\n".join([photo, *_indented([*_named(people), rest, *looked.failures, *looked.cannot])])


def _named(people: Sequence[FaceMatch]) -> list[str]:
    return [f"{face.certainty} {face.name} ({int(face.similarity)} %)" for face in people if face.name]


def _person(face: FaceMatch) -> dict[str, Any]:
    return {
        "box": asdict(face.box),
        "name": face.name if face.certainty == "probably" else None,
        "maybe": face.name if face.certainty == "maybe" else None,
        "similarity": face.similarity if face.name else None,
    }


def as_text(photo: str, looked: Looked, people: Sequence[FaceMatch] = ()) -> str:
    """What a person reads at a terminal."""
    if looked.refusal:
        return f"{photo}: {looked.refusal}"
    report = PhotoReport(file=photo, bibs=sure(looked.bibs), lines=(*looked.lines, *doubts(looked.bibs)))
    lines = [*(line.text for line in summary.told(report)), *_named(people)] or ["Nothing found."]
    return "\n".join([photo, *_indented([*lines, *looked.remarks, *looked.failures, *looked.cannot])])


def _all(looked: Looked, detector: str, kind: type[Any]) -> list[dict[str, Any]]:
    return [asdict(one) for one in looked.found.get(detector, ()) if isinstance(one, kind)]


def _indented(lines: Iterable[str]) -> list[str]:
    return [f"  {line}" for line in lines]
