"""The outbox: each message of ours, what is wanted of it, what was sent, and which job is sending.

A job raises `wanted`, then takes the draft unless another job holds it. The holder sends until nothing newer is wanted,
and lets go where it fails. A holder that dies is run again under the same name, and a name may take its own draft
again; so nobody waits.
"""

from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy import Engine, or_, select, update
from sqlalchemy.orm import Session

from storage.engine import clock
from storage.models import ReplyRow
from storage.once import changed, insert_once

_HELD_SECONDS: Final = 900.0
"""A draft held longer than this may be taken by anybody: its job is gone."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A reply that this job may send.

    Attributes:
        version: Of what is wanted; newer states may come while it is sent.
        ts: Of the message in Slack, where it was posted already.
        state: `new`, `sending` where an earlier post has an unknown outcome, `sent`, `uncertain` where nobody can tell,
            or `silenced` where somebody deleted the answer.
    """

    version: int
    ts: str
    state: Literal["new", "sending", "sent", "uncertain", "silenced"]


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
        now = clock(self._engine)
        free = or_(ReplyRow.holder.in_(("", holder)), ReplyRow.until < now)
        if not self._change(
            channel, key, ReplyRow.wanted > ReplyRow.sent, free, holder=holder, until=now + _HELD_SECONDS
        ):
            return None
        row = self._session.scalars(select(ReplyRow).where(*self._is(channel, key))).one()
        self._session.refresh(row)
        return Draft(row.wanted, row.ts, row.state)  # type: ignore[arg-type]  # the five words that this file writes

    def sending(self, channel: str, key: str) -> None:
        """Note, before it happens, that a post is under way."""
        self._change(channel, key, state="sending")

    def not_sent(self, channel: str, key: str) -> None:
        """Note that the post that was under way was certainly not made."""
        self._change(channel, key, state="new")

    def let_go(self, channel: str, key: str) -> None:
        """Let another job send: this one failed, and may come back later."""
        self._change(channel, key, holder="")

    def sent(self, channel: str, key: str, version: int, ts: str) -> None:
        """Note what was sent (nothing, where `ts` is empty), and let go of the draft."""
        self._change(channel, key, state="sent" if ts else "new", sent=version, ts=ts, holder="")

    def kept(self, channel: str, key: str, version: int) -> None:
        """Note that nothing more is to be sent, and let go of the draft."""
        self._change(channel, key, sent=version, holder="")

    def uncertain(self, channel: str, key: str, version: int) -> None:
        """Note that nobody can tell whether it was posted; nothing more is sent."""
        self._change(channel, key, state="uncertain", sent=version, holder="")

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

    @property
    def _engine(self) -> Engine:
        engine = self._session.get_bind()
        assert isinstance(engine, Engine)  # noqa: S101  # `Storage` binds its sessions to an engine
        return engine

    def _is(self, channel: str, key: str) -> tuple[Any, ...]:
        return ReplyRow.workspace == self._workspace, ReplyRow.channel == channel, ReplyRow.key == key

    def _change(self, channel: str, key: str, *also: Any, **values: Any) -> bool:
        return changed(self._session, update(ReplyRow).where(*self._is(channel, key), *also).values(**values))
