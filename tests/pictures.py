"""Pictures that tests draw for themselves."""

from io import BytesIO

import pillow_heif
from PIL import Image, ImageDraw, ImageFont


def jpeg(image: Image.Image) -> bytes:
    """The picture as a JPEG file."""
    file = BytesIO()
    image.save(file, "JPEG", quality=92)
    return file.getvalue()


def heic(image: Image.Image) -> bytes:
    """The picture as an iPhone would keep it."""
    file = BytesIO()
    pillow_heif.from_pillow(image).save(file, format="HEIF")
    return file.getvalue()


def animation(frames: list[Image.Image]) -> bytes:
    """A GIF that moves."""
    file = BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:], duration=100)
    return file.getvalue()


def sheet(number: str, *, seed: int = 0) -> Image.Image:
    """A white sheet with a number on it; another `seed` gives other pixels."""
    image = Image.new("RGB", (800, 600), (90 + seed % 60, 120, 150))
    draw = ImageDraw.Draw(image)
    draw.rectangle((200, 180, 600, 420), fill="white")
    draw.text((400, 300), number, fill="black", font=ImageFont.load_default(140), anchor="mm")
    return image


def bib(number: str, *, seed: int = 0) -> bytes:
    """A sheet as a JPEG file."""
    return jpeg(sheet(number, seed=seed))


def plain(seed: int = 0) -> bytes:
    """A plain picture, in which there is nothing to find."""
    return jpeg(Image.new("RGB", (640, 480), (100 + seed % 100, 110, 120)))
