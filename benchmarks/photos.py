"""Photos to measure with: the examples, made smaller, no two alike."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw

EXAMPLES: Final = Path(__file__).parent.parent / "examples"
LONGEST: Final = 1024
"""Pixels on the longer side: the size in which Slack's own apps share photos."""
_QUALITY: Final = 85


def race_photos(count: int, longest: int = LONGEST) -> Iterator[bytes]:
    """JPEGs, each with its number in a corner, too small for anybody to read."""
    scenes = [_scene(file, longest) for file in sorted(EXAMPLES.glob("0*.jpg"))]
    for number in range(count):
        scene = scenes[number % len(scenes)].copy()
        ImageDraw.Draw(scene).text((2, 2), str(number), fill="grey")
        yield jpeg(scene)


def jpeg(picture: Image.Image) -> bytes:
    """The picture as a JPEG file."""
    file = BytesIO()
    picture.save(file, "JPEG", quality=_QUALITY)
    return file.getvalue()


def _scene(file: Path, longest: int) -> Image.Image:
    with Image.open(file) as image:
        picture = image.convert("RGB")
    picture.thumbnail((longest, longest))
    return picture
