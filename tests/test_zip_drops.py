"""A zip is dropped where looking at photos costs money."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.demo.records import Upload
from bot.demo.server import LocalSlack
from bot.gate import Gate
from bot.link_scan import LinkScan
from bot.looking import Looking
from bot.slack import Slack
from bot.telling import Telling
from bot.zip_drops import ZipDrops
from handlers import blocks
from storage import Storage
from tests.emptied import emptied
from tests.test_waiting import CALL, Eyes, renderer
from tests.zips import zipped


@pytest.fixture(scope="module")
def used(new_database: Callable[[str], str]) -> Iterator[Storage]:
    with closing(Storage(new_database("sqlite"))) as storage:
        yield storage


def test_the_price_is_asked_of_whoever_dropped_it_and_nothing_begins_before(used: Storage) -> None:
    storage, jobs = emptied(used), list[Mapping[str, Any]]()
    with LocalSlack() as slack, closing(Gate(workers=1)) as gate, closing(looks(storage)) as looking:
        door = Slack(WebClient(slack.bot_token, base_url=slack.api_url, timeout=5), (slack.file_host,))
        scans = LinkScan(
            storage=storage,
            gate=gate,
            looking=looking,
            slack_of=lambda _: door,
            submit=lambda _kind, _key, payload: jobs.append(payload),
        )
        photos = {"a.jpg": b"\xff\xd8\xff", "b.jpg": b"\xff\xd8\xff"}
        user, channel = slack.member.id, slack.race.id
        message = slack.drop(user, channel, [Upload("race.zip", zipped(photos), "application/zip")])
        file = door.shared_file(message.files[0], channel)
        share = file.share(channel, user, message.ts)
        assert share

        ZipDrops(scans, Telling(storage, renderer())).take("job", door, slack.team_id, share, file)

        [offer] = slack.ephemerals(user)
        assert offer.text == "Your zip file holds 2 photos. Scanning costs at most $0.0020. Shall I begin?"
        assert (jobs, slack.replies(message)) == ([], [])

        [begin, _] = offer.blocks[1]["elements"]
        begun = scans.begin(slack.team_id, user, begin["value"])
        assert blocks.scan_begun(begun).text == "I have begun. The progress is in the thread of the zip."
        assert [job["scan"] for job in jobs] == [begin["value"]]


def looks(storage: Storage) -> Looking:
    """Looks that cost as much as Amazon's."""
    return Looking(Eyes(), storage, cap=1_000 * CALL, workers=1)
