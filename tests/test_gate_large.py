"""A photo that the engine takes only smaller leaves the gate whole, too, where somebody has a place for it."""

import io
from collections.abc import Iterator
from contextlib import closing

import pytest
from PIL import ExifTags, Image

from bot.core.photo import ENGINE_MAX_BYTES, STORED_MAX_BYTES
from bot.gate import Gate
from tests.test_gate import difference, noise, pixels, saved, scene


@pytest.fixture(scope="module")
def gate() -> Iterator[Gate]:
    with closing(Gate(workers=2, large=True)) as gate:
        yield gate


def test_what_is_longer_than_4096_pixels_comes_whole_and_upright(gate: Gate) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 3
    exif[ExifTags.Base.Make] = "Secretcam"
    file = io.BytesIO()
    scene(6000, 3000).transpose(Image.Transpose.ROTATE_180).save(file, "JPEG", exif=exif)

    photo = gate.open(file.getvalue())

    assert (photo.width, photo.height) == (4096, 2048)
    assert difference(pixels(photo.large), scene(6000, 3000)) < 3
    assert b"Secret" not in photo.large
    assert b"Exif" not in photo.large


def test_what_is_too_many_bytes_comes_whole(gate: Gate) -> None:
    photo = gate.open(saved(noise(2400, 2400), "PNG", compress_level=0))

    assert len(photo.data) <= ENGINE_MAX_BYTES < len(photo.large) <= STORED_MAX_BYTES
    assert pixels(photo.large).size == (2400, 2400)


def test_what_fits_a_call_comes_once(gate: Gate) -> None:
    assert gate.open(saved(scene(), "PNG")).large == b""


def test_what_is_refused_is_refused_as_ever(gate: Gate) -> None:
    with pytest.raises(Exception, match="empty or damaged"):
        gate.open(saved(scene(6000, 3000), "JPEG")[:400])


def test_the_digest_is_the_same_with_and_without(gate: Gate) -> None:
    data = saved(scene(5000, 1000), "PNG")
    with closing(Gate(workers=1)) as plain:
        photo = plain.open(data)

    assert photo.large == b""
    assert gate.open(data).digest == photo.digest
