"""The outbox: each message of ours, what is wanted of it, what was sent, and which job is sending.

A job raises `wanted`, then takes the draft unless another job holds it. The holder sends until nothing newer is wanted,
and lets go where it fails. A holder that dies is run again under the same name, and a name may take its own draft
again; so nobody waits. Where the dead one was only asleep, it holds no more from the moment in which its job began
anew (`storage.runs`): whatever a holder writes is written only while it holds.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal

from sqlalchemy import CursorResult, Select, Update, bindparam, or_, select, update
from sqlalchemy.orm import Session

from storage.engine import clock_of, engine_of
from storage.models import ReplyRow
from storage.once import insert_once
from storage.prepared import MINE, OF_MINE, run, table
from storage.runs import STILL_NEWEST, this_run

_HELD_SECONDS: Final = 900.0
"""A draft held longer than this may be taken by anybody: its job is gone. So may one that is held for longer from now
on: the database's clock was set back."""
_REPLY: Final = table(ReplyRow).c
_PLACE: Final = (_REPLY.channel == bindparam("in_channel"), _REPLY.key == bindparam("of_key"))
_CHANGE: Final = update(table(ReplyRow)).where(_REPLY.workspace == OF_MINE, *_PLACE)
_WANT: Final = _CHANGE.values(wanted=_REPLY.wanted + 1)
_SILENCE: Final = _CHANGE.values(state="silenced", ts="", sent=_REPLY.wanted)
_HELD: Final = (_REPLY.holder == bindparam("held_by"), STILL_NEWEST)


@cache
def _taking(dialect: str) -> Update:
    now = clock_of(dialect)
    free = or_(_REPLY.holder.in_(("", bindparam("taken_by"))), ~_REPLY.until.between(now, now + _HELD_SECONDS))
    taken = {"holder": bindparam("taken_by"), "until": now + _HELD_SECONDS}
    return _CHANGE.where(_REPLY.wanted > _REPLY.sent, free, STILL_NEWEST).values(**taken)


@cache
def _writing(*columns: str) -> Update:
    return _CHANGE.where(*_HELD).values({name: bindparam(f"new_{name}") for name in columns})


@cache
def _reading(*columns: str, held: bool = False) -> Select[Any]:
    found = select(*(_REPLY[name] for name in columns)).where(_REPLY.workspace == MINE, *_PLACE)
    return found.where(*_HELD) if held else found


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
        self._change(channel, key, _WANT)

    def take(self, channel: str, key: str, holder: str) -> Draft | None:
        """Hold the draft; None where there is nothing newer to send, or where another job holds it."""
        taking = _taking(engine_of(self._session).dialect.name)
        if not self._change(channel, key, taking, taken_by=holder, **this_run()):
            return None
        row = self._read(channel, key, _reading("wanted", "ts", "place", "state")).one()
        return Draft(
            channel=channel,
            key=key,
            holder=holder,
            version=row.wanted,
            ts=row.ts,
            place=row.place,
            state=row.state,
        )

    def holds(self, draft: Draft) -> bool:
        """Whether the job that took a draft still holds it."""
        held = self._read(draft.channel, draft.key, _reading("wanted", held=True), held_by=draft.holder, **this_run())
        return held.scalar() is not None

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
        return self._read(channel, key, _reading("ts")).scalar() or ""

    def settled(self, channel: str, key: str) -> bool:
        """Whether a message that is said once was said, or never will be."""
        state = self._read(channel, key, _reading("state")).scalar()
        return state in ("sent", "silenced", "uncertain")

    def silence(self, channel: str, key: str) -> None:
        """Say nothing more there: somebody deleted the answer."""
        self._change(channel, key, _SILENCE)

    def _read(self, channel: str, key: str, found: Select[Any], **more: str) -> CursorResult[Any]:
        return run(self._session, found, workspace=self._workspace, in_channel=channel, of_key=key, **more)

    def _change(self, channel: str, key: str, change: Update, **more: Any) -> bool:
        which = {"in_workspace": self._workspace, "in_channel": channel, "of_key": key}
        return run(self._session, change, **which, **more).rowcount > 0

    def _write(self, draft: Draft, **values: Any) -> bool:
        written = {f"new_{name}": value for name, value in values.items()}
        change = _writing(*values)
        return self._change(draft.channel, draft.key, change, **written, held_by=draft.holder, **this_run())
