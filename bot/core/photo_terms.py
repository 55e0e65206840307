"""What a photo can be found by: the words of its labels, its text and its celebrities, as they are looked up; pure.

A term is a word or two neighbouring ones, without case, accents and plural: `dog`, `mobile phone`. So that a word alone
finds labels and text, their words are terms as they are; what was read stands again behind `text:`, and celebrities
stand behind `celebrity:` alone. A phrase is looked up by its words two by two.

Why no full-text index of the database's own: SQLite's and PostgreSQL's answer differently, and PostgreSQL's must read
every photo of a common word before it can tell the newest, and is not used at all behind row-level security.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final, Literal

from bot.core import names
from bot.core.findings import PEOPLE
from bot.core.plural import singular

Kind = Literal["any", "text", "celebrity", "quality"]
"""Where a term is looked for; `any` is a label or text."""
Finding = Mapping[str, Any]
"""A finding as it is stored: its fields, and its class's name under `kind`."""

ANY_PHOTO: Final = ""
"""The term of every photo."""
SHARP: Final = "sharp"
BRIGHT: Final = "bright"
UPPER_THIRD: Final = 200 / 3
"""From where, of 100, a picture is called sharp or bright."""
SURE: Final = 95.0
"""The least match confidence of a celebrity by whom a photo is found: Amazon's advice for naming anybody."""
LONGEST: Final = 60
"""Characters of a word; what follows is cut off."""
ABOUT_PEOPLE: Final = "Person Description"
"""The category of labels that tell people's gender and age; by those no photo is found."""


def terms(findings: Iterable[Finding]) -> frozenset[str]:
    """Every term by which a photo is found.

    Args:
        findings: What all detectors found in it.
    """
    found = tuple(findings)
    parts = (_of_labels, _of_text, _of_celebrities, _of_quality)
    return frozenset({ANY_PHOTO}.union(*(part(found) for part in parts)))


def asked(kind: Kind, phrase: str) -> tuple[str, ...]:
    """The terms that a photo must have, all of them, for a phrase to be found; none where it holds no word."""
    words = spelled(phrase)
    pairs = tuple(map(" ".join, pairwise(words)))
    return tuple(_placed(kind, term) for term in pairs or words)


def spelled(text: str) -> tuple[str, ...]:
    """The words of a text as terms spell them: `Mobile Phones` gives `mobile` and `phone`."""
    return tuple(singular(word[:LONGEST]) for word in names.words(text))


def _placed(kind: Kind, term: str) -> str:
    return term if kind == "any" else f"{kind}:{term}"


def _pieces(text: str) -> Iterator[str]:
    words = spelled(text)
    yield from words
    yield from map(" ".join, pairwise(words))


def _of_labels(findings: Sequence[Finding]) -> Iterator[str]:
    labels = [one for one in findings if one["kind"] == "Label"]
    untold = {one["name"] for one in labels if ABOUT_PEOPLE in one["categories"]} - PEOPLE
    for label in labels:
        if label["name"] not in untold:
            named = (label["name"], *label["aliases"], *label["parents"])
            yield from (term for name in named if name not in untold for term in _pieces(name))


def _of_text(findings: Sequence[Finding]) -> Iterator[str]:
    for line in _lines([one for one in findings if one["kind"] == "Word"]):
        for term in _pieces(line):
            yield from (term, _placed("text", term))


def _lines(words: Iterable[Finding]) -> Iterable[str]:
    """Words in the lines that they stand in; one without a line is a line of its own."""
    lines: dict[tuple[int, int], list[str]] = {}
    for place, word in enumerate(words):
        line = word["line"]
        lines.setdefault((line, place if line < 0 else 0), []).append(word["text"])
    return map(" ".join, lines.values())


def _of_celebrities(findings: Sequence[Finding]) -> Iterator[str]:
    for one in findings:
        if one["kind"] == "Celebrity" and one["confidence"] >= SURE:
            yield from (_placed("celebrity", term) for term in _pieces(one["name"]))


def _of_quality(findings: Sequence[Finding]) -> Iterator[str]:
    """Whether the picture is sharp and bright; where nobody measured it, whether its best face is."""
    pictures = [one for one in findings if one["kind"] == "ImageQuality"]
    measured = pictures or [one for one in findings if one["kind"] == "Face"]
    for word, measure in ((SHARP, "sharpness"), (BRIGHT, "brightness")):
        if max((one[measure] or 0.0 for one in measured), default=0.0) >= UPPER_THIRD:
            yield _placed("quality", word)
