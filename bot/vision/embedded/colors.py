"""The dominant colours of a picture."""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt
from PIL import ImageColor

from bot.vision.embedded.pictures import Pixels

SAMPLE: Final = 96
"""Pixels a side of the shrunken picture whose colours are counted."""
STEP: Final = 48
"""Reds, greens and blues this close together are one colour."""
SIMPLE: Final = {
    "black": "#000000",
    "blue": "#2455c0",
    "brown": "#784b28",
    "green": "#328c3c",
    "grey": "#808080",
    "orange": "#f08c1e",
    "pink": "#f596b4",
    "purple": "#7832a0",
    "red": "#c81e23",
    "white": "#ffffff",
    "yellow": "#f5dc3c",
}
"""The few words for a colour, each with the colour that it fits best."""


def dominant(picture: Pixels, most: int) -> list[dict[str, Any]]:
    """Tell up to `most` of Rekognition's `DominantColors`, the largest share of the picture first."""
    small = cv2.resize(picture, (SAMPLE, SAMPLE), interpolation=cv2.INTER_AREA).reshape(-1, 3)[:, ::-1]
    _, which, counts = np.unique(small // STEP, axis=0, return_inverse=True, return_counts=True)
    means = np.stack([np.bincount(which.ravel(), small[:, channel]) for channel in range(3)], axis=1) / counts[:, None]
    largest = np.argsort(-counts, kind="stable")[:most]
    return [_color(means[one].round().astype(int).tolist(), 100 * int(counts[one]) / len(small)) for one in largest]


def _color(rgb: list[int], share: float) -> dict[str, Any]:
    red, green, blue = rgb
    return {
        "Red": red,
        "Green": green,
        "Blue": blue,
        "HexCode": f"#{red:02x}{green:02x}{blue:02x}",
        "CSSColor": _nearest(rgb, _css()),
        "SimplifiedColor": _nearest(rgb, SIMPLE),
        "PixelPercent": share,
    }


def _nearest(rgb: Sequence[int], named: Mapping[str, str]) -> str:
    """Find the name whose colour looks most alike: nearest in CIE L*a*b*."""
    names = list(named)
    palette = _lab(tuple(ImageColor.getrgb(named[name])[:3] for name in names))
    return names[int(np.square(palette - _lab((tuple(rgb),))).sum(axis=1).argmin())]


@lru_cache(maxsize=1024)
def _lab(colors: tuple[tuple[int, ...], ...]) -> npt.NDArray[np.float32]:
    fractions = np.array([colors], dtype=np.float32) / 255
    return np.asarray(cv2.cvtColor(fractions, cv2.COLOR_RGB2LAB)[0], dtype=np.float32)


@cache
def _css() -> Mapping[str, str]:
    """Every colour that CSS has a name for; Pillow reads the names themselves."""
    return {name: name for name in ImageColor.colormap}
