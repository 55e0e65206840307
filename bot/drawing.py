"""Boxes and names drawn into a photo. Pure: a JPEG that the gate made, and marks, become another JPEG."""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import product
from typing import Final, NamedTuple

from PIL import Image, ImageDraw, ImageFont

from bot.core.geometry import Box
from bot.core.marks import Kind, Mark
from bot.core.plural import plural

LEAST_SIDE, MOST_SIDE = 1_000, 2_048
"""Pixels of the longer side: enough for sharp letters, not too much for a phone on the road."""
LETTERS: Final = 32
"""The longer side to the height of letters: 11 points on a phone of 360 (facts: slack §6)."""
LONGEST: Final = 24
"""Characters of a plate."""
KINDS: Final[dict[Kind, tuple[str, str]]] = {
    "bib": ("bib", "#FFD500"),
    "unsure": ("unsure bib", "#FF9430"),
    "person": ("person", "#6DB7FF"),
    "celebrity": ("celebrity", "#FF8AD0"),
    "face": ("face", "#FFFFFF"),
    "equipment": ("safety remark", "#FF7468"),
    "thing": ("thing", "#4FE3A5"),
}
"""What the legend says and the colour; all are light, so that black letters stand out on each."""
_DARK: Final = "#16181D"
_QUALITY: Final = 86

_Font = ImageFont.FreeTypeFont


class Rect(NamedTuple):
    """A rectangle in pixels."""

    left: int
    top: int
    right: int
    bottom: int

    def meets(self, other: "Rect") -> bool:
        """Whether both cover a pixel."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def moved_to(self, left: int, top: int) -> "Rect":
        """The same size, elsewhere."""
        return Rect(left, top, left + self.right - self.left, top + self.bottom - self.top)


def draw(jpeg: bytes, marks: Sequence[Mark]) -> bytes:
    """Draw marks into a photo, and below it what the colours mean.

    Args:
        jpeg: From the gate; no other file is opened here.
        marks: What is shown, what matters most first; a plate for which no place is left is missing.
    """
    with Image.open(BytesIO(jpeg), formats=["JPEG"]) as opened:
        image = _sized(opened.convert("RGB"))
    font = _font(max(image.size) / LETTERS)
    pen = ImageDraw.Draw(image)
    boxes = [pixels(mark.box, image.size) for mark in marks]
    for mark, box in reversed(list(zip(marks, boxes, strict=True))):
        _outline(pen, box, KINDS[mark.kind][1])
    texts = [drawable(mark.text, KINDS[mark.kind][0]) if mark.text else "" for mark in marks]
    sizes = [_plate_size(text, font) for text in texts]
    for mark, text, box, plate in zip(marks, texts, boxes, places(image.size, boxes, sizes), strict=True):
        if plate:
            _lead(pen, plate, box, KINDS[mark.kind][1])
            _plate(pen, text, font, plate, KINDS[mark.kind][1])
    return _jpeg(_with_legend(image, marks, font))


def _font(size: float) -> _Font:
    """Pillow's own; it needs FreeType, which every wheel of Pillow has."""
    font = ImageFont.load_default(size)
    assert isinstance(font, _Font)  # noqa: S101  # what a size asks for
    return font


def drawable(text: str, instead: str) -> str:
    """What the font has of a text, which knows plain letters alone: `José` becomes `Jose`.

    Args:
        text: As it is called.
        instead: What stands where more than half of the text would be lost.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    shown = "".join(sign for sign in plain if sign.isprintable()).strip()
    if 2 * len(shown) <= len(text):
        return instead
    return shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 3]}..."


def pixels(box: Box, size: tuple[int, int]) -> Rect:
    """A box in pixels of the frame; what stands outside is cut, and a pixel is left of it."""
    width, height = size
    left, top = min(max(0, round(box.left * width)), width - 1), min(max(0, round(box.top * height)), height - 1)
    right, bottom = min(round(box.right * width), width - 1), min(round(box.bottom * height), height - 1)
    return Rect(left, top, max(right, left + 1), max(bottom, top + 1))


def places(size: tuple[int, int], boxes: Sequence[Rect], plates: Sequence[tuple[int, int]]) -> list[Rect | None]:
    """Find a place for each box's plate: in the frame, on no other plate, and not on a box where that can be.

    Args:
        size: Of the frame, in pixels.
        boxes: What the plates belong to.
        plates: Width and height of each; 0 for none.
    """
    taken: list[Rect] = []
    found: list[Rect | None] = []
    for box, (width, height) in zip(boxes, plates, strict=True):
        place = _place(size, box, Rect(0, 0, width, height), taken, boxes) if width else None
        found.append(place)
        taken += [place] if place else []
    return found


def _place(size: tuple[int, int], box: Rect, plate: Rect, taken: Sequence[Rect], boxes: Sequence[Rect]) -> Rect | None:
    free = [place for place in _around(size, box, plate) if not any(place.meets(other) for other in taken)]
    for place in free:
        if not any(place.meets(other) for other in boxes):
            return place
    if free:
        return free[0]
    return next((place for place in _anywhere(size, box, plate) if not any(map(place.meets, taken))), None)


def _around(size: tuple[int, int], box: Rect, plate: Rect) -> Iterator[Rect]:
    """Places at a box, the best first: above, below, and within."""
    across = (box.left, box.right - plate.right, box.left - plate.right, box.right)
    down = (box.top - plate.bottom, box.bottom, box.top, box.bottom - plate.bottom)
    for top, left in product(down, across):
        place = plate.moved_to(min(max(0, left), max(0, size[0] - plate.right)), top)
        if place.top >= 0 and place.bottom <= size[1] and place.right <= size[0]:
            yield place


def _anywhere(size: tuple[int, int], box: Rect, plate: Rect) -> list[Rect]:
    """Places all over the frame, the nearest first."""
    steps = product(
        range(0, size[0] - plate.right + 1, max(1, plate.right // 2)),
        range(0, size[1] - plate.bottom + 1, max(1, plate.bottom)),
    )
    away = {
        place: abs(place.left - box.left) + abs(place.top - box.top) for place in (plate.moved_to(*at) for at in steps)
    }
    return sorted(away, key=away.__getitem__)


def _sized(image: Image.Image) -> Image.Image:
    longest = max(image.size)
    wanted = min(max(longest, LEAST_SIDE), MOST_SIDE)
    sides = (max(1, round(side * wanted / longest)) for side in image.size)
    return image.resize((next(sides), next(sides)), Image.Resampling.LANCZOS)


def _outline(pen: ImageDraw.ImageDraw, box: Rect, colour: str) -> None:
    """A line of the colour with a dark one around it, so that it shows on light and dark."""
    thick = max(3, max(pen.im.size) // 300)
    pen.rectangle((box.left - 2, box.top - 2, box.right + 2, box.bottom + 2), outline=_DARK, width=thick + 4)
    pen.rectangle(box, outline=colour, width=thick)


def _plate_size(text: str, font: _Font) -> tuple[int, int]:
    if not text:
        return 0, 0
    pad = _pad(font)
    return round(font.getlength(text)) + 2 * pad, sum(font.getmetrics()) + pad


def _lead(pen: ImageDraw.ImageDraw, plate: Rect, box: Rect, colour: str) -> None:
    """Lead from a plate to its box, where they do not touch."""
    if not Rect(plate.left - 2, plate.top - 2, plate.right + 2, plate.bottom + 2).meets(box):
        middle = (plate.left + plate.right) // 2, (plate.top + plate.bottom) // 2
        pen.line((*middle, (box.left + box.right) // 2, box.top), fill=colour, width=3)


def _plate(pen: ImageDraw.ImageDraw, text: str, font: _Font, plate: Rect, colour: str) -> None:
    pen.rectangle(plate, fill=colour, outline=_DARK, width=2)
    pen.text((plate.left + _pad(font), (plate.top + plate.bottom) / 2), text, fill="black", font=font, anchor="lm")


def _pad(font: _Font) -> int:
    return max(4, round(font.size / 4))


def _with_legend(image: Image.Image, marks: Sequence[Mark], font: _Font) -> Image.Image:
    """Put what the colours mean below the photo, where it covers nothing."""
    counts = Counter(mark.kind for mark in marks)
    entries = [(_entry(counts[kind], word), colour) for kind, (word, colour) in KINDS.items() if counts[kind]]
    rows = _rows(entries, image.width, font)
    pad, side = _pad(font), round(font.size)
    high = side + 2 * pad
    page = Image.new("RGB", (image.width, image.height + high * len(rows)), _DARK)
    page.paste(image)
    pen = ImageDraw.Draw(page)
    for line, row in enumerate(rows):
        middle = image.height + line * high + high / 2
        for left, text, colour in row:
            pen.rectangle((left, middle - side / 2, left + side, middle + side / 2), fill=colour)
            pen.text((left + side + pad, middle), text, fill="white", font=font, anchor="lm")
    return page


def _entry(number: int, word: str) -> str:
    return f"{number} {word if number == 1 else plural(word)}"


def _rows(entries: Sequence[tuple[str, str]], width: int, font: _Font) -> list[list[tuple[int, str, str]]]:
    """Break the legend into lines: where each entry begins, what it says, its colour."""
    pad = left = _pad(font)
    rows: list[list[tuple[int, str, str]]] = [[]] if entries else []
    for text, colour in entries:
        needed = round(font.getlength(text) + font.size) + 4 * pad
        if rows[-1] and left + needed > width:
            rows.append([])
            left = pad
        rows[-1].append((left, text, colour))
        left += needed
    return rows


def _jpeg(image: Image.Image) -> bytes:
    file = BytesIO()
    image.save(file, "JPEG", quality=_QUALITY, subsampling=0)
    return file.getvalue()
