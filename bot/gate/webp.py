"""The size of a WebP by its first bytes: its decoder reserves the whole canvas before it tells a size."""

import struct


def webp_size(data: bytes) -> tuple[int, int] | None:
    """Give the canvas in pixels (RFC 9649, §2.5 to §2.7), or nothing where the header is none or cut."""
    try:
        return _canvas(data)
    except struct.error:
        return None


def _canvas(data: bytes) -> tuple[int, int] | None:
    match data[12:16]:
        case b"VP8X":
            width_low, width_high, height_low, height_high = struct.unpack_from("<HBHB", data, 24)
            return 1 + width_low + (width_high << 16), 1 + height_low + (height_high << 16)
        case b"VP8L":
            (bits,) = struct.unpack_from("<I", data, 21)
            return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
        case b"VP8 ":
            width, height = struct.unpack_from("<HH", data, 26)
            return width & 0x3FFF, height & 0x3FFF
        case _:
            return None
