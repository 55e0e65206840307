"""Every answer to `/findphoto` is one that Slack takes, whatever was found or typed."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from bot.core.library_query import LONGEST, LibraryQuery, Wanted, parse
from bot.core.sightings import Page, Sighting
from bot.demo.blockkit import problems
from bot.errors import Misread
from bot.library import Missing, PhotosFound
from handlers import blocks
from tests.handlers.found import HOSTILE, SHARE
from tests.reading import texts

PHOTO = Sighting(share=SHARE, moment=datetime(2026, 5, 17, 11, 0))  # noqa: DTZ001  # the camera's clock has no zone
ODD = replace(PHOTO, share=replace(SHARE, name=HOSTILE))
HEIC = replace(PHOTO, share=replace(SHARE, name="", format="heic"))
EMOJI = "\N{GRINNING FACE}" * (LONGEST - 4) + " dog"


def found(*sightings: Sighting, asked: str = "dog -cat", total: int = 0, **more: Any) -> PhotosFound:
    page = Page(tuple(sightings), total or len(sightings), more.pop("offset", 0))
    return PhotosFound(query=more.pop("query", None) or parse(asked), page=page, **more)


def missing(kind: Any, value: str, *near: str) -> Missing:
    return Missing(Wanted(kind, value), near)


FOUND = {
    "one": found(PHOTO),
    "a page of many": found(PHOTO, ODD, HEIC, PHOTO, PHOTO, total=40, offset=5),
    "more than are counted": found(PHOTO, total=1_001),
    "cards": found(PHOTO, ODD, HEIC, total=40, cards=True),
    "a long query": found(PHOTO, query=LibraryQuery(typed=EMOJI), total=40, offset=5),
    "hostile": found(ODD, query=LibraryQuery(typed=HOSTILE[:LONGEST])),
    "nothing": found(asked="dog"),
    "nothing together": found(asked="dog cat"),
    "nothing then": found(asked="dog after:2026"),
    "nothing of any kind": found(
        missing=tuple(missing(kind, HOSTILE) for kind in ("any", "text", "celebrity", "quality", "bib", "person"))
    ),
    "near": found(asked="dgo", missing=(missing("any", "dgo", "dog", HOSTILE[:60]),)),
}


@pytest.mark.parametrize("shared", [False, True], ids=["for one", "for all"])
@pytest.mark.parametrize("name", FOUND)
def test_photos_are_a_message_that_slack_takes(name: str, *, shared: bool) -> None:
    message = blocks.found_photos(FOUND[name], shared=shared)

    assert problems(list(message.blocks), "message") == []
    assert 0 < len(message.text) <= 4_000
    assert "<!" not in message.text + "".join(texts(message.blocks))


def test_what_everybody_reads_has_no_button() -> None:
    assert "button" not in str(blocks.found_photos(FOUND["a page of many"], shared=True).blocks)


def test_photos_that_were_not_counted_are_more() -> None:
    assert blocks.found_photos(FOUND["more than are counted"]).text.startswith("“dog -cat”: more than 1000 photos")


def test_where_nothing_is_found_it_is_said_what_may_be_wrong() -> None:
    assert blocks.found_photos(FOUND["near"]).text.startswith(
        "I found no photo of “dgo” in the channels that you can open. Did you mean dog or"
    )
    assert blocks.found_photos(FOUND["nothing together"]).text.endswith("but no photo shows all of it.")
    assert blocks.found_photos(FOUND["nothing then"]).text.endswith("There may be some from another time.")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("dog txt:finish", "dog txt:finish\n    ^"),
        ("dog text:", "dog text:\n         ^"),
        ("a" * 60 + " txt:x" + "b" * 60, "…" + "a" * 17 + " txt:x" + "b" * 7 + "…\n" + " " * 19 + "^"),
        ("dog <!here>` txt:x", "dog &lt;!here&gt;\N{MODIFIER LETTER GRAVE ACCENT} txt:x\n             ^"),
    ],
)
def test_the_place_that_cannot_be_read_is_pointed_at(typed: str, shown: str) -> None:
    with pytest.raises(Misread) as misread:
        parse(typed)

    message = blocks.failure(misread.value)

    assert message.blocks[0]["text"]["text"] == f"{misread.value.say}\n```{shown}```"
    assert problems(list(message.blocks), "message") == []
