"""Second looks carried out, and the crops that they are put to."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from bot.core.event import Event
from bot.core.findings import Face, Word
from bot.core.geometry import Box
from bot.core.photo import Photo
from bot.core.second_look import Region
from bot.crops import Crops
from bot.second_looks import SecondLooks

FACE = Face(Box(0.45, 0.1, 0.1, 0.1), 99.0)


def photo(width: int, height: int) -> Photo:
    """A photo that is red on its left half and blue on its right."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("blue", (width // 2, 0, width, height))
    file = BytesIO()
    image.save(file, "JPEG")
    return Photo(file.getvalue(), width, height, width, height, "JPEG", "digest")


@pytest.mark.parametrize(
    ("region", "size"),
    [
        (Region(Box(0.5, 0.0, 0.5, 0.5), 2.0), (400, 300)),
        (Region(Box(0.5, 0.0, 0.05, 0.1), 1.0), (80, 120)),
        (Region(Box(0.9, 0.9, 0.1, 0.1), 500.0), (4096, 3072)),
    ],
)
def test_a_region_is_cut_out_and_enlarged_within_what_engines_take(region: Region, size: tuple[int, int]) -> None:
    with Image.open(BytesIO(Crops(photo(400, 300))(region))) as image:
        red, _, blue = image.convert("RGB").getpixel((image.width // 2, image.height // 2))  # type: ignore[misc]  # RGB

        assert image.size == pytest.approx(size, abs=60)
        assert min(image.size) >= 80
        assert blue > 200 > red


def test_a_number_that_only_the_second_look_sees_is_added_where_it_stands() -> None:
    looks = SecondLooks(lambda _: [Word("1234", 99.0, Box(0.4, 0.4, 0.2, 0.1))], [FACE], (2000, 2000), Event())

    (word,) = looks([])

    assert word.text == "1234"
    assert word.box.center[0] == pytest.approx(0.5)
    assert FACE.box.bottom < word.box.top < 0.5


def test_what_the_first_look_read_is_not_told_twice_and_words_are_left_alone() -> None:
    first = Word("12", 80.0, Box(0.47, 0.42, 0.06, 0.05))
    told = [Word("SPONSOR", 99.0, Box(0.4, 0.1, 0.2, 0.1))]

    assert SecondLooks(lambda _: told, [FACE], (2000, 2000), Event())([first]) == [first]


@pytest.mark.parametrize(("sure", "told"), [(90.0, 2), (99.0, 1)])
def test_only_what_was_read_in_doubt_is_told_again_by_a_look_that_agrees(sure: float, told: int) -> None:
    beside = replace(FACE, box=replace(FACE.box, left=0.6))
    first = Word("1234", sure, Box(0.5, 0.3, 0.1, 0.05))
    again = Word("1234", 85.0, Box(0.03, 0.18, 0.31, 0.11))

    def read(region: Region) -> list[Word]:
        return [again] if region.box.left > 0.48 else []

    assert len(SecondLooks(read, [FACE, beside], (2000, 2000), Event())([first])) == told


def test_where_no_second_look_is_allowed_the_first_stays() -> None:
    assert SecondLooks(lambda _: None, [FACE], (400, 400), Event())([]) == []
