"""How good a picture is as a picture: brightness, sharpness, contrast, each 0 to 100. Our own formulas."""

from typing import Final

import cv2
import numpy as np

from bot.vision.embedded.pictures import Pixels, fitted

PICTURE, FACE = 600, 112
"""Pixels of the longer side at which sharpness is measured: of a whole picture, of a face."""
HALF_SHARP: Final = 6.0
"""The mean edge that counts as 50: good portraits have 11 to 25, blurred by 1/80 of their width 3 to 7 (measured)."""
FULL_CONTRAST: Final = 80.0
"""The spread of grey that counts as 100: a picture half black and half white has 127."""


def brightness(pixels: Pixels) -> float:
    """Tell the mean lightness."""
    return float(100 * _grey(pixels).mean() / 255)


def contrast(pixels: Pixels) -> float:
    """Tell how far the greys are spread."""
    return float(min(100.0, 100 * _grey(pixels).std() / FULL_CONTRAST))


def sharpness(pixels: Pixels, side: int) -> float:
    """Tell how strong the finest edges are at a size of `side` pixels: 0 for a plain surface."""
    grey = _grey(fitted(pixels, least=side, most=side)).astype(np.float32)
    edge = float(np.abs(cv2.Laplacian(grey, cv2.CV_32F)).mean())
    return 100 * edge**2 / (edge**2 + HALF_SHARP**2)


def _grey(pixels: Pixels) -> Pixels:
    return cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY).astype(np.uint8, copy=False)
