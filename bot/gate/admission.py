"""What may pass at all: by length, by first bytes, by width and height. Pure; nothing is decoded."""

from typing import Final

from bot.core.photo import MAX_FILE_BYTES, MAX_PIXELS, MAX_RATIO, MIN_SIDE
from bot.errors import DamagedPhoto, LoginPage, NotAPhoto, TooLarge, TooSmall
from bot.gate.signatures import is_web_page, kind_of, looks_like
from bot.gate.webp import webp_size

_MEGABYTE: Final = 1024 * 1024
_MEGAPIXEL: Final = 1_000_000


def admit(data: bytes) -> str:
    """Give the kind that a file says it is: `JPEG`, `PNG`, `HEIC`, `WebP`, `GIF`, `AVIF`, `BMP` or `TIFF`.

    Raises:
        DamagedPhoto: It is empty.
        TooLarge: It is over 25 MB.
        LoginPage: It is an HTML page.
        NotAPhoto: It is none of the eight.
        TooSmall: As `check_size`, for a WebP.
    """
    if not data:
        raise DamagedPhoto
    if len(data) > MAX_FILE_BYTES:
        size, limit = _over(len(data), MAX_FILE_BYTES, _MEGABYTE)
        raise TooLarge(f"This file is too big for me ({size} MB; limit {limit} MB).")
    if is_web_page(data):
        raise LoginPage
    kind = kind_of(data)
    if not kind:
        raise NotAPhoto(looks_like(data))
    if kind == "WebP" and (canvas := webp_size(data)):
        check_size(*canvas)
    return kind


def check_size(width: int, height: int) -> None:
    """Let a picture's size pass.

    Args:
        width: In pixels, upright or not.
        height: As `width`.

    Raises:
        TooSmall: Under 40 pixels on a side.
        TooLarge: Over 64 megapixels or 20:1.
    """
    short, long = sorted((width, height))
    if short < MIN_SIDE:
        raise TooSmall(width, height)
    if width * height > MAX_PIXELS:
        size, limit = _over(width * height, MAX_PIXELS, _MEGAPIXEL)
        raise TooLarge(f"This picture is too large for me ({size} megapixels; limit {limit}).")
    if long > short * MAX_RATIO:
        ratio, limit = _over(long / short, MAX_RATIO, 1)
        side = "wide" if width > height else "tall"
        raise TooLarge(f"This panorama is too {side} for me ({ratio}:1; limit {limit}:1). Please crop it.")


def _over(value: float, limit: int, unit: int) -> tuple[int, int]:
    """Both in whole units; what is over the limit never reads as if it were the limit."""
    return max(round(value / unit), limit // unit + 1), limit // unit
