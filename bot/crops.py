"""Parts of a photo, enlarged, as JPEGs of their own. Only of photos that the gate made: no hostile file comes here."""

from io import BytesIO
from typing import Final

from PIL import Image

from bot.core.photo import ENGINE_MAX_SIDE, ENGINE_MIN_SIDE, Photo
from bot.core.second_look import Region

QUALITY: Final = 92
"""Of the JPEG, as the gate's own best."""


def crop(photo: Photo, region: Region) -> bytes:
    """Cut a region out of a photo and enlarge it; at least 80 and at most 4,096 pixels a side."""
    with Image.open(BytesIO(photo.data)) as image:
        box = region.box
        left, top = round(box.left * image.width), round(box.top * image.height)
        right, bottom = round(box.right * image.width), round(box.bottom * image.height)
        part = image.crop((left, top, max(right, left + 1), max(bottom, top + 1)))
    factor = max(region.enlarged, ENGINE_MIN_SIDE / min(part.size))
    factor = min(factor, ENGINE_MAX_SIDE / max(part.size))
    sides = (max(ENGINE_MIN_SIDE, round(part.width * factor)), max(ENGINE_MIN_SIDE, round(part.height * factor)))
    file = BytesIO()
    part.resize(sides, Image.Resampling.BICUBIC).save(file, "JPEG", quality=QUALITY)
    return file.getvalue()
