"""Cuts the heads of invented people out of their portraits.

The portraits are MIT-0, from aws-samples/amazon-rekognition-code-samples, identity-verification; nobody in them exists.
They are aligned: the chin is at 0.82 of the height, the hair begins near 0.05.
"""

from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from race_pictures.drawing import Color

SIDE = 512
CHIN = 0.82
BACKDROP = (255, 0, 255)
KEPT = 128
TOLERANCE = {
    1: 20, 3: 14, 7: 14, 9: 44, 11: 14, 13: 8, 15: 38, 17: 24, 19: 14, 21: 26, 23: 34, 27: 38, 29: 14, 31: 38,
    34: 20, 36: 20, 38: 14, 40: 8, 42: 8, 46: 14, 48: 14, 52: 8,
}  # fmt: skip
"""How far a portrait's backdrop may differ from its edge, by the person's number; found by eye."""


@dataclass(frozen=True, slots=True)
class Head:
    """A head on nothing, and the colour of its skin."""

    person: int
    image: Image.Image
    skin: Color


def cut_head(portraits: Path, person: int) -> Head:
    """Cut out one person's head, hair included."""
    portrait = Image.open(portraits / f"face_{person}_ref.jpg").convert("RGB").resize((SIDE, SIDE))
    head = portrait.convert("RGBA")
    head.putalpha(_outline(portrait, TOLERANCE[person]))
    return Head(person, head, _skin(portrait))


def _skin(portrait: Image.Image) -> Color:
    cheeks = [portrait.crop((side, 300, side + 40, 340)).resize((1, 1), Image.Resampling.BOX) for side in (170, 300)]
    red, green, blue = Image.blend(cheeks[0], cheeks[1], 0.5).tobytes()
    return red, green, blue


def _outline(portrait: Image.Image, tolerance: int) -> Image.Image:
    head = ImageChops.multiply(_foreground(portrait, tolerance), _ellipse(0.06, 0.0, 0.94, 0.93))
    whole = ImageChops.lighter(head, _ellipse(0.25, 0.10, 0.75, 0.86))
    trimmed = whole.point(_black_or_white).filter(ImageFilter.MinFilter(9)).filter(ImageFilter.MaxFilter(5))
    ImageDraw.floodfill(trimmed, (SIDE // 2, SIDE // 2), KEPT)
    kept = trimmed.point(lambda value: 255 if value == KEPT else 0)
    filled = kept.filter(ImageFilter.MaxFilter(13)).filter(ImageFilter.MinFilter(13))
    return filled.filter(ImageFilter.MinFilter(7)).filter(ImageFilter.GaussianBlur(2.5))


def _foreground(portrait: Image.Image, tolerance: int) -> Image.Image:
    """White where the backdrop cannot be reached from the upper edges."""
    half = portrait.resize((SIDE // 2, SIDE // 2)).filter(ImageFilter.GaussianBlur(1.5))
    edge = [(x, 0) for x in range(0, half.width, 8)]
    edge += [(x, y) for y in range(0, half.height * 3 // 5, 8) for x in (0, half.width - 1)]
    for point in edge:
        if half.getpixel(point) != BACKDROP:
            ImageDraw.floodfill(half, point, BACKDROP, thresh=tolerance)
    left = ImageChops.difference(half, Image.new("RGB", half.size, BACKDROP)).convert("L")
    return left.point(lambda value: 255 if value else 0).resize((SIDE, SIDE))


def _ellipse(left: float, top: float, right: float, bottom: float) -> Image.Image:
    mask = Image.new("L", (SIDE, SIDE))
    ImageDraw.Draw(mask).ellipse((SIDE * left, SIDE * top, SIDE * right, SIDE * bottom), fill=255)
    return mask


def _black_or_white(value: int) -> int:
    return 255 if value > KEPT - 1 else 0
