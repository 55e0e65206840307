"""Bibs found again: what is found, in which order, and for whom."""

from datetime import datetime

import pytest

from bot.core.sightings import Page, Sighting
from storage import Storage
from tests.storage.found import BOX, FACES, bib, put

SEES = frozenset({"C1", "C2"})
NOON = datetime(2026, 5, 17, 12)  # noqa: DTZ001  # a camera's clock knows no zone
LATER = datetime(2026, 5, 17, 13)  # noqa: DTZ001  # as above


def find(storage: Storage, *numbers: str, channels: frozenset[str] = SEES, workspace: str = "T1") -> Page:
    with storage.begin(workspace) as work:
        return work.bibs.find(numbers, channels)


def files(page: Page) -> list[str]:
    return [sighting.share.file for sighting in page.sightings]


def test_a_photo_is_found_with_all_that_is_told_of_it(storage: Storage) -> None:
    share = put(storage, "F1", bib("1234"), taken=NOON)

    assert find(storage, "1234") == Page(
        (Sighting(share=share, moment=NOON, number="1234", confidence=95.0, asserted=True, box=BOX),), total=1
    )


def test_the_surest_comes_first_then_the_earlier_then_what_may_not_be_asserted(storage: Storage) -> None:
    put(storage, "F1", bib("1234", 99.0, "partial"))
    put(storage, "F2", bib("1234", 90.0), taken=LATER)
    put(storage, "F3", bib("1234", 90.0), taken=NOON)
    put(storage, "F4", bib("1234", 97.0, "listed"))

    assert files(find(storage, "1234")) == ["F4", "F3", "F2", "F1"]


def test_leading_zeros_count(storage: Storage) -> None:
    put(storage, "F1", bib("04"))

    assert find(storage, "4").total == 0
    assert find(storage, "04").total == 1


def test_what_was_refused_is_not_found(storage: Storage) -> None:
    put(storage, "F1", bib("2026", 99.0, "refused"))

    assert find(storage, "2026") == Page()
    assert find(storage, "2026", "2027") == Page()


def test_a_photo_with_several_of_the_numbers_comes_once_with_the_surest(storage: Storage) -> None:
    put(storage, "F1", bib("1234", 91.0), bib("1240", 98.0))
    put(storage, "F2", bib("1234", 95.0))

    page = find(storage, "1234", "1240")

    assert [(one.share.file, one.number) for one in page.sightings] == [("F1", "1240"), ("F2", "1234")]
    assert page.total == 2


@pytest.mark.parametrize("numbers", [("1234",), ("1234", "1240")])
def test_the_pages_together_hold_every_photo_once(storage: Storage, numbers: tuple[str, ...]) -> None:
    for number in range(7):
        put(storage, f"F{number}", bib("1234"))

    with storage.begin("T1") as work:
        pages = [work.bibs.find(numbers, SEES, limit=3, offset=offset) for offset in (0, 3, 6)]

    assert sorted(file for page in pages for file in files(page)) == [f"F{number}" for number in range(7)]
    assert [page.total for page in pages] == [7, 7, 7]


def test_a_pattern_finds_digits_and_letters(storage: Storage) -> None:
    put(storage, "F1", bib("1439"))
    put(storage, "F2", bib("14A9"))
    put(storage, "F3", bib("14399"))

    with storage.begin("T1") as work:
        assert sorted(files(work.bibs.matching("14?9", SEES))) == ["F1", "F2"]


def test_what_lies_in_other_channels_changes_neither_photos_nor_counts(storage: Storage) -> None:
    put(storage, "F1", bib("1234"))
    before = _everything(storage)

    put(storage, "F2", bib("1234", 99.0), bib("1284"), channel="C9", found=FACES)
    put(storage, "F3", channel="C9", found=FACES)
    put(storage, "F4", bib("1234", 99.0), bib("1284"), workspace="T2", found=FACES)
    put(storage, "F5", workspace="T2", found=FACES)
    with storage.begin("T1") as work:
        work.start_lists.replace("C9", [("1234", "Anna", {})])
    with storage.begin("T2") as work:
        work.start_lists.replace("C1", [("1234", "Anna", {})])

    assert _everything(storage) == before


def test_without_a_channel_nothing_is_found(storage: Storage) -> None:
    put(storage, "F1", bib("1234"), bib("1284"))
    put(storage, "F2", found=FACES)
    with storage.begin("T1") as work:
        work.start_lists.replace("C1", [("1234", "Anna", {})])

    assert _everything(storage, frozenset()) == (Page(), Page(), Page(), (), Page(), Page())


def test_a_forgotten_photo_is_found_no_more(storage: Storage) -> None:
    put(storage, "F1", bib("1234"))
    with storage.begin("T1") as work:
        work.shares.forget("F1")

    assert find(storage, "1234") == Page()


def test_near_misses_come_the_likeliest_first_with_their_best_photo(storage: Storage) -> None:
    put(storage, "F1", bib("1934"))
    put(storage, "F2", bib("1284", 91.0))
    put(storage, "F3", bib("1284", 96.0))
    put(storage, "F4", bib("7234"))
    put(storage, "F5", bib("9999"))

    with storage.begin("T1") as work:
        near = work.bibs.near("1234", SEES)

    assert [(one.number, one.best.share.file, one.photos) for one in near] == [
        ("7234", "F4", 1),
        ("1284", "F3", 2),
        ("1934", "F1", 1),
    ]


def test_a_part_of_the_number_is_near_where_it_was_read_as_a_part(storage: Storage) -> None:
    put(storage, "F1", bib("34", 80.0, "partial"))
    put(storage, "F2", bib("34", 99.0))

    with storage.begin("T1") as work:
        near = work.bibs.near("1234", SEES)

    assert [(one.number, one.best.share.file, one.photos) for one in near] == [("34", "F1", 1)]


def test_a_runner_is_found_by_a_part_of_the_name_where_the_list_is(storage: Storage) -> None:
    put(storage, "F1", bib("12"), channel="C1")
    put(storage, "F2", bib("12"), channel="C2")
    with storage.begin("T1") as work:
        work.start_lists.replace("C1", [("12", "Zoë Müller", {}), ("13", "Max Mustermann", {})])
        page = work.bibs.of_name("mull ZOE", SEES)

    assert [(one.share.file, one.runner) for one in page.sightings] == [("F1", "Zoë Müller")]
    assert page.total == 1


def test_people_without_a_bib_are_found(storage: Storage) -> None:
    put(storage, "F1", found=FACES)
    put(storage, "F2", bib("12"), found=FACES)
    put(storage, "F3", bib("2026", 99.0, "refused"), found=FACES)
    put(storage, "F4")

    with storage.begin("T1") as work:
        page = work.bibs.without_bib(SEES)

    assert files(page) == ["F3", "F1"]
    assert page.total == 2


def _everything(storage: Storage, channels: frozenset[str] = SEES) -> tuple[object, ...]:
    with storage.begin("T1") as work:
        return (
            work.bibs.find(("1234",), channels),
            work.bibs.find(("1234", "1284"), channels),
            work.bibs.matching("12?4", channels),
            work.bibs.near("1235", channels),
            work.bibs.of_name("Anna", channels),
            work.bibs.without_bib(channels),
        )
