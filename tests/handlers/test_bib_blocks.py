"""Every message and modal about bibs is one that Slack takes, whatever was found."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from bot.core.bib_query import Numbers, Unnumbered
from bot.core.channel import ChannelSettings
from bot.core.corrections import Correction
from bot.core.sightings import NearMiss, Page, Sighting
from bot.correcting import Correctable
from bot.demo.blockkit import problems
from bot.link_scan import Progress
from bot.scan.index import Index
from bot.search import Found
from handlers import blocks
from storage.scans import Scan
from tests.handlers.found import HOSTILE, SHARE
from tests.reading import texts

SIGHTING = Sighting(share=SHARE, moment=datetime(2026, 5, 17, 11, 0), number="1234", confidence=99.2)  # noqa: DTZ001  # the camera's clock has no zone
NAMED = replace(SIGHTING, state="listed", runner=HOSTILE, share=replace(SHARE, name=HOSTILE))
CORRECTED = replace(SIGHTING, corrected_by="U0123ABCD")
HEIC = replace(SIGHTING, share=replace(SHARE, format="heic"))
NOBODY = replace(SIGHTING, number="")


def found(*sightings: Sighting, cards: bool = False, total: int = 0, **more: Any) -> Found:
    page = Page(tuple(sightings), total or len(sightings), more.pop("offset", 0))
    return Found(
        asked=more.pop("asked", "1234"), query=more.pop("query", Numbers(("1234",))), page=page, cards=cards, **more
    )


FOUND = {
    "one": found(SIGHTING),
    "a page of many": found(SIGHTING, NAMED, CORRECTED, HEIC, SIGHTING, total=40, offset=5),
    "cards": found(SIGHTING, NAMED, CORRECTED, HEIC, cards=True, total=40),
    "several numbers": found(SIGHTING, asked="1234 77", query=Numbers(("1234", "77"))),
    "nobody": found(NOBODY, asked="?", query=Unnumbered()),
    "nothing": found(),
    "nothing without bib": found(asked="?", query=Unnumbered()),
    "near misses": found(near=(NearMiss(SIGHTING, 3), NearMiss(NAMED, 1), NearMiss(HEIC, 2))),
    "hostile": found(NAMED, asked=HOSTILE[:1500]),
}


@pytest.mark.parametrize("shared", [False, True], ids=["for one", "for all"])
@pytest.mark.parametrize("name", FOUND)
def test_photos_of_a_bib_are_a_message_that_slack_takes(name: str, *, shared: bool) -> None:
    message = blocks.found_bibs(FOUND[name], shared=shared)

    assert problems(list(message.blocks), "message") == []
    assert 0 < len(message.text) <= 4_000
    assert "<!" not in message.text + "".join(texts(message.blocks))


def test_what_everybody_reads_has_no_button() -> None:
    message = blocks.found_bibs(FOUND["a page of many"], shared=True)

    assert "button" not in str(message.blocks)


def test_cards_show_each_photo_with_its_picture_where_slack_shows_it() -> None:
    [carousel] = [one for one in blocks.found_bibs(FOUND["cards"]).blocks if one["type"] == "carousel"]

    assert ["hero_image" in card for card in carousel["elements"]] == [True, True, True, False]


@pytest.mark.parametrize("sighting", [SIGHTING, NAMED, HEIC], ids=["plain", "hostile", "heic"])
def test_a_watcher_is_told_in_a_message_that_slack_takes(sighting: Sighting) -> None:
    message = blocks.bib_turned_up(("1234", "77"), sighting)

    assert problems(list(message.blocks), "message") == []
    assert message.text.startswith("Bibs 1234, 77 turned up")


CORRECTION = Correction(by="U0123ABCD", was="1234", number="1243", id=7)
PHOTO = Correctable(share=SHARE, numbers=("1234", "77"), corrections=(CORRECTION,))
MODALS = {
    "find": blocks.find_modal("C0123ABCD", "1700000000.000100"),
    "correct one": blocks.correction_modal([PHOTO]),
    "correct one of many": blocks.correction_modal(
        [PHOTO, replace(PHOTO, share=replace(SHARE, name=HOSTILE, file="F2"))]
    ),
    "correct the chosen one": blocks.correction_modal([PHOTO, PHOTO], chosen=SHARE.file),
    "correct where nothing was read": blocks.correction_modal([replace(PHOTO, numbers=(), corrections=())]),
    "start list": blocks.start_list_modal("C0123ABCD", 0),
    "event": blocks.event_modal("C0123ABCD", ChannelSettings(event_format=r"[A-F]\d{3}", refuse=("2026", "LISBOA"))),
    "scan": blocks.scan_modal("C0123ABCD", ("photos.example.org",)),
    "look": blocks.look_modal("C0123ABCD"),
}


@pytest.mark.parametrize("name", MODALS)
def test_forms_are_modals_that_slack_takes(name: str) -> None:
    assert problems(MODALS[name], "modal") == []


SCAN = Scan("abc", "C0123ABCD", "U0123ABCD", ("https://photos.example.org/1.jpg",))
FAILED = Index(photos=9, paid_calls=9, cost=9_000, failed=[{"photo": HOSTILE, "error": HOSTILE}] * 9)


@pytest.mark.parametrize(
    "message",
    [
        blocks.scan_offer(SCAN, 0),
        blocks.scan_offer(SCAN, 1_000),
        blocks.scan_offer(replace(SCAN, links=("a.jpg", "b.jpg"), zip="F0123ABCDE"), 0),
        blocks.scan_progress(Progress(scan=SCAN, index=Index())),
        blocks.scan_progress(Progress(scan=SCAN, index=FAILED, ended=True)),
        blocks.start_list_offer("F0123ABCDE", HOSTILE),
    ],
    ids=["offer", "paid offer", "zip", "begun", "failed", "start list"],
)
def test_scans_and_start_lists_are_told_in_messages_that_slack_takes(message: Any) -> None:
    assert problems(list(message.blocks), "message") == []
    assert "<!" not in message.text + str(message.blocks)
