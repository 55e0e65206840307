"""Which photos were shared where, and what was found in them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any, Final, Literal, cast

from sqlalchemy import Row, bindparam, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session

from bot.core.consent import utc_now
from bot.core.findings import Tally
from bot.core.people import as_read, recognisable
from bot.core.report import Line, Link, PhotoReport
from bot.core.share import Looked, Share
from bot.core.telling_bibs import doubts, sure
from bot.core.telling_people import told_of_people
from storage import indexing, numbering, recognised
from storage.models import AnswerRow, CorrectionRow, FaceWordRow, FindingRow, PastShareRow, ShareRow
from storage.once import changed, insert_once
from storage.people import People
from storage.prepared import MINE, run, table

State = Literal["waiting", "done", "refused"]

_SHARE: Final = table(ShareRow).c
_HERE: Final = (_SHARE.workspace == MINE, _SHARE.channel == bindparam("channel"))
_STATES: Final = select(_SHARE.state).where(*_HERE, _SHARE.ts == bindparam("ts"))
_KNOWN: Final = select(_SHARE.ts).where(*_HERE, _SHARE.file == bindparam("file"))
_AS_WRITTEN: Final = {"synchronize_session": False, "populate_existing": True}


class Shares:
    """The shares of one workspace."""

    def __init__(self, session: Session, workspace: str) -> None:
        self._session = session
        self._workspace = workspace

    def begin(self, share: Share) -> bool:
        """Note that a share is being looked at; False where it was looked at already, and nothing failed."""
        if insert_once(self._session, ShareRow, workspace=self._workspace, state="waiting", **_columns(share)):
            return True
        known = self._session.execute(select(ShareRow.state, ShareRow.failures).where(*self._is(share))).one_or_none()
        return known is not None and (known.state == "waiting" or bool(known.failures))

    def finish(self, share: Share, looked: Looked, job: str = "") -> bool:
        """Keep what a look brought, in place of what was known.

        False where the share was forgotten meanwhile: then the answers that the look brought are forgotten, too.

        Args:
            share: The photo.
            looked: What the look brought.
            job: The job that looked, as the log names it.
        """
        kept = (
            update(ShareRow).where(*self._is(share)).values(**_kept(looked), job=job, cost=ShareRow.cost + looked.cost)
        )
        row = self._session.scalars(kept.returning(ShareRow), execution_options=_AS_WRITTEN).one_or_none()
        if row is None:
            self.forget_unheld({looked.digest})
            return False
        row.findings = self._findings(looked.found)
        recognised.keep(self._session, row, looked.faces)
        numbering.number(self._session, row)
        if not looked.refusal:
            indexing.index(self._session, row, [one for each in row.findings for one in each.found])
        return True

    def of_message(self, channel: str, ts: str) -> tuple[PhotoReport, ...]:
        """What is told of each photo of a message, in the order of their files."""
        return self._reports(ShareRow.channel == channel, ShareRow.ts == ts)

    def states(self, channel: str, ts: str) -> tuple[State, ...]:
        """How far each photo of a message is."""
        rows = run(self._session, _STATES, workspace=self._workspace, channel=channel, ts=ts)
        return tuple(cast("State", state) for state in rows.scalars())

    def of_thread(self, channel: str, thread_ts: str) -> tuple[PhotoReport, ...]:
        """What is told of each photo of a thread, its first message included."""
        return self._reports(
            ShareRow.channel == channel, or_(ShareRow.ts == thread_ts, ShareRow.thread_ts == thread_ts)
        )

    def knows(self, channel: str, file: str) -> frozenset[str]:
        """The timestamps of the messages in which a file was seen in a channel."""
        return frozenset(run(self._session, _KNOWN, workspace=self._workspace, channel=channel, file=file).scalars())

    def of_file(self, file: str) -> tuple[Share, ...]:
        """Every share of a file."""
        rows = self._session.scalars(select(ShareRow).filter_by(workspace=self._workspace, file=file))
        return tuple(share_of(row) for row in rows)

    def places(self, channels: Collection[str], *, since: datetime) -> tuple[tuple[str, str], ...]:
        """The files seen since a moment (in UTC, without a zone), each with each of these channels that it is in."""
        return self._places(ShareRow.channel.in_(channels), ShareRow.seen_at >= since)

    def older_places(
        self, channels: Collection[str], *, before: datetime, turn: int, most: int
    ) -> tuple[tuple[str, str], ...]:
        """Some of those seen before a moment: all have their turn, so many at a time."""
        here = ShareRow.channel.in_(channels), ShareRow.seen_at < before
        counted = select(func.count()).select_from(ShareRow).where(ShareRow.workspace == self._workspace, *here)
        turns = -(-(self._session.scalar(counted) or 0) // most) or 1
        return self._places(*here, limit=most, offset=turn % turns * most)

    def in_message(self, channel: str, ts: str) -> tuple[Share, ...]:
        """Every share of a message."""
        rows = select(ShareRow).filter_by(workspace=self._workspace, channel=channel, ts=ts).order_by(ShareRow.file)
        return tuple(share_of(row) for row in self._session.scalars(rows))

    def digest(self, share: Share) -> str:
        """The identity of a share's pixels; empty where it was not looked at."""
        return self._session.scalar(select(ShareRow.digest).where(*self._is(share))) or ""

    def posters(self, channel: str, ts: str) -> frozenset[str]:
        """Who shared the photos of a message, be they past by now."""
        now, once = (
            select(table.user).where(table.workspace == self._workspace, table.channel == channel, table.ts == ts)
            for table in (ShareRow, PastShareRow)
        )
        return frozenset((*self._session.scalars(now), *self._session.scalars(once)))

    def forget(self, file: str, channel: str = "") -> None:
        """Delete what is known of a file (in one channel, where given), and answers that no other share needs."""
        shares = delete(ShareRow).where(ShareRow.workspace == self._workspace, ShareRow.file == file)
        if channel:
            shares = shares.where(ShareRow.channel == channel)
        self.forget_unheld(set(self._session.scalars(shares.returning(ShareRow.digest))))

    def put_off(self, share: Share, why: str) -> bool:
        """Say why a share that is being looked at has to wait; False where that is said already."""
        waits = update(ShareRow).where(*self._is(share), ShareRow.state == "waiting", ShareRow.refusal != why)
        return changed(self._session, waits.values(refusal=why))

    def give_up(self, share: Share, refusal: str) -> None:
        """Mark a share that could not be looked at, with the sentence that says so."""
        self._session.execute(
            update(ShareRow)
            .where(*self._is(share), ShareRow.state == "waiting")
            .values(state="refused", refusal=refusal)
        )

    def wait_again(self, file: str, channel: str) -> None:
        """Let a file that could not be looked at in a channel be looked at after all."""
        refused = update(ShareRow).where(
            ShareRow.workspace == self._workspace,
            ShareRow.file == file,
            ShareRow.channel == channel,
            ShareRow.state == "refused",
        )
        self._session.execute(refused.values(state="waiting", refusal=""))

    def forget_unheld(self, digests: Collection[str]) -> None:
        """Delete what belongs to pixels that no share holds any more: answers, and what people said of them."""
        for model in (AnswerRow, CorrectionRow, FaceWordRow):
            held = exists().where(ShareRow.workspace == self._workspace, ShareRow.digest == model.digest)
            mine = model.workspace == self._workspace
            self._session.execute(delete(model).where(mine, model.digest.in_(digests), ~held))

    def _places(self, *where: Any, limit: int | None = None, offset: int = 0) -> tuple[tuple[str, str], ...]:
        rows = select(ShareRow.file, ShareRow.channel).where(ShareRow.workspace == self._workspace, *where)
        some = rows.order_by(ShareRow.id).limit(limit).offset(offset)
        return tuple(dict.fromkeys((file, channel) for file, channel in self._session.execute(some)))

    def _is(self, share: Share) -> tuple[Any, ...]:
        return (
            ShareRow.workspace == self._workspace,
            ShareRow.channel == share.channel,
            ShareRow.ts == share.ts,
            ShareRow.file == share.file,
        )

    def _findings(self, found: Mapping[str, Sequence[Any]]) -> list[FindingRow]:
        return [
            FindingRow(workspace=self._workspace, detector=name, found=kept)
            for name, findings in found.items()
            if (kept := [_fields(one) for one in findings if not isinstance(one, Tally)])
        ]

    def _reports(self, *where: Any) -> tuple[PhotoReport, ...]:
        rows = (
            select(ShareRow).where(ShareRow.workspace == self._workspace, *where).order_by(ShareRow.ts, ShareRow.file)
        )
        found = self._session.scalars(rows).all()
        people = self._people(found)
        return tuple(_report(row, people.get(row.id, ())) for row in found)

    def _people(self, shares: Sequence[ShareRow]) -> Mapping[int, tuple[Line, ...]]:
        """What everybody may read of the faces of each share, by its number: names as they are now."""
        faces = recognised.faces_of(self._session, [share.id for share in shares])
        if not faces:
            return {}
        known = People(self._session, self._workspace).among({face.person for each in faces.values() for face in each})
        live = recognisable(known, utc_now())
        return {share: told_of_people(as_read(each, live)) for share, each in faces.items()}


def _kept(looked: Looked) -> dict[str, Any]:
    """What a look brought, as columns."""
    return {
        "state": "refused" if looked.refusal else "done",
        "digest": looked.digest,
        "width": looked.width,
        "height": looked.height,
        "taken": looked.taken,
        "lines": [asdict(line) for line in looked.lines if not line.fleeting],
        "failures": list(looked.failures),
        "remarks": list(looked.remarks),
        "refusal": looked.refusal,
        "people": looked.people,
        "likeness": looked.likeness,
        "machine_bibs": numbering.as_read(looked.bibs),
    }


def _columns(share: Share) -> dict[str, str]:
    return {**asdict(share), "thread_ts": share.thread}


def share_of(row: ShareRow | Row[*tuple[Any, ...]]) -> Share:
    """The photo in its message; a row needs the columns of its fields alone."""
    return Share(**{field.name: getattr(row, field.name) for field in fields(Share)})


def _fields(finding: Any) -> dict[str, Any]:
    return {"kind": type(finding).__name__, **asdict(finding)}


def _report(row: ShareRow, people: tuple[Line, ...]) -> PhotoReport:
    bibs = [numbering.bib_of(bib) for bib in row.bibs]
    return PhotoReport(
        file=row.file,
        name=row.name,
        state=cast("State", row.state),
        bibs=sure(bibs),
        lines=(*(_line(stored) for stored in row.lines), *doubts(bibs), *people),
        failures=tuple(row.failures),
        remarks=tuple(row.remarks),
        refusal=row.refusal,
    )


def _line(stored: dict[str, Any]) -> Line:
    return Line(stored["topic"], stored["text"], tuple(Link(**link) for link in stored["links"]))
