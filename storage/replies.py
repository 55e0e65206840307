"""The outbox: each message of ours, what is wanted of it, what was sent, and which job is sending.

A job raises `wanted`, then takes the draft unless another job holds it. The holder sends until nothing newer is wanted,
and lets go where it fails. A holder that dies is run again under the same name, and a name may take its own draft
again; so nobody waits. Where the dead one was only asleep, it holds no more from the moment in which its job began
anew (`storage.runs`): whatever a holder writes is written only while it holds.
"""

from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from storage.engine import clock, engine_of
from storage.models import ReplyRow
from storage.once import changed, insert_once
from storage.runs import still_newest

_HELD_SECONDS: Final = 900.0
"""A draft held longer than this may be taken by anybody: its job is gone. So may one that is held for longer from now
on: the database's clock was set back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A reply that this job may send.

    Attributes:
        channel: Where it stands.
        key: Its identity there.
        holder: The job that may send it.
        version: Of what is wanted; newer states may come while it is sent.
        ts: Of the message in Slack, where it was posted already.
        place: The conversation in which that stands, where it is another than `channel`.
        state: `new`, `sending` where an earlier post has an unknown outcome, `sent`, `uncertain` where nobody can tell,
            or `silenced` where somebody deleted the answer.
    """

    channel: str
    key: str
    holder: str
    version: int
    ts: str = ""
    place: str = ""
    state: Literal["new", "sending", "sent", "uncertain", "silenced"] = "new"


class Replies:
    """The outbox of one workspace. `key` is the reply's identity within its channel: the share's `ts`."""

    def __init__(self, session: Session, workspace: str) -> None:
        self._session = session
        self._workspace = workspace

    def want(self, channel: str, key: str) -> None:
        """Say that there is something new to tell."""
        insert_once(self._session, ReplyRow, workspace=self._workspace, channel=channel, key=key)
        self._change(channel, key, wanted=ReplyRow.wanted + 1)

    def take(self, channel: str, key: str, holder: str) -> Draft | None:
        """Hold the draft; None where there is nothing newer to send, or where another job holds it."""
        now = clock(engine_of(self._session))
        free = or_(ReplyRow.holder.in_(("", holder)), ~ReplyRow.until.between(now, now + _HELD_SECONDS))
        may = (ReplyRow.wanted > ReplyRow.sent, free, still_newest())
        if not self._change(channel, key, *may, holder=holder, until=now + _HELD_SECONDS):
            return None
        taken = select(ReplyRow).where(*self._is(channel, key)).execution_options(populate_existing=True)
        row = self._session.scalars(taken).one()
        return Draft(
            channel=channel,
            key=key,
            holder=holder,
            version=row.wanted,
            ts=row.ts,
            place=row.place,
            state=row.state,  # type: ignore[arg-type]  # the five words that this file writes
        )

    def holds(self, draft: Draft) -> bool:
        """Whether the job that took a draft still holds it."""
        held = select(ReplyRow.wanted).where(*self._is(draft.channel, draft.key), *_held(draft))
        return self._session.scalar(held) is not None

    def sending(self, draft: Draft) -> bool:
        """Note, before it happens, that a post is under way; False where the draft is held no more: post nothing."""
        return self._write(draft, state="sending")

    def not_sent(self, draft: Draft) -> None:
        """Note that the post that was under way was certainly not made."""
        self._write(draft, state="new")

    def let_go(self, draft: Draft) -> None:
        """Let another job send: this one failed, and may come back later."""
        self._write(draft, holder="")

    def sent(self, draft: Draft, ts: str, place: str = "") -> bool:
        """Note what was sent (nothing, where `ts` is empty), and let go; False where it was held no more.

        Args:
            draft: What was held.
            ts: Of the message.
            place: The conversation in which it stands, where it is another than its channel.
        """
        where = {"place": place} if place else {}
        return self._write(draft, state="sent" if ts else "new", sent=draft.version, ts=ts, holder="", **where)

    def kept(self, draft: Draft) -> None:
        """Note that nothing more is to be sent, and let go of the draft."""
        self._write(draft, sent=draft.version, holder="")

    def uncertain(self, draft: Draft) -> None:
        """Note that nobody can tell whether it was posted; nothing more is sent."""
        self._write(draft, state="uncertain", sent=draft.version, holder="")

    def ts(self, channel: str, key: str) -> str:
        """The timestamp of what was posted; empty where nothing was."""
        return self._session.scalar(select(ReplyRow.ts).where(*self._is(channel, key))) or ""

    def settled(self, channel: str, key: str) -> bool:
        """Whether a message that is said once was said, or never will be."""
        state = self._session.scalar(select(ReplyRow.state).where(*self._is(channel, key)))
        return state in ("sent", "silenced", "uncertain")

    def silence(self, channel: str, key: str) -> None:
        """Say nothing more there: somebody deleted the answer."""
        self._change(channel, key, state="silenced", ts="", sent=ReplyRow.wanted)

    def _is(self, channel: str, key: str) -> tuple[ColumnElement[bool], ...]:
        return ReplyRow.workspace == self._workspace, ReplyRow.channel == channel, ReplyRow.key == key

    def _change(self, channel: str, key: str, *also: ColumnElement[bool], **values: Any) -> bool:
        return changed(self._session, update(ReplyRow).where(*self._is(channel, key), *also).values(**values))

    def _write(self, draft: Draft, **values: Any) -> bool:
        return self._change(draft.channel, draft.key, *_held(draft), **values)


def _held(draft: Draft) -> tuple[ColumnElement[bool], ...]:
    return ReplyRow.holder == draft.holder, still_newest()
