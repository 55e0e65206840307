"""One message of ours for each thing that is answered, whatever crashes: posted once, then edited in place."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from bot.core.share import Share
from bot.errors import SlackBusy, SlackError, Unknowable
from bot.metrics import FOUND_POSTS
from bot.slack import MUTE, Message, Slack
from storage import Storage
from storage.replies import Draft, Replies

_PER_SECOND: Final = 1.0
"""Messages and edits a second in one channel (facts: slack §2.3)."""
_LONGEST_SECONDS: Final = 5.0
"""A job waits so long for its turn in a channel without making place for others."""
_HEIR_SECONDS: Final = 30
"""How long a late message waits to see what became of its heir's."""

log = logging.getLogger(__name__)

Render = Callable[[], Message | None]
"""Makes the newest state of a message; None where there is nothing to say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a message of ours stands.

    Attributes:
        workspace: Its id.
        channel: The channel's id.
        key: The message's identity within the channel: the `ts` of what it answers.
        thread: The timestamp that it is threaded under; empty for none.
        share: What it answers, where that is a photo: Slack tells who replied to one.
    """

    workspace: str
    channel: str
    key: str
    thread: str = ""
    share: Share | None = None

    @property
    def name(self) -> str:
        """Its name in the message's metadata, which every member could read."""
        return f"{self.channel}-{self.key}"


class _Overtaken(Exception):
    """This run was taken for dead, and its job is run elsewhere: it says nothing more."""


class Replying:
    """Says things in Slack, once.

    What is left: a process that stands still for longer than `bot.jobs` waits before it takes it for dead, exactly
    between noting that it posts and Slack's taking the request. Then its heir finds no message and posts one, and the
    late one comes after it; whoever sees that deletes its own, so the double stands for moments, not for good.
    """

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def tell(self, slack: Slack, place: Place, job: str, render: Render) -> None:
        """Bring a message up to date; leave it to the job that is sending, where one is.

        Args:
            slack: The workspace's.
            place: Where it stands.
            job: This job's name: a job that is run again may take its own draft again.
            render: Makes the newest state, at the last moment.

        Raises:
            SlackBusy: Not sent yet; to be tried again.
            Unknowable: It may have been sent; the next try looks before it posts.
        """
        draft = self._want(place, job)
        while draft:
            held = draft
            try:
                draft = self._send(slack, place, held, render())
            except _Overtaken:
                log.warning("%s is told by another run of %s", place.name, job)
                return
            except Exception:
                with self._outbox(place) as replies:
                    replies.let_go(held)
                raise

    def answered(self, place: Place) -> bool:
        """Whether there is nothing left to do about a message that is said once."""
        with self._outbox(place) as replies:
            return replies.settled(place.channel, place.key)

    def ts(self, place: Place) -> str:
        """The timestamp of the message; empty where it was not posted."""
        with self._outbox(place) as replies:
            return replies.ts(place.channel, place.key)

    @contextmanager
    def _outbox(self, place: Place) -> Iterator[Replies]:
        with self._storage.begin(place.workspace) as work:
            yield work.replies

    def _want(self, place: Place, job: str) -> Draft | None:
        with self._outbox(place) as replies:
            replies.want(place.channel, place.key)
            return replies.take(place.channel, place.key, job)

    def _send(self, slack: Slack, place: Place, draft: Draft, message: Message | None) -> Draft | None:
        """Send a state; the next draft, where something newer was wanted meanwhile."""
        if draft.state in ("uncertain", "silenced") or (message is None and draft.state == "new"):
            return self._keep(place, draft)
        try:
            ts = draft.ts or self._posted_before(slack, place, draft)
            ts = self._say(slack, place, draft, ts, message)
        except Unknowable as error:
            if error.retry:
                raise
            return self._give_in(place, draft)
        except SlackBusy as error:
            self._storage.pace.hold(_pace(place), error.after)
            raise
        except SlackError as error:
            if error.code not in MUTE:
                raise
            log.info("nothing can be said in %s: %s", place.channel, error.code)
            return self._keep(place, draft)
        return self._note(slack, place, draft, ts)

    def _posted_before(self, slack: Slack, place: Place, draft: Draft) -> str:
        found = slack.find_reply(place.share, place.channel, place.name) if draft.state == "sending" else ""
        if found:
            FOUND_POSTS.inc()
        return found

    def _say(self, slack: Slack, place: Place, draft: Draft, ts: str, message: Message | None) -> str:
        if message is None and not ts:
            return ""
        self._wait_for_turn(place)
        if not ts and message:
            return self._post(slack, place, draft, message)
        with self._outbox(place) as replies:
            if not replies.holds(draft):
                raise _Overtaken
        if message is None:
            slack.delete(draft.place or place.channel, ts)
            return ""
        slack.update(draft.place or place.channel, ts, message)
        return ts

    def _wait_for_turn(self, place: Place) -> None:
        """Wait a little; a job that would have to wait for long comes back later, and lets others work."""
        left = self._storage.pace.left(_pace(place))
        if left > _LONGEST_SECONDS:
            raise SlackBusy("Slack asks me to slow down; I will try again.", after=left)
        time.sleep(self._storage.pace.take(_pace(place), _PER_SECOND))

    def _post(self, slack: Slack, place: Place, draft: Draft, message: Message) -> str:
        with self._outbox(place) as replies:
            if not replies.sending(draft):
                raise _Overtaken
        try:
            return slack.post(place.channel, place.thread, message, key=place.name)
        except Unknowable:
            raise
        except SlackError:
            with self._outbox(place) as replies:
                replies.not_sent(draft)
            raise

    def _note(self, slack: Slack, place: Place, draft: Draft, ts: str) -> Draft | None:
        with self._outbox(place) as replies:
            if replies.sent(draft, ts, "" if draft.ts else slack.conversation(place.channel)):
                return replies.take(place.channel, place.key, draft.holder)
        if not draft.ts:
            self._take_back(slack, place, ts)
        raise _Overtaken

    def _take_back(self, slack: Slack, place: Place, ts: str) -> None:
        """Delete a message that was posted too late: once the heir's stands, unless it is the very one it found."""
        known = self.ts(place)
        for _ in range(_HEIR_SECONDS):
            if known:
                break
            time.sleep(1)
            known = self.ts(place)
        if known and known != ts:
            log.warning("%s was posted too late and is deleted", place.name)
            slack.delete(slack.conversation(place.channel) or place.channel, ts)

    def _keep(self, place: Place, draft: Draft) -> Draft | None:
        with self._outbox(place) as replies:
            replies.kept(draft)
            return replies.take(place.channel, place.key, draft.holder)

    def _give_in(self, place: Place, draft: Draft) -> Draft | None:
        log.warning("whether %s was answered cannot be known", place.name)
        with self._outbox(place) as replies:
            replies.uncertain(draft)
            return replies.take(place.channel, place.key, draft.holder)


def _pace(place: Place) -> str:
    return f"slack:{place.workspace}:{place.channel}"
