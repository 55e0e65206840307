"""One photo's findings as other programs and people at a terminal read them."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from bot.core.findings import Color, Face, ImageQuality, Label, Unsafe, Word
from bot.core.share import Looked


def to_json(photo: str, looked: Looked) -> dict[str, Any]:
    """One object a photo (DESIGN §8): every key is there, also where nothing was found.

    Confidences run from 0 to 100; boxes are fractions of the upright frame.
    """
    told = {
        "photo": photo,
        "labels": _all(looked, "labels", Label),
        "words": _all(looked, "text", Word),
        "bibs": [asdict(bib) for bib in looked.bibs],
        "faces": _all(looked, "faces", Face),
        "people": [],
        "celebrities": [asdict(one) for one in looked.found.get("celebrities", ())],
        "moderation": _all(looked, "moderation", Unsafe),
        "quality": next(iter(_all(looked, "labels", ImageQuality)), None),
        "colors": _all(looked, "labels", Color),
        "remarks": list(looked.remarks),
        "failed": [*looked.failures, *looked.cannot],
    }
    return {**told, "error": looked.refusal} if looked.refusal else told


def as_text(photo: str, looked: Looked) -> str:
    """What a person reads at a terminal."""
    if looked.refusal:
        return f"{photo}: {looked.refusal}"
    lines = [line.text for line in looked.lines] or ["Nothing found."]
    return "\n".join([photo, *_indented([*lines, *looked.remarks, *looked.failures, *looked.cannot])])


def _all(looked: Looked, detector: str, kind: type[Any]) -> list[dict[str, Any]]:
    return [asdict(one) for one in looked.found.get(detector, ()) if isinstance(one, kind)]


def _indented(lines: Iterable[str]) -> list[str]:
    return [f"  {line}" for line in lines]
