"""The gate lets photos in: every format comes out as one upright, plain JPEG."""

import io
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest
from PIL import ExifTags, Image, ImageChops, ImageStat
from pillow_heif import register_heif_opener

from bot.core.photo import ENGINE_MAX_BYTES
from bot.gate import Gate

TAKEN = "2026:05:03 09:12:33"
UNDO = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How a camera that was held so would have stored the upright picture."""


@pytest.fixture(scope="module")
def gate() -> Iterator[Gate]:
    gate = Gate(workers=8)
    yield gate
    gate.close()


def scene(width: int = 300, height: int = 200, mode: str = "RGB") -> Image.Image:
    """Red and green on the upper half, blue and yellow below: no turn of it looks like another."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("green", (width // 2, 0, width, height // 2))
    image.paste("blue", (0, height // 2, width // 2, height))
    image.paste("yellow", (width // 2, height // 2, width, height))
    return image.convert(mode)


def noise(width: int, height: int) -> Image.Image:
    source = random.Random(1)  # noqa: S311  # the same noise each time
    return Image.frombytes("RGB", (width, height), source.randbytes(width * height * 3))


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    register_heif_opener()
    file = io.BytesIO()
    image.save(file, "HEIF" if kind == "HEIC" else kind, **options)
    return file.getvalue()


def pixels(jpeg: bytes) -> Image.Image:
    return Image.open(io.BytesIO(jpeg))


def difference(left: Image.Image, right: Image.Image) -> float:
    """The mean difference of two pictures of one size, 0 to 255."""
    assert left.size == right.size
    return max(ImageStat.Stat(ImageChops.difference(left, right)).mean)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "HEIC", "WebP", "GIF", "AVIF", "BMP", "TIFF"])
def test_every_format_comes_out_as_the_same_jpeg(gate: Gate, kind: str) -> None:
    photo = gate.open(saved(scene(), kind))

    assert (photo.kind, photo.width, photo.height) == (kind, 300, 200)
    assert (photo.original_width, photo.original_height) == (300, 200)
    assert pixels(photo.data).format == "JPEG"
    assert pixels(photo.data).mode == "RGB"
    assert difference(pixels(photo.data), scene()) < 6
    assert not photo.animated
    assert not photo.padded


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WebP", "TIFF", "HEIC", "AVIF"])
def test_a_turned_photo_comes_out_upright(gate: Gate, kind: str, orientation: int) -> None:
    stored = scene().transpose(UNDO[orientation]) if orientation in UNDO else scene()
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation

    photo = gate.open(saved(stored, kind, exif=exif.tobytes()))

    assert (photo.original_width, photo.original_height) == (300, 200)
    assert difference(pixels(photo.data), scene()) < 6


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_an_orientation_that_does_not_exist_is_left_alone(gate: Gate, orientation: int) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation

    assert difference(pixels(gate.open(saved(scene(), "JPEG", exif=exif)).data), scene()) < 6


def test_nothing_but_pixels_leaves_the_gate(gate: Gate) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Secretcam"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (59.0, 20.0, 3.0)
    hidden = {"comment": b"Secretcomment", "icc_profile": b"Secretprofile" * 40, "xmp": b"<x>Secretxmp</x>"}

    data = saved(scene(), "JPEG", exif=exif, **hidden)
    photo = gate.open(data)

    assert data.count(b"Secret") > 3
    assert b"Secret" not in photo.data
    assert b"Exif" not in photo.data
    assert b"ICC_PROFILE" not in photo.data
    assert set(pixels(photo.data).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize(
    ("told", "taken"),
    [
        (TAKEN, datetime(2026, 5, 3, 9, 12, 33)),  # noqa: DTZ001  # a camera's clock has no zone
        (TAKEN + ".25", datetime(2026, 5, 3, 9, 12, 33)),  # noqa: DTZ001
        ("0000:00:00 00:00:00", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_the_camera_s_time_is_read_before_it_is_stripped(gate: Gate, told: str, taken: datetime | None) -> None:
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = told

    assert gate.open(saved(scene(), "JPEG", exif=exif)).taken == taken


def test_broken_metadata_does_not_spoil_a_photo(gate: Gate) -> None:
    photo = gate.open(saved(scene(), "JPEG", exif=b"Exif\0\0MM\0*\xff\xff\xff\xff" + b"\xff" * 200))

    assert photo.taken is None
    assert difference(pixels(photo.data), scene()) < 6


@pytest.mark.parametrize("kind", ["GIF", "WebP", "PNG", "AVIF"])
def test_of_an_animation_the_first_frame_is_kept(gate: Gate, kind: str) -> None:
    frames = [Image.new("RGB", (300, 200), color) for color in ("white", "black")]

    photo = gate.open(saved(scene(), kind, save_all=True, append_images=frames))

    assert photo.animated
    assert difference(pixels(photo.data), scene()) < 6


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "YCbCr", "I;16", "F"])
def test_every_colour_model_becomes_rgb(gate: Gate, mode: str) -> None:
    grey = Image.linear_gradient("L")
    if mode == "I;16":
        stored = Image.frombytes("I;16", grey.size, b"".join(bytes((0, value)) for value in grey.tobytes()))
    elif mode == "F":
        stored = grey.convert("F").point(lambda value: value * (1 / 255))
    else:
        stored = grey.convert(mode)

    photo = gate.open(saved(stored, "TIFF"))

    assert difference(pixels(photo.data), grey.convert(mode if mode == "1" else "L").convert("RGB")) < 4


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_becomes_white(gate: Gate, mode: str) -> None:
    clear = {"P": {"transparency": 0}}.get(mode, {})
    photo = gate.open(saved(Image.new(mode, (100, 100), 0), "PNG", **clear))

    assert difference(pixels(photo.data), Image.new("RGB", (100, 100), "white")) == 0


def test_a_small_photo_is_padded_with_white_and_keeps_its_scale(gate: Gate) -> None:
    photo = gate.open(saved(Image.new("RGB", (160, 44)), "PNG"))

    assert photo.padded
    assert (photo.width, photo.height, photo.original_width, photo.original_height) == (160, 80, 160, 44)
    assert pixels(photo.data).getpixel((80, 20)) == (0, 0, 0)
    assert pixels(photo.data).getpixel((80, 70)) == (255, 255, 255)


def test_a_huge_photo_is_shrunk_to_4096_pixels_and_its_size_is_kept(gate: Gate) -> None:
    photo = gate.open(saved(scene(6000, 3000), "JPEG"))

    assert (photo.width, photo.height, photo.original_width, photo.original_height) == (4096, 2048, 6000, 3000)


def test_a_jpeg_is_made_small_enough_for_the_engine(gate: Gate) -> None:
    data = saved(noise(3000, 2700), "PNG", compress_level=0)

    photo = gate.open(data)

    assert len(photo.data) <= ENGINE_MAX_BYTES < len(data)
    assert (photo.original_width, photo.original_height) == (3000, 2700)
    assert pixels(photo.data).size == (photo.width, photo.height)


def test_the_digest_is_of_the_pixels_whatever_the_file(gate: Gate) -> None:
    first = saved(noise(200, 100), "PNG")
    same = saved(noise(200, 100), "TIFF")
    other = noise(200, 100)
    other.putpixel((7, 7), (0, 0, 0))

    assert gate.open(first).digest == gate.open(same).digest
    assert gate.open(first).digest != gate.open(saved(other, "PNG")).digest
    assert gate.open(first).digest != gate.open(saved(noise(100, 200), "PNG")).digest


def test_eight_threads_open_photos_at_once(gate: Gate) -> None:
    files = [saved(scene(100 + number, 100), "PNG") for number in range(24)]

    with ThreadPoolExecutor(8) as pool:
        photos = list(pool.map(gate.open, files))

    assert [photo.width for photo in photos] == [100 + number for number in range(24)]


@pytest.mark.shared
@pytest.mark.parametrize("number", [1, 3, 5, 6, 8])
def test_real_photos_come_out_upright(gate: Gate, shared: Path, number: int) -> None:
    upright = gate.open((shared / "photos/exif_orientation/Landscape_1.jpg").read_bytes())
    photo = gate.open((shared / f"photos/exif_orientation/Landscape_{number}.jpg").read_bytes())

    assert (photo.original_width, photo.original_height) == (1800, 1200)
    assert difference(pixels(photo.data), pixels(upright.data)) < 6


@pytest.mark.shared
def test_heic_as_phones_write_it_is_read(gate: Gate, shared: Path) -> None:
    photo = gate.open((shared / "photos/heic/arrow.heic").read_bytes())

    assert (photo.kind, photo.original_width, photo.original_height) == ("HEIC", 3024, 4032)
    assert photo.taken == datetime(2018, 7, 31, 14, 52, 7)  # noqa: DTZ001  # a camera's clock has no zone
