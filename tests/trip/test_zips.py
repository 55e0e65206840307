"""A zip is dropped in a channel: scanned where an admin allowed that, with its summary and its index in its thread."""

import json
from typing import Any

import pytest

from bot.core.share import Share
from bot.demo.records import Message, Upload
from bot.errors import NotAllowed
from tests import pictures
from tests.trip.conftest import SQLITE_ALONE, Trip
from tests.zips import zipped

pytestmark = SQLITE_ALONE


def drop(trip: Trip, channel: str, data: bytes) -> Message:
    """Drop a zip, and wait until nothing is under way any more."""
    message = trip.drop(channel, Upload("race.zip", data, "application/zip"))
    trip.settle(60)
    return message


def test_a_zips_photos_are_scanned_and_summed_up_in_its_thread(trip: Trip) -> None:
    channel = trip.channel(zips=True)
    members = {"day 1/a.jpg": pictures.bib("7301"), "b.jpg": pictures.bib("7302"), "read me.txt": b"Thank you"}

    message = drop(trip, channel, zipped(members))

    told, index = trip.slack.replies(message)
    assert told.text.startswith("2 bibs in 2 photos")
    files = [trip.slack.workspace.files[file] for file in index.files]
    assert [file.name for file in files] == ["bibs.csv", "bibs.json"]
    found: dict[str, Any] = json.loads(files[1].data)["bibs"]
    assert {bib: [one["photo"] for one in photos] for bib, photos in found.items()} == {
        "7301": ["day 1/a.jpg"],
        "7302": ["b.jpg"],
    }
    with trip.bot.storage.begin(trip.slack.team_id) as work:
        assert work.shares.of_file(message.files[0]) == ()


def test_a_zip_is_left_alone_where_no_admin_allowed_zips(trip: Trip) -> None:
    message = drop(trip, trip.channel(), zipped({"a.jpg": pictures.bib("7303")}))

    assert trip.slack.replies(message) == []


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"no zip", "This zip file is damaged"),
        (zipped({"a.txt": b"Hello"}), "There is no photo in this zip file"),
    ],
    ids=["damaged", "no photo"],
)
def test_a_bad_zip_gets_one_sentence_in_its_thread(trip: Trip, data: bytes, why: str) -> None:
    message = drop(trip, trip.channel(zips=True), data)

    assert [reply.text[: len(why)] for reply in trip.slack.replies(message)] == [why]


def test_whoever_dropped_a_zip_says_whether_its_scan_goes_on_and_other_members_do_not(trip: Trip) -> None:
    team, scans, channel = trip.slack.team_id, trip.bot.spotter.scans, trip.channel(zips=True)
    share = Share(channel=channel, ts="1.0", file="F0ZIP", user=trip.slack.member.id, name="race.zip")
    asked, _ = scans.ask_zip(team, share, ["a.jpg", "b.jpg"])

    assert scans.ask_zip(team, share, ["a.jpg", "b.jpg"])[0] == asked
    scans.allow(team, trip.slack.member.id, asked.id)
    scans.allow(team, trip.slack.admin.id, asked.id)
    with pytest.raises(NotAllowed):
        scans.allow(team, trip.slack.other.id, asked.id)


def test_a_zip_that_is_gone_when_its_scan_begins_is_told(trip: Trip) -> None:
    team, channel = trip.slack.team_id, trip.channel(zips=True)
    dropped = trip.drop(channel)
    share = Share(channel=channel, ts=dropped.ts, file="F0GONE", user=trip.slack.member.id, thread_ts=dropped.ts)
    asked, _ = trip.bot.spotter.scans.ask_zip(team, share, ["a.jpg"])

    trip.bot.spotter.scans.begin(team, trip.slack.member.id, asked.id)
    trip.settle(60)

    assert "I can't see this photo" in trip.slack.replies(dropped)[0].text
