"""Faces of people who do not exist, cut out of the example pictures."""

from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image

from tests.vision.conftest import saved

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
FACE = 100
"""Pixels, about, of a face's width in the example pictures."""

CLARA = (("01_start", 870, 421), ("02_lake_road", 651, 160), ("07_podium", 702, 123))
TOMAS = (("01_start", 1204, 414), ("07_podium", 1080, 259))
JONAS = (("01_start", 542, 407), ("07_podium", 342, 220))
NORA = (("03_woods", 465, 198), ("06_finish", 683, 320))


@cache
def portrait(example: str, left: int, top: int, around: int = FACE) -> bytes:
    """Cut out a face by its left upper corner, with so many pixels around it, three times as large."""
    with Image.open(EXAMPLES / f"{example}.jpg") as image:
        part = image.crop((left - around, top - around, left + FACE + around, top + FACE + 40 + around))
    return saved(part.resize((part.width * 3, part.height * 3)))


def beside(*portraits: bytes) -> bytes:
    """Put portraits beside one another; the first one is the largest."""
    images = [Image.open(BytesIO(one)) for one in portraits]
    wide = sum(image.width for image in images)
    both = Image.new("RGB", (wide, images[0].height), "white")
    left = 0
    for place, image in enumerate(images):
        both.paste(image.resize((image.width * 2 // 3, image.height * 2 // 3)) if place else image, (left, 0))
        left += image.width
    return saved(both)
