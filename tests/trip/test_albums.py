"""Many photos: summed up in their thread, or once a day."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.core.digest import HOUR
from bot.demo.records import Message, Upload
from bot.digest import Digest
from bot.errors import Overtaken
from bot.slack import Slack
from bot.thread_files import Made, ThreadFiles
from handlers import blocks
from tests import pictures
from tests.trip.conftest import SQLITE_ALONE, Trip
from tests.trip.drawn import ours


def finishers(first: int, count: int) -> list[Upload]:
    return [Upload(f"{number}.jpg", pictures.bib(str(number))) for number in range(first, first + count)]


def index_of(trip: Trip, message: Message) -> dict[str, Any]:
    """The newest index in a message's thread, of which there is one."""
    [table, written] = ours(trip, message)
    assert (table.name, written.name) == ("bibs.csv", "bibs.json")
    found: dict[str, Any] = json.loads(written.data)
    return found


def test_ten_photos_are_summed_up_with_an_index_that_follows_them(trip: Trip) -> None:
    same = Upload("again.jpg", pictures.bib("4201"))
    message = trip.drop(trip.channel(), *finishers(4201, 9), same, Upload("more.jpg", pictures.bib("4210")))

    answer = trip.answer(message)

    assert answer.text.startswith("11 photos · 10 bibs\nBibs: 4201\N{NO-BREAK SPACE}×2, 4202")
    assert "The same photo twice: 4201.jpg and again.jpg" in answer.text
    assert set(index_of(trip, message)["bibs"]) == {str(number) for number in range(4201, 4211)}

    trip.slack.delete_file(message.user, message.files[-1])
    trip.settle()

    assert "4210" not in index_of(trip, message)["bibs"]


@SQLITE_ALONE
def test_of_two_jobs_that_know_the_same_one_has_to_begin_again(trip: Trip) -> None:
    message, team = trip.drop(trip.channel(), *finishers(4221, 1)), trip.slack.team_id
    trip.answer(message)
    files = ThreadFiles(trip.bot.storage)
    known = files.known(team, message.channel, message.ts, "#albums")

    def put(name: str) -> None:
        files.put(slack_of(trip), team, known, [Made(name, b"bib,photo")], shows=name, thread=message.ts)

    put("first.csv")
    with pytest.raises(Overtaken):
        put("second.csv")

    assert [file.name for file in ours(trip, message)] == ["first.csv"]


@SQLITE_ALONE
def test_a_channel_with_a_digest_gets_one_message_a_day_and_no_other(trip: Trip) -> None:
    channel = trip.channel(digest="day")
    message = trip.drop(channel, *finishers(4231, 2))
    trip.settle()
    sent = datetime.fromtimestamp(float(message.ts), UTC)
    evening = sent.replace(hour=HOUR, minute=0, second=0) + timedelta(days=sent.hour >= HOUR)

    assert trip.slack.replies(message) == []
    for job in ("first", "second"):
        digest_at(trip, evening + timedelta(minutes=5)).tell(job, {"workspace": trip.slack.team_id})
    trip.settle()

    [_, summary] = [one for one in trip.slack.messages(channel) if not one.thread_ts]
    assert summary.text.startswith(f"{evening:%Y-%m-%d} · 2 photos · 2 bibs\nBibs: 4231 and 4232")
    assert set(index_of(trip, summary)["bibs"]) == {"4231", "4232"}


def digest_at(trip: Trip, moment: datetime) -> Digest:
    """What sums up at a moment."""
    slack, albums = slack_of(trip), trip.bot.spotter.albums
    return Digest(trip.bot.storage, lambda _: slack, albums, blocks.digest_message, now=lambda: moment)


def slack_of(trip: Trip) -> Slack:
    """The door to its workspace."""
    return Slack(WebClient(trip.slack.bot_token, base_url=trip.slack.api_url), (trip.slack.file_host,))
