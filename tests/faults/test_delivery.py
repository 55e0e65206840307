"""F22: whatever happens in whatever order, a message stands there once, and in the end in its newest state.

Hypothesis plays jobs that tell, die, lose answers, fall asleep and wake, against the real outbox and a Slack of a few
lines that knows what stands in the channel.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import cast

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import delete

from bot.core.share import Share
from bot.errors import SlackBusy, SlackError, Unknowable
from bot.replying import Place, Replying
from bot.slack import Message, Slack
from storage import Storage
from storage.models import PaceRow
from tests.emptied import emptied
from tests.machines import play

SHARE = Share(channel="C1", ts="1.5", file="F1")
PLACE = Place(workspace="T1", channel="C1", key="1.5", thread="1.5", share=SHARE)
JOBS = st.sampled_from(["look:1", "look:2", "retell:1"])
FATES = st.sampled_from(["well", "refused", "lost before", "lost after", "dies before", "dies after"])


class _Killed(BaseException):
    """The process ends here; no line of it runs any more."""


class Channel:
    """What stands in a channel, and what becomes of the next calls."""

    def __init__(self) -> None:
        self.messages: dict[str, str] = {}
        self.fate = "well"
        self.posts = 0

    def post(self, _channel: str, _thread: str, message: Message, key: str = "") -> str:
        """As `Slack.post`."""
        assert key
        ts = f"2.{self.posts}"

        def act() -> None:
            self.posts += 1
            self.messages[ts] = message.text

        self._meet(act, Unknowable("lost"))
        return ts

    def update(self, _channel: str, ts: str, message: Message) -> None:
        """As `Slack.update`."""
        if ts not in self.messages:
            raise SlackError("gone", code="message_not_found")
        self._meet(lambda: self.messages.update({ts: message.text}), SlackBusy("lost"))

    def delete(self, _channel: str, ts: str) -> None:
        """As `Slack.delete`."""
        self._meet(lambda: self.messages.pop(ts, None), SlackBusy("lost"))

    def find_reply(self, _share: Share, _channel: str, _key: str) -> str:
        """As `Slack.find_reply`, with a history to read."""
        return next(iter(self.messages), "")

    def conversation(self, _channel: str) -> str:
        """As `Slack.conversation`: it is a channel."""
        return ""

    def _meet(self, act: Callable[[], object], lost: SlackError) -> None:
        fate, self.fate = self.fate, "well"
        if fate == "refused":
            raise SlackBusy("ratelimited")
        if fate == "dies before":
            raise _Killed
        if fate != "lost before":
            act()
        if fate == "dies after":
            raise _Killed
        if fate.startswith("lost"):
            raise lost


class Delivery(RuleBasedStateMachine):
    """Jobs that tell of one photo."""

    storage: Storage

    def __init__(self) -> None:
        super().__init__()
        emptied(self.storage)
        self.channel = Channel()
        self.replying = Replying(self.storage)
        self.state = 0
        self.open: set[str] = set()

    def _tell(self, job: str, text: str | None) -> None:
        with self.storage.engine.begin() as connection:
            connection.execute(delete(PaceRow))
        self.open.add(job)
        with suppress(SlackBusy, Unknowable, _Killed):
            self.replying.tell(
                cast("Slack", self.channel), PLACE, job, lambda: Message(text) if text is not None else None
            )
            self.open.discard(job)

    @rule(job=JOBS, fate=FATES)
    def news(self, job: str, fate: str) -> None:
        """Something new is found, and a job tells it."""
        self.state += 1
        self.channel.fate = fate
        self._tell(job, self.text)

    @rule(fate=FATES)
    def again(self, fate: str) -> None:
        """A job that failed or died is run again."""
        if self.open:
            self.channel.fate = fate
            self._tell(min(self.open), self.text)

    @property
    def text(self) -> str:
        """The newest state."""
        return f"state {self.state}"

    @invariant()
    def nothing_is_said_twice(self) -> None:
        """One message at most, whatever happened."""
        assert len(self.channel.messages) <= 1

    def teardown(self) -> None:
        """In the end every job that is still open has its run."""
        if not self.state:
            return
        self.channel.fate = "well"
        for _ in range(2):
            for job in sorted(self.open):
                self._tell(job, self.text)
        assert list(self.channel.messages.values()) == [self.text]


@pytest.mark.parametrize(
    ("examples", "steps"), [(12, 12), pytest.param(500, 50, marks=pytest.mark.soak)], ids=["short", "long"]
)
def test_a_message_stands_there_once_and_in_its_newest_state(
    new_database: Callable[[str], str], examples: int, steps: int
) -> None:
    Delivery.storage = Storage(new_database("sqlite"))
    try:
        play(Delivery, examples, steps)
    finally:
        Delivery.storage.close()
