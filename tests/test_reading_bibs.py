"""Bibs in real race photos: what the whole embedded scan tells of each, number by number."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.core.bibs import bibs_among
from bot.core.channel import ChannelSettings
from bot.core.event import Event
from bot.core.findings import Face, Word
from bot.core.photo import Photo
from bot.crops import Crops
from bot.detectors import every_detector
from bot.gate import Gate
from bot.second_looks import SecondLooks
from bot.vision import Vision, embedded


@pytest.fixture(scope="module")
def eyes() -> Vision:
    """The embedded engine."""
    return embedded.connect(workers=2)


def _ask(eyes: Vision, name: str, image: bytes) -> Sequence[object]:
    detector, settings = every_detector()[name], ChannelSettings()
    return detector.read(eyes.look(detector.operation, image, detector.options(settings)), settings)


def _asserted(eyes: Vision, photo: Photo) -> set[str]:
    def read(image: bytes) -> list[Word]:
        return [word for word in _ask(eyes, "text", image) if isinstance(word, Word)]

    faces = [face for face in _ask(eyes, "faces", photo.data) if isinstance(face, Face)]
    size = (photo.width, photo.height)
    crops = Crops(photo)
    words = SecondLooks(lambda region: read(crops(region)), faces, size, Event())(read(photo.data))
    return {bib.number for bib in bibs_among(words, faces, size=size) if bib.asserted}


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "bibs"),
    [
        ("rbnr_set1/set1_01.JPG", {"3638"}),
        ("rbnr_set1/set1_03.JPG", {"3719"}),  # beside a clock that shows 1:33:04
        ("rbnr_set1/set1_16.JPG", {"1463"}),
        ("rbnr_set1/set1_20.JPG", {"2078"}),
        ("rbnr_set1/set1_37.JPG", {"723"}),  # before a banner of 2008
        ("rbnr_set1/set1_49.JPG", {"80"}),
        ("rbnr_set1/set1_52.JPG", {"2845"}),  # only at the second look
        ("rbnr_set1/set1_58.JPG", {"814"}),
        ("rbnr_set1/set1_88.JPG", {"1442"}),
        ("prom_classic/0057-IMG_0080.JPG", {"951"}),
        ("prom_classic/821-IMG_1297.JPG", {"107"}),
        ("trail/photo1.jpg", {"1298"}),  # its bib says 21KM, too
    ],
)
def test_the_numbers_in_a_race_photo(shared: Path, eyes: Vision, name: str, bibs: set[str]) -> None:
    photo = Gate(workers=1).open((shared / "photos" / f"bibs_{name}").read_bytes())

    assert _asserted(eyes, photo) == bibs
