"""Photos that have to wait, and money that comes to an end: said in the thread, once, and mended by itself."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass, fields
from typing import Any, Final

import pytest
from slack_sdk import WebClient
from sqlalchemy import delete

from bot.albums import Albums
from bot.boxes import Boxes
from bot.core.channel import ChannelSettings
from bot.core.share import Drop
from bot.demo.records import Message, Upload
from bot.demo.server import LocalSlack
from bot.detectors import Answer
from bot.digest import Digest
from bot.errors import BudgetSpent, NotAllowed, TooMany, VisionBusy, VisionDown, VisionError
from bot.gate import Gate
from bot.link_scan import LinkScan
from bot.looking import Looking
from bot.people.face_search import FaceSearch
from bot.slack import Slack
from bot.telling import Renderer, Telling
from bot.usage import Usage
from bot.waiting import HourlyRates, Waiting
from bot.walk import Walk
from bot.zip_drops import ZipDrops
from handlers import blocks
from storage import Storage
from storage.models import PaceRow
from tests.emptied import emptied
from tests.paid import painted

CALL: Final = 1_000
DOWN: Final = "The photo service is down; I will answer when it is back."
BOX: Final = {"Left": 0.4, "Top": 0.4, "Width": 0.2, "Height": 0.2}
WORD: Final = {"Id": 0, "Type": "WORD", "DetectedText": "1234", "Confidence": 99.0, "Geometry": {"BoundingBox": BOX}}


class Eyes:
    """Reads 1234 in every picture, or fails as it is told to."""

    name = "Amazon Rekognition"
    model = "m1"
    region = "us-east-1"
    paid = True

    def __init__(self) -> None:
        self.asked = 0
        self.error: VisionError | None = None

    def look(self, operation: str, image: bytes, options: Mapping[str, Any]) -> Answer:
        """Answer."""
        assert (operation, bool(image), dict(options)) == ("detect_text", True, dict(options))
        self.asked += 1
        if self.error:
            raise self.error
        return {"TextDetections": [WORD]}

    def can(self, operation: str) -> bool:
        """Text alone."""
        return operation == "detect_text"


@dataclass(frozen=True)
class Desk:
    """A workspace, and the walk through it."""

    slack: LocalSlack
    storage: Storage
    eyes: Eyes
    walk: Walk
    usage: Usage

    def drop(self, number: int) -> Message:
        """Drop a photo of its own for each number."""
        return self.slack.drop(self.slack.member.id, self.slack.race.id, [Upload("run.png", painted(number))])

    def look(self, message: Message, asked_by: str = "") -> None:
        """Do what the job does."""
        with self.storage.engine.begin() as connection:
            connection.execute(delete(PaceRow))  # messages go at one a second
        drop = Drop(
            workspace=self.slack.team_id,
            channel=message.channel,
            file=message.files[0],
            user=message.user,
            at=message.ts,
            asked_by=asked_by,
        )
        self.walk.look("job", asdict(drop))

    def told(self, message: Message) -> str:
        """The one answer in the thread."""
        [reply] = self.slack.replies(message)
        return reply.text

    def is_down(self, name: str = "us-east-1:detect_text") -> None:
        """Let enough calls fail."""
        for _ in range(5):
            self.storage.circuit.fail(name)


@pytest.fixture(scope="module")
def gate() -> Iterator[Gate]:
    with closing(Gate(workers=1)) as gate:
        yield gate


@pytest.fixture(scope="module")
def used(new_database: Callable[[str], str]) -> Iterator[Storage]:
    with closing(Storage(new_database("sqlite"))) as storage:
        yield storage


@pytest.fixture
def desk(used: Storage, gate: Gate) -> Iterator[Callable[..., Desk]]:
    """Makes the parts, in a workspace of its own for each test."""
    storage, eyes, looks = emptied(used), Eyes(), []

    def make(*, person: int = 0, channel: int = 0, cap: int = 1_000 * CALL, daily_share: int = 100) -> Desk:
        looking = Looking(eyes, storage, cap=cap, workers=1, daily_share=daily_share)
        looks.append(looking)
        usage = Usage(storage, looking, lambda _: door)
        telling = Telling(storage, renderer())
        scans = LinkScan(storage=storage, gate=gate, looking=looking, slack_of=lambda _: door, submit=lambda *_: None)
        walk = Walk(
            storage=storage,
            gate=gate,
            looking=looking,
            face_search=FaceSearch(looking.asking, storage, paid=True),
            slack_of=lambda _: door,
            telling=telling,
            waiting=Waiting(storage, telling, HourlyRates(person, channel)),
            usage=usage,
            boxes=Boxes(storage=storage, gate=gate, slack_of=lambda _: door, submit=lambda *_: None),
            albums=(albums := Albums(storage, lambda _: door, lambda *_: None)),
            digest=Digest(storage, lambda _: door, albums, blocks.digest_message),
            zips=ZipDrops(scans, telling),
        )
        return Desk(slack, storage, eyes, walk, usage)

    with LocalSlack() as slack:
        door = Slack(WebClient(slack.bot_token, base_url=slack.api_url, timeout=5), (slack.file_host,))
        with storage.begin(slack.team_id) as work:
            work.channels.settle(slack.race.id, ChannelSettings(detectors=("text",)))
        yield make
    for looking in looks:
        looking.close()


def renderer() -> Renderer:
    """Makes what these photos are answered with, and nothing else."""
    others = {field.name for field in fields(Renderer)} - {"photo_reply", "sentence", "scan_offer"}
    unused: dict[str, Any] = dict.fromkeys(others)
    return Renderer(
        photo_reply=lambda report, key: blocks.photo_reply(report, key=key),
        sentence=blocks.sentence,
        scan_offer=blocks.scan_offer,
        **unused,
    )


def test_while_the_service_is_down_the_thread_says_so_once_and_then_has_the_answer(desk: Callable[..., Desk]) -> None:
    here = desk()
    here.is_down()
    message = here.drop(1)
    for _ in range(3):
        with pytest.raises(VisionDown):
            here.look(message)

    assert here.told(message) == DOWN
    assert (len(here.slack.calls_of("chat.postMessage")), len(here.slack.calls_of("chat.update"))) == (1, 0)
    assert here.eyes.asked == 0

    here.storage.circuit.mend("us-east-1:detect_text")
    here.look(message)
    assert here.told(message).startswith("Bib 1234")


def test_one_failure_is_no_outage_and_nothing_is_said_of_it(desk: Callable[..., Desk]) -> None:
    here = desk()
    here.eyes.error = VisionBusy(failed=True)
    message = here.drop(1)
    with pytest.raises(VisionBusy):
        here.look(message)

    assert here.slack.replies(message) == []


@pytest.mark.parametrize(("rate", "whose"), [({"person": 2}, "person"), ({"channel": 2}, "channel")])
def test_photos_beyond_an_hour_s_rate_say_when_it_is_their_turn(
    desk: Callable[..., Desk], rate: dict[str, int], whose: str
) -> None:
    here = desk(**rate)
    first, second, third = (here.drop(number) for number in (1, 2, 3))
    here.look(first)
    here.look(second)
    with pytest.raises(TooMany) as waits:
        here.look(third)

    assert waits.value.after == pytest.approx(1800.0, abs=10.0)
    assert (
        here.told(third) == f"I look at 2 photos of one {whose} in an hour. This one's turn comes in about 30 minutes."
    )
    assert here.eyes.asked == 2

    here.look(third)  # the job's next try, when its turn has come
    assert here.told(third).startswith("Bib 1234")


def test_a_photo_that_is_tried_again_has_had_its_turn(desk: Callable[..., Desk]) -> None:
    here = desk(person=1)
    here.eyes.error = VisionBusy()
    message = here.drop(1)
    for _ in range(3):
        with pytest.raises(VisionBusy):
            here.look(message)
    here.eyes.error = None
    here.look(message)

    assert here.told(message).startswith("Bib 1234")


def test_half_and_most_and_all_of_the_budget_are_told_once(desk: Callable[..., Desk]) -> None:
    here = desk(cap=10 * CALL)
    messages = [here.drop(number) for number in range(11)]
    for message in messages:
        here.look(message)

    told = [here.told(message) for message in messages]
    assert [" % of this month's photo budget" in say for say in told] == [
        number in (5, 8, 10) for number in range(1, 12)
    ]
    assert "50 % of this month's photo budget is used ($0.0050 of $0.0100)" in told[4]
    assert BudgetSpent().say in told[10]


def test_at_the_cap_seen_pictures_are_answered_and_others_once_it_is_raised(desk: Callable[..., Desk]) -> None:
    here = desk(cap=CALL)
    seen, again, other = here.drop(1), here.drop(1), here.drop(2)
    for message in (seen, again, other):
        here.look(message)

    assert here.told(again).startswith("Bib 1234")
    assert BudgetSpent().say in here.told(other)

    richer = desk(cap=10 * CALL)
    richer.look(other, asked_by=here.slack.member.id)
    assert here.told(other).startswith("Bib 1234")


def test_a_channel_may_have_its_share_and_no_more(desk: Callable[..., Desk]) -> None:
    here = desk(cap=10 * CALL)
    with here.storage.begin(here.slack.team_id) as work:
        work.channels.settle(here.slack.race.id, ChannelSettings(detectors=("text",), budget_share=10))
    first, second = here.drop(1), here.drop(2)
    here.look(first)
    here.look(second)

    assert here.told(first).startswith("Bib 1234")
    assert "This channel's share of the photo budget is used up" in here.told(second)


def test_an_admin_is_told_what_was_spent_and_nobody_else(desk: Callable[..., Desk]) -> None:
    here = desk(cap=25_000_000, daily_share=20)
    here.look(here.drop(1))

    report = here.usage.ask(here.slack.team_id, here.slack.admin.id)

    assert (report.spent, report.left, report.percent) == (CALL, 24_999_000, 0)
    assert report.operations == (("detect_text", 1, CALL),)
    assert report.days == ((report.today, CALL),)
    assert (report.spent_today, report.budget.day) == (CALL, 5_000_000)
    with pytest.raises(NotAllowed, match="Only workspace admins"):
        here.usage.ask(here.slack.team_id, here.slack.member.id)
