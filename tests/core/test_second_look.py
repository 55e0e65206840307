"""Where a second look pays, and where what it reads belongs."""

from dataclasses import replace

import pytest

from bot.core.bibs import bibs_among
from bot.core.findings import Face, Word
from bot.core.geometry import Box
from bot.core.second_look import CROWD, Region, last_regions, narrowed, on_photo, regions

SIZE = (1000, 1000)
"""Pixels; just no small photo any more."""
LEFT, RIGHT = Face(Box(0.2, 0.1, 0.08, 0.1), 99.0), Face(Box(0.7, 0.1, 0.08, 0.1), 99.0)
NUMBER = Word("1234", 99.0, Box(0.2, 0.42, 0.1, 0.05))


def test_a_face_with_a_sure_number_is_not_looked_at_again() -> None:
    bibs = bibs_among([NUMBER], [LEFT, RIGHT], size=SIZE)

    (region,) = regions([NUMBER], [LEFT, RIGHT], bibs, SIZE)

    assert region.box.left < RIGHT.box.left < RIGHT.box.right < region.box.right
    assert region.box.top > RIGHT.box.center[1]
    assert region.enlarged == pytest.approx(1.28)


def test_faces_far_behind_are_not_looked_at_again() -> None:
    far = Face(Box(0.4, 0.1, 0.01, 0.015), 99.0)

    assert len(regions([], [LEFT, far], (), SIZE)) == 1


def test_under_a_face_of_a_few_pixels_nothing_is_looked_for() -> None:
    assert len(regions([], [LEFT], (), (200, 200))) == 1
    assert regions([], [LEFT], (), (199, 199)) == ()


def test_a_number_in_doubt_is_looked_at_closely() -> None:
    doubtful = replace(NUMBER, confidence=98.0)

    (region,) = last_regions([LEFT], bibs_among([doubtful], [LEFT], size=SIZE), SIZE)

    assert region.box.left < NUMBER.box.left < NUMBER.box.right < region.box.right
    assert region.enlarged * NUMBER.box.height * SIZE[1] == pytest.approx(64)
    assert last_regions([LEFT], bibs_among([NUMBER], [LEFT], size=SIZE), SIZE) == ()


def test_what_is_too_small_for_a_bib_of_a_torso_is_not_asked_for() -> None:
    (region,) = regions([], [LEFT], (), SIZE)

    asked = narrowed({"Filters": {"WordFilter": {"MinConfidence": 30.0}}}, region)

    assert asked["Filters"]["WordFilter"] == {"MinConfidence": 30.0, "MinBoundingBoxHeight": region.least}
    assert region.least * region.box.height == pytest.approx(0.18 * LEFT.box.height)


def test_a_crowd_is_looked_at_in_four_quarters_that_overlap_and_cover_the_frame() -> None:
    quarters = [region.box for region in regions([NUMBER] * CROWD, [LEFT], (), SIZE)]

    assert len(quarters) == 4
    assert sorted(box.left for box in quarters) == pytest.approx([0, 0, 0.45, 0.45])
    assert max(box.right for box in quarters) == pytest.approx(1)


def test_a_small_photo_without_any_number_is_looked_at_larger_as_a_whole() -> None:
    assert last_regions([], (), (400, 300)) == (Region(Box(0.0, 0.0, 1.0, 1.0), 2.0),)
    assert last_regions([], (), (4000, 3000)) == ()
    assert last_regions([LEFT], bibs_among([NUMBER]), (400, 300)) == ()


def test_where_no_number_is_sure_more_is_looked_at_around_the_largest_torsos() -> None:
    (second,) = regions([], [LEFT], (), SIZE)
    (last,) = last_regions([LEFT], (), SIZE)
    doubtful = bibs_among([replace(NUMBER, confidence=96.0)], [LEFT], size=SIZE)

    assert last.box.left < second.box.left < second.box.right < last.box.right
    assert last.enlarged == second.enlarged
    assert len(last_regions([LEFT], doubtful, SIZE)) == 2


def test_what_is_read_in_a_region_is_put_back_where_it_stands() -> None:
    region = Region(Box(0.5, 0.5, 0.2, 0.4), 2.0)

    (word,) = on_photo([Word("77", 90.0, Box(0.25, 0.5, 0.5, 0.25), line=3)], region, 1)

    box = word.box
    assert [box.left, box.top, box.width, box.height] == pytest.approx([0.55, 0.7, 0.1, 0.1])
    assert word.line != 3


@pytest.mark.parametrize(("left", "kept"), [(0.0, False), (0.3, True), (0.75, False)])
def test_a_number_that_the_region_cuts_does_not_count(left: float, kept: bool) -> None:  # noqa: FBT001 - data
    words = [Word("34", 99.0, Box(left, 0.5, 0.25, 0.1))]

    assert bool(list(on_photo(words, Region(Box(0.3, 0.2, 0.4, 0.6), 1.0), 1))) is kept


def test_the_frames_own_edge_is_left_to_the_verdict() -> None:
    assert list(on_photo([NUMBER], Region(Box(0.0, 0.0, 0.5, 1.0), 1.0), 1))
    assert list(on_photo([Word("34", 99.0, Box(0.0, 0.5, 0.2, 0.1))], Region(Box(0.0, 0.2, 0.4, 0.6), 1.0), 1))


def test_small_digits_of_a_small_photo_are_read_again() -> None:
    bibs = bibs_among([NUMBER], [LEFT], size=SIZE)

    assert regions([NUMBER], [LEFT], bibs, (2000, 2000)) == ()
    assert len(regions([NUMBER], [LEFT], bibs, (400, 400))) == 1
