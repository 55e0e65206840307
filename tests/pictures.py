"""Pictures that tests draw for themselves."""

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont


def jpeg(image: Image.Image) -> bytes:
    """The picture as a JPEG file."""
    file = BytesIO()
    image.save(file, "JPEG", quality=92)
    return file.getvalue()


def bib(number: str, *, seed: int = 0) -> bytes:
    """A white sheet with a number on it; another `seed` gives other pixels."""
    image = Image.new("RGB", (800, 600), (90 + seed % 60, 120, 150))
    draw = ImageDraw.Draw(image)
    draw.rectangle((200, 180, 600, 420), fill="white")
    draw.text((400, 300), number, fill="black", font=ImageFont.load_default(140), anchor="mm")
    return jpeg(image)


def plain(seed: int = 0) -> bytes:
    """A plain picture, in which there is nothing to find."""
    return jpeg(Image.new("RGB", (640, 480), (100 + seed % 100, 110, 120)))
