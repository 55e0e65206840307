"""Words in the photo; bib numbers are among them."""

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from math import atan2, degrees
from typing import Any, Final

from bot.core.bibs import bibs_among
from bot.core.channel import ChannelSettings
from bot.core.findings import Word
from bot.core.geometry import Box
from bot.core.plural import listed
from bot.core.report import Line
from bot.detectors import Answer, Detector

FLOOR: Final = 30.0
"""The least confidence, 0 to 100, that is kept: real numbers were recorded at 45."""
MOST_QUOTES: Final = 6
"""How many phrases are quoted."""
SHORTEST: Final = 2
"""Letters and digits below which a phrase says nothing; single signs are mostly misread pictures."""
ALIKE: Final = 0.8
"""The part of two texts that is the same where they are one sign read twice, as on a sponsor's wall."""
STEEP: Final = 45.0
"""Degrees from level above which a box is as wide as its text is high."""


def options(_settings: ChannelSettings) -> dict[str, Any]:
    """Ask low and always say how low: Amazon's pages name two different defaults."""
    return {"Filters": {"WordFilter": {"MinConfidence": FLOOR}}}


def read(answer: Answer, _settings: ChannelSettings) -> list[Word]:
    """Keep words in reading order; lines hold the same words once more."""
    found = sorted(answer["TextDetections"], key=lambda it: it["Id"])
    return [_word(it) for it in found if it["Type"] == "WORD" and it["Confidence"] >= FLOOR]


def _word(found: Mapping[str, Any]) -> Word:
    geometry = found["Geometry"]
    return Word(
        text=found["DetectedText"],
        confidence=found["Confidence"],
        box=Box.of(geometry["BoundingBox"]),
        line=found.get("ParentId", -1),
        angle=_angle(geometry.get("Polygon", ())),
    )


def _angle(corners: Sequence[Mapping[str, float]]) -> float:
    """Follow the upper edge: the first two corners, as the text is read."""
    if len(corners) < 2:  # noqa: PLR2004 - an edge has two ends
        return 0.0
    start, end = corners[0], corners[1]
    return degrees(atan2(end["Y"] - start["Y"], end["X"] - start["X"]))


def say(words: Sequence[Word], settings: ChannelSettings) -> list[Line]:
    """Quote what was read, largest first, no phrase twice; bib numbers are told as such."""
    sure = [word for word in words if word.confidence >= settings.confidence and not _is_bib(word)]
    quotes = [f"“{phrase}”" for phrase in phrases(sure)]
    return [Line("text", f"It reads {listed(quotes, MOST_QUOTES)}")] if quotes else []


def _is_bib(word: Word) -> bool:
    return any(bib.asserted for bib in bibs_among([word]))


def phrases(words: Sequence[Word]) -> list[str]:
    """Put the words of a line together again, the largest line first; what reads much like a larger one is left out."""
    lines: dict[tuple[int, int], list[Word]] = {}
    for place, word in enumerate(words):
        lines.setdefault((word.line, place if word.line < 0 else 0), []).append(word)
    told: dict[str, str] = {}
    for line in sorted(lines.values(), key=lambda line: -max(map(_height, line))):
        spelled = " ".join(word.text for word in line)
        signs = "".join(filter(str.isalnum, spelled.casefold()))
        if len(signs) >= SHORTEST and not any(_alike(signs, other) for other in told):
            told[signs] = spelled
    return list(told.values())


def _alike(one: str, other: str) -> bool:
    """Tell whether two texts are the same sign read twice: one is a part of the other, or they differ by little."""
    return one in other or SequenceMatcher(None, one, other).ratio() >= ALIKE


def _height(word: Word) -> float:
    upright = STEEP < abs(word.angle) < 180 - STEEP
    return word.box.width if upright else word.box.height


DETECTOR = Detector(
    operation="detect_text",
    options=options,
    read=read,
    say=say,
    title="Bib numbers and other text",
)
