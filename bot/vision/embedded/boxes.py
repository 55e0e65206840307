"""Rekognition's geometry: boxes and polygons in fractions of the frame."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.floating[Any]]
"""Rows of x and y."""


def box(left: float, top: float, width: float, height: float) -> dict[str, float]:
    """Write a `BoundingBox`."""
    return {"Width": float(width), "Height": float(height), "Left": float(left), "Top": float(top)}


def box_of(points: Points) -> dict[str, float]:
    """Put the smallest upright `BoundingBox` around points."""
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    return box(left, top, right - left, bottom - top)


def polygon_of_box(found: Mapping[str, float]) -> list[dict[str, float]]:
    """Write a `BoundingBox` as the `Polygon` of its corners; what is not told is the whole frame."""
    left, top = found.get("Left", 0.0), found.get("Top", 0.0)
    right, bottom = left + found.get("Width", 1.0), top + found.get("Height", 1.0)
    return [{"X": x, "Y": y} for x, y in ((left, top), (right, top), (right, bottom), (left, bottom))]


def point_of(found: Mapping[str, float]) -> tuple[float, float]:
    """Read a `Point`."""
    return found.get("X", 0.0), found.get("Y", 0.0)
