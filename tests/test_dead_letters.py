"""What was given up, told to admins, and done after all at their wish."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field

import pytest
from slack_sdk import WebClient

from bot.core.dead_letter import DeadLetter
from bot.core.share import Looked, Share
from bot.dead_letters import DeadLetters
from bot.demo.server import LocalSlack
from bot.errors import AskError, NotAllowed
from bot.slack import Slack
from storage import Storage


@dataclass
class Desk:
    """A workspace in which a photo was given up."""

    slack: LocalSlack
    storage: Storage
    lives: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        door = Slack(WebClient(self.slack.bot_token, base_url=self.slack.api_url))
        self.dead = DeadLetters(self.storage, lambda _: door, lambda letter: self.lives.append(letter.job))
        self.team, self.admin = self.slack.team_id, self.slack.admin.id
        self.share = Share(channel="C1", ts="1.5", file="F1")

    def give_up(self) -> None:
        """Do what a job does that is given up."""
        payload = {"workspace": self.team, "channel": "C1", "file": "F1"}
        with self.storage.begin(self.team) as work:
            work.shares.begin(self.share)
            work.shares.give_up(self.share, "Slack was away.")
            work.dead_letters.add(DeadLetter(job="look:1", kind="look", payload=payload, error="Slack was away."))

    def looks_fresh(self) -> bool:
        """Whether the photo would be looked at now."""
        with self.storage.begin(self.team) as work:
            return work.shares.begin(self.share)


@pytest.fixture
def desk(new_database: Callable[[str], str]) -> Iterator[Desk]:
    with LocalSlack() as slack, closing(Storage(new_database("sqlite"))) as storage:
        desk = Desk(slack, storage)
        desk.give_up()
        yield desk


def test_an_admin_reads_what_was_given_up_and_why(desk: Desk) -> None:
    [letter] = desk.dead.newest(desk.team, desk.admin)

    assert (letter.job, letter.kind, letter.error) == ("look:1", "look", "Slack was away.")


def test_at_an_admins_wish_it_is_done_after_all(desk: Desk) -> None:
    assert not desk.looks_fresh()

    desk.dead.again(desk.team, desk.admin, "look:1")

    assert desk.lives == ["look:1"]
    assert desk.looks_fresh()
    assert desk.dead.newest(desk.team, desk.admin) == ()


def test_what_was_done_meanwhile_is_not_done_again(desk: Desk) -> None:
    desk.dead.again(desk.team, desk.admin, "look:1")

    with pytest.raises(AskError, match="done meanwhile"):
        desk.dead.again(desk.team, desk.admin, "look:1")

    assert desk.lives == ["look:1"]


def test_a_photo_that_has_its_answer_is_not_looked_at_again(desk: Desk) -> None:
    with desk.storage.begin(desk.team) as work:
        work.shares.wait_again("F1", "C1")
        work.shares.finish(desk.share, Looked(digest="d"))

    desk.dead.again(desk.team, desk.admin, "look:1")

    assert not desk.looks_fresh()


def test_nobody_else_sees_or_mends_it(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        desk.dead.newest(desk.team, desk.slack.member.id)
    with pytest.raises(NotAllowed):
        desk.dead.again(desk.team, desk.slack.member.id, "look:1")
    assert desk.lives == []
