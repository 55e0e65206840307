"""Parts of a photo, enlarged, as JPEGs of their own. Only of photos that the gate made: no hostile file comes here."""

from functools import cached_property
from io import BytesIO
from typing import Final

from PIL import Image

from bot.core.photo import ENGINE_MAX_SIDE, ENGINE_MIN_SIDE, Photo
from bot.core.second_look import Region

JPEG: Final = {"quality": 95, "subsampling": 0}
"""Colours at full size: red digits on white live on them."""


class Crops:
    """Cuts regions out of one photo, which is decoded once, for the first; not to be shared between threads."""

    def __init__(self, photo: Photo) -> None:
        self.photo = photo

    def __call__(self, region: Region) -> bytes:
        """Cut a region out and enlarge it; at least 80 and at most 4,096 pixels a side."""
        width, height, box = self._image.width, self._image.height, region.box
        left, top = round(box.left * width), round(box.top * height)
        right, bottom = round(box.right * width), round(box.bottom * height)
        part = self._image.crop((left, top, max(right, left + 1), max(bottom, top + 1)))
        file = BytesIO()
        part.resize(_sides(part, region.enlarged), Image.Resampling.BICUBIC).save(file, "JPEG", **JPEG)
        return file.getvalue()

    @cached_property
    def _image(self) -> Image.Image:
        with Image.open(BytesIO(self.photo.data)) as image:
            return image.copy()


def _sides(part: Image.Image, enlarged: float) -> tuple[int, int]:
    factor = min(max(enlarged, ENGINE_MIN_SIDE / min(part.size)), ENGINE_MAX_SIDE / max(part.size))
    return max(ENGINE_MIN_SIDE, round(part.width * factor)), max(ENGINE_MIN_SIDE, round(part.height * factor))
