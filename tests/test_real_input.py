"""Real photos, through the gate, the detectors and the embedded engine: the right answers, or the right refusals."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.core.channel import ChannelSettings
from bot.core.findings import Face, Label, Word
from bot.core.share import Looked
from bot.errors import DamagedPhoto, LoginPage, PhotoError, TooLarge, TooSmall
from bot.eyes import eyes as open_eyes
from bot.settings import read_settings

pytestmark = pytest.mark.shared

Look = Callable[..., Looked]
"""Looks at a photo by its name, with the detectors that are named; with every one where none is."""

SEEN = {
    "dog.jpg": {"Dog", "Bicycle"},
    "eagle.jpg": {"Bird"},
    "horses.jpg": {"Horse"},
    "chelsea.png": {"Cat"},
    "coffee.png": {"Cup"},
    "astronaut.png": {"Person"},
}
REFUSED: dict[str, type[PhotoError]] = {
    "heic/corrupted.heic": DamagedPhoto,
    "heic/truncated.heic": TooSmall,
    "unusual_files/bomb_20000.png": TooLarge,
    "unusual_files/broken.png": DamagedPhoto,
    "unusual_files/broken_data_stream.png": DamagedPhoto,
    "unusual_files/cf_truncated.jpg": DamagedPhoto,
    "unusual_files/decompression_bomb.gif": TooLarge,
    "unusual_files/slack_login_page.jpg": LoginPage,
    "unusual_files/truncated_image.png": DamagedPhoto,
    "unusual_files/truncated_jpeg.jpg": DamagedPhoto,
    "unusual_files/zero_bytes.jpg": DamagedPhoto,
}
ACCEPTED = (
    "heic/arrow.heic",
    "heic/pug.heic",
    "heic/zPug_3.heic",
    "unusual_files/exif_typeerror.jpg",
    "unusual_files/frozenpond.mpo",
    "unusual_files/hopper.bmp",
    "unusual_files/hopper.webp",
    "unusual_files/pil_sample_cmyk.jpg",
    "unusual_files/size_79x200.jpg",
    "unusual_files/size_80x80.jpg",
)
RACE_PHOTOS = tuple(f"bibs_rbnr_set1/set1_{number:02}.JPG" for number in (1, 2, 5, *range(9, 16)))


@pytest.fixture(scope="module")
def look(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Look]:
    """Look at the shared photos."""
    home = tmp_path_factory.mktemp("home")
    settings = read_settings(_env_file=None, home=home, vision="embedded", database_url="", workers=2)
    with open_eyes(settings) as eyes:

        def look(photo: str, *detectors: str) -> Looked:
            asked = ChannelSettings(detectors=detectors) if detectors else ChannelSettings(image_properties=True)
            return eyes.looking.look("local", eyes.gate.open((shared / "photos" / photo).read_bytes()), asked)

        yield look


@pytest.mark.parametrize("photo", SEEN)
def test_things_in_general_photos_are_named(look: Look, photo: str) -> None:
    labels = {one.name for one in look(f"general/{photo}", "labels").found["labels"] if isinstance(one, Label)}

    assert SEEN[photo] <= labels


def test_a_page_of_text_is_read(look: Look) -> None:
    words = {one.text.lower() for one in look("general/page.png", "text").found["text"] if isinstance(one, Word)}

    assert {"region-based", "segmentation"} <= words


def test_an_astronaut_has_one_face(look: Look) -> None:
    assert len([one for one in look("general/astronaut.png", "faces").found["faces"] if isinstance(one, Face)]) == 1


@pytest.mark.parametrize("number", [1, 3, 5, 6, 8])
def test_photos_of_every_orientation_are_read_upright(look: Look, number: int) -> None:
    looked = look(f"exif_orientation/Landscape_{number}.jpg", "text")

    assert (looked.width, looked.height) == (1800, 1200)
    words = {one.text.lower(): one.box for one in looked.found["text"] if isinstance(one, Word)}
    assert words["top"].center[1] < words["bottom"].center[1]
    assert words["left"].center[0] < words["right"].center[0]


@pytest.mark.parametrize("photo", REFUSED)
def test_what_cannot_be_looked_at_is_refused_with_its_sentence(look: Look, photo: str) -> None:
    with pytest.raises(REFUSED[photo]) as refused:
        look(photo)

    assert refused.value.say.endswith(".")


@pytest.mark.parametrize("photo", ACCEPTED)
def test_unusual_photos_are_looked_at(look: Look, photo: str) -> None:
    looked = look(photo)

    assert looked.digest
    assert not looked.failures


@pytest.mark.parametrize("photo", RACE_PHOTOS)
def test_bibs_in_race_photos_are_read(look: Look, shared: Path, photo: str) -> None:
    with (shared / "photos" / "manifest.csv").open(newline="") as manifest:
        row = next(row for row in csv.DictReader(manifest) if row["file"] == photo)

    assert set(row["bibs"].split(";")) <= {bib.number for bib in look(photo, "text", "faces").bibs}
