"""What searches bring."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from bot.core.bib_query import Name, Numbers, Pattern, Unnumbered
from bot.core.library_query import Wanted, parse
from bot.core.sightings import NearMiss, Page, Sighting
from bot.library import Missing, PhotosFound
from bot.search import Found
from bot.slack import Message
from handlers import blocks
from tests.samples.photos import MAX, sighting

CLARA: Final = replace(sighting(2, "1207"), state="listed", runner="Clara Wennick")
FIRST: Final = replace(sighting(1, "1207", 96.4), state="listed", runner="Clara Wennick")
PART: Final = replace(sighting(5, "1207", 71.0), state="partial")
SAID: Final = replace(sighting(6, "1207"), corrected_by=MAX)
HEIC: Final = replace(CLARA, share=replace(CLARA.share, name="IMG_2041.HEIC", format="heic"))


def _found(*sightings: Sighting, **more: Any) -> Found:
    page = Page(sightings, more.pop("total", len(sightings)), more.pop("offset", 0))
    return Found(**{"asked": "1207", "query": Numbers(("1207",)), "page": page, **more})


def _photos(asked: str, *sightings: Sighting, **more: Any) -> PhotosFound:
    page = Page(sightings, more.pop("total", len(sightings)), more.pop("offset", 0))
    return PhotosFound(query=parse(asked), page=page, **more)


def _missing(kind: Any, value: str, *near: str) -> Missing:
    return Missing(Wanted(kind, value), near)


BIBS: Final[Mapping[str, Message]] = {
    "a page of many": blocks.found_bibs(_found(CLARA, SAID, total=12, offset=2)),
    "unsure ones": blocks.found_bibs(_found(PART, HEIC)),
    "cards": blocks.found_bibs(_found(CLARA, FIRST, SAID, PART, total=12, cards=True)),
    "shared": blocks.found_bibs(_found(CLARA), shared=True),
    "several numbers": blocks.found_bibs(_found(FIRST, asked="1207 34", query=Numbers(("1207", "34")), cards=True)),
    "people without a bib": blocks.found_bibs(_found(sighting(5), asked="?", query=Unnumbered())),
    "nothing": blocks.found_bibs(_found()),
    "nobody of a name": blocks.found_bibs(_found(asked="Nora", query=Name("Nora"))),
    "no such pattern": blocks.found_bibs(_found(asked="14?9", query=Pattern("14?9"))),
    "nobody without a bib": blocks.found_bibs(_found(asked="?", query=Unnumbered())),
    "near misses": blocks.found_bibs(
        _found(
            asked="1208",
            query=Numbers(("1208",)),
            near=(NearMiss(CLARA, 3), NearMiss(replace(FIRST, number="1203", runner=""), 1)),
        )
    ),
    "turned up": blocks.bib_turned_up(("1207",), CLARA),
    "several turned up": blocks.bib_turned_up(("1207", "34"), FIRST),
}
PHOTOS: Final[Mapping[str, Message]] = {
    "a page of many": blocks.found_photos(
        _photos("tree -dog after:2026-05-01", sighting(2), sighting(3), total=40, offset=5)
    ),
    "cards": blocks.found_photos(_photos("road", sighting(1), sighting(2), sighting(4), total=7, cards=True)),
    "more than are counted": blocks.found_photos(_photos("person", sighting(4), total=1_001, cards=True)),
    "shared": blocks.found_photos(_photos("podium", sighting(7)), shared=True),
    "nothing": blocks.found_photos(_photos("dog", missing=(_missing("any", "dog"),))),
    "nothing together": blocks.found_photos(_photos("dog lake")),
    "nothing then": blocks.found_photos(_photos("dog after:2026")),
    "nothing of any kind": blocks.found_photos(
        _photos(
            "dgo text:finsh celebrity:ada bib:7 sharp person:nora",
            missing=(
                _missing("any", "dgo", "dog"),
                _missing("text", "finsh", "finish"),
                _missing("celebrity", "ada"),
                _missing("bib", "7"),
                _missing("quality", "sharp"),
                _missing("person", "nora"),
            ),
        )
    ),
}
