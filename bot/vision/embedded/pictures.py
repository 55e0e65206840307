"""The picture in a request, as pixels."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, UnidentifiedImageError

from bot.vision.embedded.refusals import Refused

Pixels = npt.NDArray[np.uint8]
"""Height × width × 3, blue first as OpenCV has it, upright."""

MAGIC: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
MIN_SIDE: Final = 80
MAX_SIDE: Final = 10_000
"""Pixels a side (developer guide, limits; for labels and moderation, here for all)."""


def opened(image: Mapping[str, Any]) -> Pixels:
    """Decode `Image`, with the checks of the service before the costly part.

    Raises:
        Refused: It is no JPEG or PNG, damaged, under 80 or over 10,000 pixels a side, or lies in S3.
    """
    data = _bytes(image)
    _check_sides(data)
    pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    if pixels is None:
        raise Refused("InvalidImageFormatException")
    return pixels.astype(np.uint8, copy=False)


def _bytes(image: Mapping[str, Any]) -> bytes:
    if "S3Object" in image and "Bytes" not in image:
        raise Refused("InvalidS3ObjectException")
    if len(image) != 1:
        raise Refused("InvalidParameterException")
    data: bytes = image["Bytes"]
    if not data.startswith(MAGIC):
        raise Refused("InvalidImageFormatException")
    return data


def _check_sides(data: bytes) -> None:
    try:
        with Image.open(BytesIO(data)) as header:
            sides = header.size
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise Refused("InvalidImageFormatException") from error
    if max(sides) > MAX_SIDE:
        raise Refused("ImageTooLargeException")
    if min(sides) < MIN_SIDE:
        raise Refused("InvalidParameterException")


def fitted(pixels: Pixels, *, least: int, most: int) -> Pixels:
    """Scale a picture so that its longer side lies between two lengths, in pixels."""
    long = max(pixels.shape[:2])
    return scaled(pixels, min(max(long, least), most) / long)


def scaled(pixels: Pixels, factor: float) -> Pixels:
    """Scale a picture up or down."""
    if factor == 1:
        return pixels
    way = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
    return cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=way).astype(np.uint8, copy=False)
