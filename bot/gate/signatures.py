"""What a file is, by its first bytes; its name and what Slack says of it are not asked."""

import struct
from typing import Final

_PHOTOS: Final = {
    b"\xff\xd8": "JPEG",
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"GIF87a": "GIF",
    b"GIF89a": "GIF",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"II+\0": "TIFF",
    b"MM\0+": "TIFF",
}
_OTHERS: Final = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP file",
    b"PK\x05\x06": "a ZIP file",
    b"Rar!": "a RAR file",
    b"7z\xbc\xaf": "a 7z file",
    b"\x1f\x8b": "a gzip file",
    b"8BPS": "a Photoshop file",
    b"%!PS": "a PostScript file",
    b"\xc5\xd0\xd3\xc6": "a PostScript file",
    b"\xff\x0a": "a JPEG XL picture",
    b"\0\0\0\x0cJXL ": "a JPEG XL picture",
    b"\0\0\0\x0cjP  ": "a JPEG 2000 picture",
    b"\xff\x4f\xff\x51": "a JPEG 2000 picture",
    b"\0\0\x01\0": "an icon",
    b"FUJIFILM": "a camera's raw file",
    b"IIRO": "a camera's raw file",
    b"IIU\0": "a camera's raw file",
    b"\x1aE\xdf\xa3": "a video",
    b"RIFF": "a video or sound file",
    b"ID3": "a sound file",
    b"OggS": "a sound file",
}
_HEIC_BRANDS: Final = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"}
_AVIF_BRANDS: Final = {b"avif", b"avis"}
_BMP_HEADERS: Final = {12, 40, 52, 56, 64, 108, 124}
_DNG_VERSION: Final = 50706
_SUB_IFDS: Final = 330
_NEW_SUBFILE_TYPE: Final = 254
_MAX_TAGS: Final = 512
_START: Final = 512
_CONTROLS: Final = frozenset(range(32)) - frozenset(b"\t\n\r\f")


def is_web_page(data: bytes) -> bool:
    """Tell whether it is HTML."""
    return _text_start(data).startswith((b"<!doctype html", b"<html", b"<head", b"<body"))


def kind_of(data: bytes) -> str:
    """Give one of the eight formats that Spotter reads; empty for anything else."""
    if data[4:8] == b"ftyp":
        return _kind_of_brands(_brands(data))
    if data[:4] == b"RIFF":
        return "WebP" if data[8:12] == b"WEBP" else ""
    if data[:2] == b"BM":
        return "BMP" if int.from_bytes(data[14:18], "little") in _BMP_HEADERS else ""
    kind = _named(data, _PHOTOS)
    return "" if kind == "TIFF" and _is_raw(data) else kind


def looks_like(data: bytes) -> str:
    """Say what a file is that is no photo, such as `a PDF`; empty where nobody knows."""
    if data[4:8] == b"ftyp":
        return "a camera's raw file" if b"crx " in _brands(data) else "an MP4 video"
    return _named(data, _OTHERS) or _written(data) or ("a camera's raw file" if _is_raw(data) else "")


def _named(data: bytes, names: dict[bytes, str]) -> str:
    return next((name for start, name in names.items() if data.startswith(start)), "")


def _written(data: bytes) -> str:
    start = _text_start(data)
    if b"<svg" in start:
        return "an SVG drawing"
    if b"%pdf-" in start:
        return "a PDF"
    return "a text file" if start.isascii() and not _CONTROLS & set(start) else ""


def _text_start(data: bytes) -> bytes:
    return data[:_START].removeprefix(b"\xef\xbb\xbf").lstrip().lower()


def _brands(data: bytes) -> set[bytes]:
    """The major and the compatible brands of an ISO media file (ISO/IEC 14496-12, §4.3)."""
    end = min(int.from_bytes(data[:4], "big"), _START)
    return {data[8:12]} | {data[at : at + 4] for at in range(16, end, 4)}


def _kind_of_brands(brands: set[bytes]) -> str:
    if brands & _AVIF_BRANDS:
        return "AVIF"
    return "HEIC" if brands & _HEIC_BRANDS else ""


def _is_raw(data: bytes) -> bool:
    """Tell a camera's raw file from a TIFF: its first picture is a thumbnail (Adobe DNG 1.7, TIFF/EP)."""
    if data[8:10] == b"CR":
        return data[:4] == b"II*\0"
    tags = _tags(data)
    return _DNG_VERSION in tags or (_SUB_IFDS in tags and tags.get(_NEW_SUBFILE_TYPE) == 1)


def _tags(data: bytes) -> dict[int, int]:
    """The tags of a TIFF's first directory, with their value or where it lies (TIFF 6.0, §2)."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(data[:4])
    if order is None:
        return {}
    try:
        (start,) = struct.unpack_from(order + "I", data, 4)
        (count,) = struct.unpack_from(order + "H", data, start)
        entries = (struct.unpack_from(order + "HHII", data, start + 2 + 12 * n) for n in range(min(count, _MAX_TAGS)))
        return {tag: value for tag, _, _, value in entries}
    except struct.error:
        return {}
