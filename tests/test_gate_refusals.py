"""The gate keeps the rest out: each refusal says why, and no file can harm the process that asked."""

import io
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from bot.core.photo import MAX_FILE_BYTES
from bot.errors import DamagedPhoto, LoginPage, NotAPhoto, PhotoError, TooLarge, TooSmall
from bot.gate import Gate

MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def gate() -> Iterator[Gate]:
    gate = Gate(workers=2)
    yield gate
    gate.close()


def saved(size: tuple[int, int], kind: str = "PNG", mode: str = "RGB") -> bytes:
    file = io.BytesIO()
    Image.new(mode, size).save(file, kind)
    return file.getvalue()


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and has no pixels."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + header
        + struct.pack(">I", zlib.crc32(header))
        + bytes(4)
        + b"IDAT"
    )


def webp_header(width: int, height: int) -> bytes:
    """A WebP that claims a canvas and has no pixels."""
    sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + sides


def tiff_header(tag: int, value: int, more: int = 0) -> bytes:
    """A TIFF whose first directory has one or two tags."""
    entries = [struct.pack("<HHII", number, 4, 1, value) for number in (tag, more) if number]
    return struct.pack("<2sHIH", b"II", 42, 8, len(entries)) + b"".join(entries)


@pytest.mark.parametrize(
    ("data", "looks_like"),
    [
        (b"%PDF-1.7\n", "a PDF"),
        (b"\n  %PDF-1.4\n", "a PDF"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "an SVG drawing"),
        (b"<?xml version='1.0'?>\n<svg/>", "an SVG drawing"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0isommp42", "an MP4 video"),
        (b"\0\0\0\x18ftypcrx \0\0\0\x01crx isom", "a camera's raw file"),
        (b"II*\0\x10\0\0\0CR\x02\0", "a camera's raw file"),
        (tiff_header(50706, 1), "a camera's raw file"),
        (tiff_header(254, 1, more=330), "a camera's raw file"),
        (b"PK\x03\x04\x14\0", "a ZIP file"),
        (b"8BPS\0\x01", "a Photoshop file"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "a PostScript file"),
        (b"\xff\x0a\x01\x02", "a JPEG XL picture"),
        (b"\0\0\x01\0\x01\0", "an icon"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "a video or sound file"),
        (b'{"ok": false}', "a text file"),
        (b"BMW is a car", "a text file"),
        (b"\x07\x93\xf1\x00", ""),
        (b"\xff", ""),
    ],
)
def test_what_is_no_photo_is_named_by_its_bytes(gate: Gate, data: bytes, looks_like: str) -> None:
    with pytest.raises(NotAPhoto) as refusal:
        gate.open(data)

    assert refusal.value.say == NotAPhoto(looks_like).say


@pytest.mark.parametrize("page", [b"<!DOCTYPE html><html>", b"\xef\xbb\xbf \n<HTML lang=en>"])
def test_a_web_page_is_a_missing_scope(gate: Gate, page: bytes) -> None:
    with pytest.raises(LoginPage):
        gate.open(page)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\xff\xd8", id="only the start of a JPEG"),
        pytest.param(saved((200, 200), "JPEG")[:-200], id="a JPEG cut short"),
        pytest.param(saved((200, 200))[:-30], id="a PNG cut short"),
        pytest.param(png_header(200, 200), id="a PNG without pixels"),
        pytest.param(webp_header(200, 200), id="a WebP without pixels"),
        pytest.param(b"\0\0\0\x14ftypheic\0\0\0\0mif1" + bytes(64), id="a HEIC without pixels"),
        pytest.param(b"II*\0" + b"\xff" * 60, id="a TIFF that points nowhere"),
    ],
)
def test_a_damaged_photo_is_refused(gate: Gate, data: bytes) -> None:
    with pytest.raises(DamagedPhoto):
        gate.open(data)


@pytest.mark.parametrize(
    ("data", "say"),
    [
        (bytes(MAX_FILE_BYTES + 1), "This file is too big for me (26 MB; limit 25 MB)."),
        (bytes(31 * MEGABYTE), "This file is too big for me (31 MB; limit 25 MB)."),
        (png_header(13300, 13300), "This picture is too large for me (177 megapixels; limit 64)."),
        (png_header(8001, 8001), "This picture is too large for me (65 megapixels; limit 64)."),
        (webp_header(16383, 16383), "This picture is too large for me (268 megapixels; limit 64)."),
        (png_header(3300, 100), "This panorama is too wide for me (33:1; limit 20:1). Please crop it."),
        (png_header(100, 2001), "This panorama is too tall for me (21:1; limit 20:1). Please crop it."),
    ],
)
def test_what_is_too_large_is_refused_by_its_header_with_number_and_limit(gate: Gate, data: bytes, say: str) -> None:
    with pytest.raises(TooLarge) as refusal:
        gate.open(data)

    assert refusal.value.say == say


def test_under_40_pixels_nothing_can_be_read(gate: Gate) -> None:
    with pytest.raises(TooSmall) as refusal:
        gate.open(saved((500, 39)))

    assert refusal.value.say == "This picture is too small to read (500×39 pixels)."
    assert gate.open(saved((500, 40))).padded


def test_a_picture_of_a_ratio_of_exactly_20_passes(gate: Gate) -> None:
    assert gate.open(saved((2000, 100))).width == 2000


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("photos/heic/corrupted.heic", DamagedPhoto),
        ("photos/heic/truncated.heic", TooSmall),
        ("photos/unusual_files/broken_data_stream.png", DamagedPhoto),
        ("photos/unusual_files/cf_truncated.jpg", DamagedPhoto),
        ("photos/unusual_files/truncated_jpeg.jpg", DamagedPhoto),
        ("photos/unusual_files/zero_bytes.jpg", DamagedPhoto),
        ("photos/unusual_files/slack_login_page.jpg", LoginPage),
        ("photos/unusual_files/bomb_20000.png", TooLarge),
        ("photos/unusual_files/decompression_bomb.gif", TooLarge),
        ("photos/unusual_files/exif_typeerror.jpg", None),
        ("photos/unusual_files/frozenpond.mpo", None),
        ("photos/unusual_files/pil_sample_cmyk.jpg", None),
        ("photos/unusual_files/size_79x200.jpg", None),
        ("badfiles/made/panorama_30000x900.jpg", TooLarge),
        ("badfiles/made/raw_cr2_like.cr2", NotAPhoto),
        ("badfiles/made/bomb_ztxt.png", DamagedPhoto),
        ("badfiles/real/pillow_heif/200MP.heic", TooLarge),
    ],
)
def test_known_files_get_their_verdict(gate: Gate, shared: Path, name: str, refusal: type[PhotoError] | None) -> None:
    data = (shared / name).read_bytes()
    if refusal is None:
        assert gate.open(data).data
    else:
        with pytest.raises(refusal):
            gate.open(data)
