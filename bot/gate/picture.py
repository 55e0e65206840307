"""A decoded picture made plain: upright, RGB, without metadata, a JPEG that every engine takes.

Runs in the gate's child. The order keeps memory low: shrink, then turn, then convert (facts: trip B).
"""

import hashlib
import warnings
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import pairwise
from typing import Final

# Imported for what they register: a child can open no file, so Pillow must find its readers loaded.
from PIL import (  # noqa: F401
    AvifImagePlugin,
    BmpImagePlugin,
    ExifTags,
    GifImagePlugin,
    Image,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    PpmImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)
from pillow_heif import register_heif_opener

from bot.core.photo import ENGINE_MAX_BYTES, ENGINE_MAX_SIDE, ENGINE_MIN_SIDE, STORED_MAX_BYTES, STORED_MAX_SIDE
from bot.errors import DamagedPhoto

QUALITIES: Final = (
    (4096, 92),
    (4096, 85),
    (4096, 75),
    (3072, 85),
    (3072, 75),
    (2048, 80),
    (1024, 80),
)
"""Longest side in pixels and JPEG quality, tried in turn until the file is small enough; the last always is."""
WHOLE_QUALITIES: Final = (92, 85, 75)
"""JPEG quality of a photo that goes in whole."""
_ANIMATED: Final = frozenset({"GIF", "WebP", "PNG", "AVIF"})
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""How to set upright, by EXIF's orientation (CIPA DC-008, tag 0x0112)."""
_LYING: Final = 5
"""From this orientation on, width and height are exchanged."""
_WHITES: Final = (1.0, 255.0, 65535.0)
_BAND: Final = 32
"""Rows."""
_STEPS: Final = 8
"""Rows and columns of a likeness."""
_LEAST_TOLD: Final = 8
"""Bits of 64 below which a picture is too plain to be told from others."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What the gate's child sends back; the fields are those of `bot.core.photo.Photo`.

    `shrunk` tells whether the JPEG shows less than the file.
    """

    jpeg: bytes
    width: int
    height: int
    original: tuple[int, int]
    digest: str
    likeness: str
    taken: datetime | None
    animated: bool
    padded: bool
    shrunk: bool


def forbid_bombs(most_pixels: int) -> None:
    """Let Pillow refuse what grows while it is decoded; call it once in the child."""
    Image.MAX_IMAGE_PIXELS = most_pixels
    warnings.simplefilter("error", Image.DecompressionBombWarning)


def open_header(data: bytes, kind: str) -> Image.Image:
    """Read the header of a file of this kind, and no pixels."""
    register_heif_opener(decode_threads=1, thumbnails=False, depth_images=False, aux_images=False)
    limit, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None  # so that the refusal can name the size
    try:
        return Image.open(BytesIO(data), formats=["HEIF" if kind == "HEIC" else kind])
    finally:
        Image.MAX_IMAGE_PIXELS = limit


def read_pixels(image: Image.Image, kind: str) -> Picture:
    """Decode the first frame of an opened file and make it plain."""
    animated = kind in _ANIMATED and _moves(image)
    across, down = image.size
    image.thumbnail((ENGINE_MAX_SIDE, ENGINE_MAX_SIDE), reducing_gap=1.5)
    image.load()
    orientation, taken = _exif(image)
    image = _plain(_upright(image, orientation))
    padded = min(image.size) < ENGINE_MIN_SIDE
    if padded:
        image = _on_page(image)
    digest, likeness = _digest(image), _likeness(image)
    jpeg, (width, height), as_wanted = _encoded(image)
    return Picture(
        jpeg=jpeg,
        width=width,
        height=height,
        original=(down, across) if orientation >= _LYING else (across, down),
        digest=digest,
        likeness=likeness,
        taken=taken,
        animated=animated,
        padded=padded,
        shrunk=max(across, down) > ENGINE_MAX_SIDE or not as_wanted,
    )


def read_whole(image: Image.Image) -> bytes:
    """Make an opened file plain with all its pixels: a JPEG of at most 15 MB, empty where it takes more."""
    image.thumbnail((STORED_MAX_SIDE, STORED_MAX_SIDE), reducing_gap=1.5)
    image.load()
    image = _upright(image, _exif(image)[0])
    image = _plain(image)
    jpegs = (_jpeg(image, quality) for quality in WHOLE_QUALITIES)
    return next((jpeg for jpeg in jpegs if len(jpeg) <= STORED_MAX_BYTES), b"")


def _moves(image: Image.Image) -> bool:
    """Whether there is a second frame; the frames are not counted, since there may be thousands."""
    with suppress(Exception):  # a broken second frame does not spoil the first
        return bool(getattr(image, "is_animated", False))
    return True


def _exif(image: Image.Image) -> tuple[int, datetime | None]:
    """The orientation, 1 where it is not told, and when the camera says it was; nothing else is read."""
    with suppress(Exception):  # hostile or broken metadata does not spoil the picture
        exif = image.getexif()
        orientation = exif.get(ExifTags.Base.Orientation, 1)
        return orientation if orientation in _TURNS else 1, _taken(exif)
    return 1, None


def _taken(exif: Image.Exif) -> datetime | None:
    """EXIF's DateTimeOriginal, `2026:05:03 09:12:33`, by the camera's clock and without a zone."""
    told = str(exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal, ""))
    with suppress(ValueError):
        return datetime.fromisoformat(f"{told[:10].replace(':', '-')} {told[11:19]}")
    return None


def _upright(image: Image.Image, orientation: int) -> Image.Image:
    turn = _TURNS.get(orientation)
    return image if turn is None else image.transpose(turn)


def _plain(image: Image.Image) -> Image.Image:
    """RGB of 8 bits without metadata; what is transparent becomes white."""
    if image.mode == "F" or image.mode.startswith("I"):
        image = _eight_bits(image)
    if image.has_transparency_data:
        image = _on_white(image)
    plain = image if image.mode == "RGB" else image.convert("RGB")
    plain.info.clear()
    return plain


def _eight_bits(image: Image.Image) -> Image.Image:
    """Grey of 16 bits, 32 bits or floats; its white is the smallest usual one that holds its brightest pixel."""
    brightest = image.getextrema()[1]
    if not isinstance(brightest, int | float):
        raise DamagedPhoto
    white = next((white for white in _WHITES if brightest <= white), brightest)
    return image.point(lambda value: value * (255 / white)).convert("L")


def _on_white(image: Image.Image) -> Image.Image:
    layer = image.convert("RGBA")
    white = Image.new("RGB", layer.size, "white")
    white.paste(layer, mask=layer.getchannel("A"))
    return white


def _on_page(image: Image.Image) -> Image.Image:
    """At least 80 pixels a side, by white on the right and below."""
    page = Image.new("RGB", (max(image.width, ENGINE_MIN_SIDE), max(image.height, ENGINE_MIN_SIDE)), "white")
    page.paste(image)
    return page


def _digest(image: Image.Image) -> str:
    """SHA-256 of size and RGB pixels, in hex: the same however the picture was compressed without loss."""
    digest = hashlib.sha256(b"%d %d " % image.size)
    for top in range(0, image.height, _BAND):  # in bands: fresh memory for all pixels takes longer than their digest
        digest.update(image.crop((0, top, image.width, min(top + _BAND, image.height))).tobytes())
    return digest.hexdigest()


def _likeness(image: Image.Image) -> str:
    """What the picture looks like, in 64 bits as hex: where it becomes lighter to the right; empty where it is plain.

    A difference hash; Neal Krawetz, https://www.hackerfactor.com/blog/index.php?/archives/529-Kind-of-Like-That.html
    """
    grey = image.resize((_STEPS + 1, _STEPS), Image.Resampling.LANCZOS, reducing_gap=3.0).convert("L").tobytes()
    rows = (grey[start : start + _STEPS + 1] for start in range(0, len(grey), _STEPS + 1))
    bits = "".join("1" if right > left else "0" for row in rows for left, right in pairwise(row))
    return f"{int(bits, 2):016x}" if bits.count("1") >= _LEAST_TOLD else ""


def _encoded(image: Image.Image) -> tuple[bytes, tuple[int, int], bool]:
    """The best JPEG that the engines take, its size in pixels, and whether it is the first of `QUALITIES`."""
    jpeg, tries = b"", 0
    for tries, (side, quality) in enumerate(QUALITIES, 1):  # noqa: B007  # it is told after the loop
        image.thumbnail((side, side), reducing_gap=1.5)
        jpeg = _jpeg(image, quality)
        if len(jpeg) <= ENGINE_MAX_BYTES:
            break
    return jpeg, image.size, tries == 1


def _jpeg(image: Image.Image, quality: int) -> bytes:
    file = BytesIO()
    image.save(file, "JPEG", quality=quality)
    return file.getvalue()
