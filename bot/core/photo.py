"""A photo, once the gate has let it in."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

MAX_FILE_BYTES: Final = 25 * 1024 * 1024
"""The largest file that is accepted (facts: trust §2.1)."""
MAX_PIXELS: Final = 64_000_000
"""The most pixels that are decoded; Pillow's own warning starts at 89 million."""
MAX_RATIO: Final = 20
"""The longest panorama: long side to short side."""
MIN_SIDE: Final = 40
"""Below this nothing can be read; from here to 79 pixels the picture is padded to `ENGINE_MIN_SIDE`."""
ENGINE_MIN_SIDE: Final = 80
"""Rekognition's smallest side in pixels (developer guide, limits)."""
ENGINE_MAX_SIDE: Final = 4096
"""The longest side that is sent; larger ones are shrunk."""
ENGINE_MAX_BYTES: Final = 5_242_880
"""Rekognition's largest image sent as bytes (service model, ImageBlob)."""
STORED_MAX_BYTES: Final = 15 * 1024 * 1024
"""Rekognition's largest image in S3 (developer guide, limits)."""
STORED_MAX_SIDE: Final = 10_000
"""The longest side that DetectLabels and DetectModerationLabels take (developer guide, limits)."""
SMALL: Final = (640, 480)
"""Under this, photos with faces get the remark that small photos tell less."""


@dataclass(frozen=True, slots=True)
class Photo:
    """An upright, metadata-free JPEG that every engine takes.

    Attributes:
        data: The JPEG: 80 to 4096 pixels a side, at most 5,242,880 bytes.
        width: Of `data`, in pixels.
        height: Of `data`, in pixels.
        original_width: Of the file as it was dropped, upright, in pixels. Boxes are fractions, so they fit both
            unless the picture was padded: see `padded`.
        original_height: As `original_width`.
        kind: The format it came in, such as `HEIC`.
        digest: SHA-256 of the upright pixels with their size, in hex: the photo's identity everywhere.
        taken: When it was taken by the camera's clock, without a zone, where the file told.
        animated: Whether only the first frame was kept.
        likeness: What it looks like, as 16 hex digits: similar pictures differ in few bits; empty for a plain one.
        padded: Whether white was added on the right or below to reach 80 pixels a side.
        large: The same upright JPEG with all its pixels, up to 15 MB, where `data` had to be made smaller and somebody
            asked the gate for it; else empty.
    """

    data: bytes = field(repr=False)
    width: int
    height: int
    original_width: int
    original_height: int
    kind: str
    digest: str
    taken: datetime | None = None
    animated: bool = False
    padded: bool = False
    likeness: str = ""
    large: bytes = field(default=b"", repr=False)

    @property
    def small(self) -> bool:
        """Whether it is under 640 × 480, in either orientation."""
        long, short = max(SMALL), min(SMALL)
        return max(self.original_width, self.original_height) < long or (
            min(self.original_width, self.original_height) < short
        )
