"""One message of ours for each thing that is answered, whatever crashes: posted once, then edited in place."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.core.share import Share
from bot.errors import SlackBusy, SlackError, Unknowable
from bot.slack import MUTE, Message, Slack
from storage import Storage
from storage.replies import Draft

_PER_SECOND: Final = 1.0
"""Messages and edits a second in one channel (facts: slack §2.3)."""

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


class Replying:
    """Says things in Slack, once."""

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
        with self._storage.begin(place.workspace) as work:
            work.replies.want(place.channel, place.key)
        while draft := self._take(place, job):
            try:
                self._send(slack, place, draft, render())
            except Exception:
                self._let_go(place)
                raise

    def answered(self, place: Place) -> bool:
        """Whether there is nothing left to do about a message that is said once."""
        with self._storage.begin(place.workspace) as work:
            return work.replies.settled(place.channel, place.key)

    def ts(self, place: Place) -> str:
        """The timestamp of the message; empty where it was not posted."""
        with self._storage.begin(place.workspace) as work:
            return work.replies.ts(place.channel, place.key)

    def _take(self, place: Place, job: str) -> Draft | None:
        with self._storage.begin(place.workspace) as work:
            return work.replies.take(place.channel, place.key, job)

    def _send(self, slack: Slack, place: Place, draft: Draft, message: Message | None) -> None:
        if draft.state in ("uncertain", "silenced") or (message is None and draft.state == "new"):
            self._keep(place, draft)
            return
        try:
            ts = draft.ts or self._posted_before(slack, place, draft)
            ts = self._say(slack, place, ts, message)
        except Unknowable as error:
            if error.retry:
                raise
            self._give_in(place, draft)
        except SlackBusy as error:
            self._storage.pace.hold(_pace(place), error.after)
            raise
        except SlackError as error:
            if error.code not in MUTE:
                raise
            log.info("nothing can be said in %s: %s", place.channel, error.code)
            self._keep(place, draft)
        else:
            self._note(place, draft, ts)

    def _posted_before(self, slack: Slack, place: Place, draft: Draft) -> str:
        return slack.find_reply(place.share, place.channel, place.name) if draft.state == "sending" else ""

    def _say(self, slack: Slack, place: Place, ts: str, message: Message | None) -> str:
        if message is None and not ts:
            return ""
        time.sleep(self._storage.pace.take(_pace(place), _PER_SECOND))
        if message is None:
            slack.delete(place.channel, ts)
            return ""
        if ts:
            slack.update(place.channel, ts, message)
            return ts
        return self._post(slack, place, message)

    def _post(self, slack: Slack, place: Place, message: Message) -> str:
        with self._storage.begin(place.workspace) as work:
            work.replies.sending(place.channel, place.key)
        try:
            return slack.post(place.channel, place.thread, message, key=place.name)
        except Unknowable:
            raise
        except SlackError:
            with self._storage.begin(place.workspace) as work:
                work.replies.not_sent(place.channel, place.key)
            raise

    def _let_go(self, place: Place) -> None:
        with self._storage.begin(place.workspace) as work:
            work.replies.let_go(place.channel, place.key)

    def _note(self, place: Place, draft: Draft, ts: str) -> None:
        with self._storage.begin(place.workspace) as work:
            work.replies.sent(place.channel, place.key, draft.version, ts)

    def _keep(self, place: Place, draft: Draft) -> None:
        with self._storage.begin(place.workspace) as work:
            work.replies.kept(place.channel, place.key, draft.version)

    def _give_in(self, place: Place, draft: Draft) -> None:
        log.warning("whether %s was answered cannot be known", place.name)
        with self._storage.begin(place.workspace) as work:
            work.replies.uncertain(place.channel, place.key, draft.version)


def _pace(place: Place) -> str:
    return f"slack:{place.workspace}:{place.channel}"
