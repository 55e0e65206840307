"""Photos found again by what they show: what is found, in which order, and for whom."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import pytest
from alembic import command
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from bot.core.findings import Label, Word
from bot.core.library_query import parse
from bot.core.people import Certainty, FaceMatch
from bot.core.share import Looked, Share
from bot.core.sightings import Page
from storage import Storage, migrations_of
from storage.library import MOST_COUNTED
from storage.models import PhotoTermRow
from tests.people.known import agree
from tests.storage.found import BOX, bib, put

SEES: Final = frozenset({"C1", "C2"})
MAY: Final = datetime(2026, 5, 17, 12)  # noqa: DTZ001  # a camera's clock knows no zone
JUNE: Final = datetime(2026, 6, 1)  # noqa: DTZ001  # as above


def shows(*names: str, text: str = "", **more: Any) -> dict[str, Any]:
    """The findings of a photo."""
    words = tuple(Word(word, 99.0, BOX, 0) for word in text.split())
    return {"labels": tuple(Label(name, 90.0) for name in names), "text": words, **more}


def find(
    storage: Storage,
    asked: str,
    *,
    channels: frozenset[str] = SEES,
    people: Mapping[str, list[str]] | None = None,
    **more: int,
) -> Page:
    with storage.begin("T1") as work:
        return work.library.find(parse(asked), channels, people or {}, **{"limit": 10, **more})


def files(page: Page) -> list[str]:
    return [sighting.share.file for sighting in page.sightings]


@pytest.fixture
def album(storage: Storage) -> Storage:
    """Five photos in two channels."""
    put(storage, "F1", found=shows("Dog", "Beach"), taken=MAY)
    put(storage, "F2", found=shows("Dog", "Cat", text="FINISH LINE"), taken=JUNE)
    put(storage, "F3", bib("1234"), found=shows(text="FINISH"), taken=MAY)
    put(storage, "F4", found=shows("Cat"), channel="C2", taken=MAY)
    put(storage, "F5", found=shows("Line", text="START"), channel="C2", taken=JUNE)
    return storage


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("dog", ["F2", "F1"]),
        ("Dogs", ["F2", "F1"]),
        ("dog beach", ["F1"]),
        ("dog -cat", ["F1"]),
        ("-cat", ["F5", "F3", "F1"]),
        ("finish", ["F2", "F3"]),
        ("line", ["F5", "F2"]),
        ("text:line", ["F2"]),
        ('"finish line"', ["F2"]),
        ('text:"finish line" dog', ["F2"]),
        ("-text:finish dog", ["F1"]),
        ("bib:1234", ["F3"]),
        ("bib:1234 finish", ["F3"]),
        ("bib:1234 dog", []),
        ("finish -bib:1234", ["F2"]),
        ("dog after:2026-06", ["F2"]),
        ("dog before:2026-06-01", ["F1"]),
        ("on:2026-05-17", ["F4", "F3", "F1"]),
        ("bib:1234 on:2026-05-17", ["F3"]),
        ("bib:1234 after:2026-06", []),
        ("zebra", []),
    ],
)
def test_a_photo_is_found_by_all_that_it_shows_newest_first(album: Storage, asked: str, found: list[str]) -> None:
    page = find(album, asked)

    assert files(page) == found
    assert page.total == len(found)


def test_a_photo_is_handed_over_with_its_place_and_its_moment(album: Storage) -> None:
    [sighting] = find(album, "beach").sightings

    assert sighting.moment == MAY
    assert (sighting.share.file, sighting.share.channel, sighting.share.name) == ("F1", "C1", "F1.jpg")


def test_the_pages_together_hold_every_photo_once(storage: Storage) -> None:
    for number in range(7):
        put(storage, f"F{number}", found=shows("Dog"), taken=MAY)

    pages = [find(storage, "dog", limit=3, offset=offset) for offset in (0, 3, 6)]

    assert [files(page) for page in pages] == [["F6", "F5", "F4"], ["F3", "F2", "F1"], ["F0"]]
    assert [page.total for page in pages] == [7, 7, 7]


def test_what_lies_in_other_channels_changes_neither_photos_nor_counts_nor_words(album: Storage) -> None:
    before = _everything(album)

    put(album, "F8", bib("1234"), channel="C9", found=shows("Dog", "Zebra", text="FINISH SECRET"))
    put(album, "F9", bib("1234"), workspace="T2", found=shows("Dog", "Lion", text="FINISH OTHER"))

    assert _everything(album) == before


def test_without_a_channel_nothing_is_found(album: Storage) -> None:
    assert _everything(album, frozenset()) == (Page(), Page(), Page(), frozenset())


def test_words_are_those_of_visible_photos_labels_and_text_alike(album: Storage) -> None:
    with album.begin("T1") as work:
        assert work.library.words(frozenset({"C2"})) == {"cat", "line", "start"}


def test_a_forgotten_photo_leaves_no_term_behind(album: Storage) -> None:
    before = _terms(album)
    put(album, "F6", found=shows("Dog", "Zebra", text="START"))

    with album.begin("T1") as work:
        work.shares.forget("F6")

    assert files(find(album, "dog")) == ["F2", "F1"]
    assert _terms(album) == before


def test_a_second_look_replaces_the_terms_of_the_first(storage: Storage) -> None:
    share = put(storage, "F1", found=shows("Dog"))
    with storage.begin("T1") as work:
        work.shares.finish(share, Looked(digest="d1", found=shows("Cat")))

    assert (find(storage, "dog").total, find(storage, "cat").total) == (0, 1)


def test_a_refused_photo_is_not_found(storage: Storage) -> None:
    share = Share(channel="C1", ts="1.1", file="F1")
    with storage.begin("T1") as work:
        work.shares.begin(share)
        work.shares.finish(share, Looked(refusal="no photo"))

    assert find(storage, "-dog") == Page()


def test_a_person_is_found_where_it_is_probably_them(album: Storage) -> None:
    for name in ("ada", "bo"):
        agree(album, name)
    _match(album, "F1", "p-ada", "probably")
    _match(album, "F2", "p-ada", "maybe")
    _match(album, "F4", "p-bo", "probably")
    people = {"ada": ["p-ada"], "bo": ["p-bo"], "nobody": []}

    assert files(find(album, "person:ada", people=people)) == ["F1"]
    assert files(find(album, "person:ada on:2026-05-17", people=people)) == ["F1"]
    assert files(find(album, "person:ada after:2026-06", people=people)) == []
    assert files(find(album, "person:bo cat", people=people)) == ["F4"]
    assert files(find(album, "person:ada person:bo", people=people)) == []
    assert files(find(album, "dog -person:ada", people=people)) == ["F2"]
    assert files(find(album, "person:nobody", people=people)) == []
    assert files(find(album, "beach -person:nobody", people=people)) == ["F1"]


def test_more_photos_than_are_counted_are_said_to_be_more(album: Storage) -> None:
    with Session(album.engine) as session, session.begin():
        beach = session.scalars(select(PhotoTermRow).filter_by(term="beach")).one()
        own = {"workspace": "T1", "term": "beach", "share_id": beach.share_id, "channel": "C1"}
        many = [{**own, "moment": beach.moment + later} for later in range(1, MOST_COUNTED + 5)]
        session.execute(insert(PhotoTermRow), many)

    assert find(album, "beach").total == MOST_COUNTED + 1


def test_photos_that_were_looked_at_before_there_were_terms_are_found_after_an_upgrade(album: Storage) -> None:
    before = _everything(album)

    with album.engine.begin() as connection:
        command.downgrade(migrations_of(connection), "0003")
    assert _terms(album) == 0
    album.upgrade()

    assert _everything(album) == before


def _everything(storage: Storage, channels: frozenset[str] = SEES) -> tuple[object, ...]:
    with storage.begin("T1") as work:
        words = work.library.words(channels)
    return (*(find(storage, asked, channels=channels) for asked in ("dog", "bib:1234", "-zebra")), words)


def _terms(storage: Storage) -> int:
    with storage.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(PhotoTermRow)) or 0


def _match(storage: Storage, file: str, person: str, certainty: Certainty) -> None:
    share = Share(channel="C2" if file in ("F4", "F5") else "C1", ts=f"1.{file}", file=file)
    with storage.begin("T1") as work:
        work.matches.keep(share, [FaceMatch(box=BOX, certainty=certainty, person=person)])
