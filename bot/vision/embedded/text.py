"""DetectText: lines and words, by PP-OCR."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from bot.vision.embedded.boxes import box_of, point_of, polygon_of_box
from bot.vision.embedded.pictures import Pixels, scaled
from bot.vision.embedded.text_doubt import TextDoubt
from bot.vision.embedded.text_finder import LARGE, TextFinder
from bot.vision.embedded.text_reader import TextReader

Quad = npt.NDArray[np.float32]
"""Four corners as x and y, clockwise from the text's own top left, in fractions of the frame."""

LEAST_PIXELS: Final = 250_000
"""A picture of 410 × 610 pixels: smaller ones are enlarged to it. Who wants more of a larger one sends it enlarged."""
LARGE_TEXT: Final = 16
"""Pixels of height from which on text is found in a small picture as it is."""
MOST_PIXELS: Final = 1_300_000
"""A picture of 1,400 pixels at 3:2, in which lines are looked for; they are read at the picture's full size."""
SMALL: Final = 400_000
"""Pixels up to which lines are looked for in several pictures at once: torsos, and photos from the web."""
THREADS: Final = 1
"""Threads for one picture: pictures side by side use every core, where two threads for one wait for each other."""
UNREADABLE: Final = 30.0
"""Confidence under which a text means nothing."""
MODEL_VERSION: Final = "PP-OCRv6-small"


@dataclass(frozen=True, slots=True)
class Reading:
    """A line or a word: its text, its confidence from 0 to 100, its corners."""

    text: str
    confidence: float
    quad: Quad


class Text:
    """Answers DetectText; threads may share it. Loads its models when made.

    Lines are looked for in one large picture at a time to spare memory (two at once take 600 MB more; facts: trip A5),
    and read in several.
    """

    def __init__(self) -> None:
        self._one_large = Lock()
        self._find = TextFinder(THREADS)
        self._find_large = TextFinder(THREADS, LARGE)
        self._read = TextReader(THREADS)
        self._doubt = TextDoubt(THREADS)

    def __call__(self, picture: Pixels, request: Mapping[str, Any]) -> dict[str, Any]:
        """Answer with `TextDetections`: every line, then every word with its line's id."""
        filters = request.get("Filters", {})
        found = self._lines(picture, filters.get("WordFilter", {}).get("MinBoundingBoxHeight", 0))
        lines = [(line, [word for word in words_of(line) if kept(word, filters)]) for line in found]
        return {"TextDetections": list(_detections(lines)), "TextModelVersion": MODEL_VERSION}

    def _lines(self, picture: Pixels, least: float) -> list[Reading]:
        """Read the lines that are high enough: no word is higher than its line.

        Who wants no small text looks for a bib on a torso, and another finder does that better.
        """
        ready, factor = _prepared(picture, least)
        frame = np.array(ready.shape[1::-1], dtype=np.float32)
        find = self._find_large if least else self._find
        shown = scaled(ready, factor)
        with nullcontext() if shown.shape[0] * shown.shape[1] <= SMALL else self._one_large:
            quads = find(shown) / factor
        high = [quad for quad in quads if box_of(quad / frame)["Height"] >= least]
        read = [(*self._read(ready, quad), quad) for quad in high]
        return [
            Reading(text, self._doubt(ready, quad, text, sure), quad / frame)
            for text, sure, quad in read
            if text and sure >= UNREADABLE
        ]


def _prepared(picture: Pixels, least: float) -> tuple[Pixels, float]:
    """A picture to read in, and by how much it is scaled for the finder; enlarged only where small text counts."""
    pixels = picture.shape[0] * picture.shape[1]
    small = pixels < LEAST_PIXELS and least * picture.shape[0] < LARGE_TEXT
    ready = scaled(picture, (LEAST_PIXELS / pixels) ** 0.5 if small else 1)
    pixels = ready.shape[0] * ready.shape[1]
    return ready, (min(pixels, MOST_PIXELS) / pixels) ** 0.5


def words_of(line: Reading) -> Iterator[Reading]:
    """Split a line at its spaces; a word's corners lie where its letters begin and end, all letters being as wide."""
    for word in re.finditer(r"\S+", line.text):
        start, end = word.start() / len(line.text), word.end() / len(line.text)
        yield Reading(word.group(), line.confidence, _part(line.quad, start, end))


def _part(quad: Quad, start: float, end: float) -> Quad:
    top_left, top_right, bottom_right, bottom_left = quad
    top, bottom = top_right - top_left, bottom_right - bottom_left
    return np.array(
        [top_left + start * top, top_left + end * top, bottom_left + end * bottom, bottom_left + start * bottom],
        dtype=np.float32,
    )


def kept(word: Reading, filters: Mapping[str, Any]) -> bool:
    """Apply the request's `Filters`: confidence, size, and a middle within one of the regions."""
    least, box = filters.get("WordFilter", {}), box_of(word.quad)
    return (
        word.confidence >= least.get("MinConfidence", 0)
        and box["Height"] >= least.get("MinBoundingBoxHeight", 0)
        and box["Width"] >= least.get("MinBoundingBoxWidth", 0)
        and _inside(word, filters.get("RegionsOfInterest", []))
    )


def _inside(word: Reading, regions: Sequence[Mapping[str, Any]]) -> bool:
    x, y = word.quad.mean(axis=0)
    polygons = [region.get("Polygon") or polygon_of_box(region.get("BoundingBox", {})) for region in regions]
    corners = (np.array([point_of(corner) for corner in polygon], dtype=np.float32) for polygon in polygons)
    return not regions or any(
        cv2.pointPolygonTest(region, (float(x), float(y)), measureDist=False) >= 0 for region in corners
    )


def _detections(lines: Sequence[tuple[Reading, list[Reading]]]) -> Iterator[dict[str, Any]]:
    told = [(line, words) for line, words in lines if words]
    for number, (line, _) in enumerate(told):
        yield _detection(line, "LINE", number)
    number = len(told)
    for parent, (_, words) in enumerate(told):
        for word in words:
            yield {**_detection(word, "WORD", number), "ParentId": parent}
            number += 1


def _detection(reading: Reading, kind: str, number: int) -> dict[str, Any]:
    polygon = [{"X": float(x), "Y": float(y)} for x, y in reading.quad]
    return {
        "DetectedText": reading.text,
        "Type": kind,
        "Id": number,
        "Confidence": reading.confidence,
        "Geometry": {"BoundingBox": box_of(reading.quad), "Polygon": polygon},
    }
