"""Boxes and names drawn into a photo."""

from io import BytesIO
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.core.geometry import Box
from bot.core.marks import Kind, Mark
from bot.drawing import KINDS, LEAST_SIDE, MOST_SIDE, Rect, draw, drawable, pixels, places
from tests import pictures

FRAME = (400, 300)
FRACTIONS = st.floats(-0.2, 1.2)
BOXES = st.builds(Box, FRACTIONS, FRACTIONS, st.floats(0.0, 1.2), st.floats(0.0, 1.2))


@given(st.lists(BOXES, max_size=12), st.integers(10, 120))
def test_plates_stand_in_the_frame_and_on_no_other(boxes: list[Box], width: int) -> None:
    found = places(FRAME, [pixels(box, FRAME) for box in boxes], [(width, 20)] * len(boxes))

    stand = [place for place in found if place]
    assert len(stand) == len(boxes)
    assert all(place.left >= 0 and place.top >= 0 for place in stand)
    assert all(place.right <= FRAME[0] and place.bottom <= FRAME[1] for place in stand)
    assert not any(one.meets(other) for one, other in combinations(stand, 2))


def test_a_plate_stands_on_no_box_where_there_is_room() -> None:
    boxes = [Rect(100, 100, 200, 200), Rect(100, 40, 200, 95)]

    [place, _] = places(FRAME, boxes, [(60, 20), (60, 20)])

    assert place
    assert not any(place.meets(box) for box in boxes)


def test_where_no_place_is_left_a_plate_is_missing() -> None:
    assert places((100, 40), [Rect(0, 0, 99, 39)] * 3, [(100, 20)] * 3)[2] is None


@pytest.mark.parametrize(
    ("text", "shown"),
    [("1234", "1234"), ("José Ñandú", "Jose Nandu"), ("李小龙", "person"), ("a" * 40, "a" * 21 + "...")],
)
def test_what_the_font_lacks_is_put_into_plain_letters_or_a_word(text: str, shown: str) -> None:
    assert drawable(text, "person") == shown


@pytest.mark.parametrize("size", [(80, 80), (4_096, 1_000)])
def test_the_picture_is_as_large_as_a_phone_can_use_with_a_legend_below(size: tuple[int, int]) -> None:
    drawn = _drawn(size, [Mark("bib", "1234", Box(0.2, 0.2, 0.5, 0.3)), Mark("face", "", Box(-0.5, -0.5, 3, 3))])

    assert LEAST_SIDE <= drawn.width <= MOST_SIDE
    assert drawn.height > round(drawn.width * size[1] / size[0])
    assert _close(drawn.getpixel((round(drawn.width * 0.2) + 2, round(drawn.width * size[1] / size[0] * 0.35))), "bib")


def test_without_a_mark_there_is_no_legend() -> None:
    assert _drawn((1_000, 500), []).size == (1_000, 500)


def test_the_colours_of_kinds_are_far_apart() -> None:
    colours = sorted(_rgb(colour) for _, colour in KINDS.values())
    assert all(sum(abs(a - b) for a, b in zip(one, other, strict=True)) > 60 for one, other in pairwise(colours))


def _drawn(size: tuple[int, int], marks: list[Mark]) -> Image.Image:
    return Image.open(BytesIO(draw(pictures.jpeg(Image.new("RGB", size, "grey")), marks)))


def _close(pixel: float | tuple[int, ...] | None, kind: Kind) -> bool:
    """Whether a pixel has the colour of a kind, as well as a JPEG keeps it."""
    assert isinstance(pixel, tuple)
    away = [abs(a - b) for a, b in zip(pixel, _rgb(KINDS[kind][1]), strict=True)]
    return sum(away) < 90


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))
