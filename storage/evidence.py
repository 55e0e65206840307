"""What is known of the photos of a message, with their findings as they were kept."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from bot.core import findings
from bot.core.consent import utc_now
from bot.core.evidence import Evidence
from bot.core.geometry import Box
from bot.core.people import FaceMatch, as_read, recognisable
from storage import numbering, recognised
from storage.models import AnswerRow, ShareRow
from storage.people import People
from storage.shares import share_of

_KINDS: Final[Mapping[str, type[Any]]] = {
    name: kind for name, kind in vars(findings).items() if isinstance(kind, type) and is_dataclass(kind)
}
"""Every kind of finding, by the name that `storage.shares` keeps with it."""


class Evidences:
    """The evidence of one workspace; names in it are those that a reader may read."""

    def __init__(self, session: Session, workspace: str) -> None:
        self._session = session
        self._workspace = workspace

    def of_message(self, channel: str, ts: str, *, reader: str = "") -> tuple[Evidence, ...]:
        """The photos of a message that were looked at, in the order of their files.

        Args:
            channel: Its channel.
            ts: Its timestamp.
            reader: The Slack user who reads it; empty for everybody.
        """
        return self._found(reader, ShareRow.channel == channel, ShareRow.ts == ts)

    def between(self, channel: str, since: str, until: str) -> tuple[Evidence, ...]:
        """The photos of a channel's messages from one timestamp to before another, for everybody to read."""
        return self._found("", ShareRow.channel == channel, ShareRow.ts >= since, ShareRow.ts < until)

    def _found(self, reader: str, *where: Any) -> tuple[Evidence, ...]:
        here = ShareRow.workspace == self._workspace, ShareRow.state == "done", *where
        rows = select(ShareRow).where(*here).options(selectinload(ShareRow.findings))
        shares = self._session.scalars(rows.order_by(ShareRow.ts, ShareRow.file)).all()
        faces, asked = self._faces(shares, reader), self._asked(shares)
        return tuple(_evidence(row, faces.get(row.id, ()), asked.get(row.digest, ())) for row in shares)

    def _faces(self, shares: Sequence[ShareRow], reader: str) -> Mapping[int, tuple[FaceMatch, ...]]:
        faces = recognised.faces_of(self._session, [share.id for share in shares])
        known = People(self._session, self._workspace).among({face.person for each in faces.values() for face in each})
        live = recognisable(known, utc_now())
        return {share: as_read(each, live, reader) for share, each in faces.items()}

    def _asked(self, shares: Sequence[ShareRow]) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """Which operations were asked of each photo's pixels, and who answered."""
        answers = select(AnswerRow.digest, AnswerRow.operation, AnswerRow.model).where(
            AnswerRow.workspace == self._workspace, AnswerRow.digest.in_({share.digest for share in shares})
        )
        found: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for digest, operation, model in self._session.execute(answers.distinct()):
            found[digest].add((operation, model))
        return {digest: tuple(sorted(each)) for digest, each in found.items()}


def _evidence(row: ShareRow, faces: tuple[FaceMatch, ...], asked: tuple[tuple[str, str], ...]) -> Evidence:
    return Evidence(
        share=share_of(row),
        digest=row.digest,
        bibs=tuple(numbering.bib_of(bib) for bib in row.bibs),
        corrected={bib.number: bib.corrected_by for bib in row.bibs if bib.corrected_by},
        found={one.detector: tuple(map(_finding, one.found)) for one in row.findings},
        faces=faces,
        asked=asked,
        unsafe=any(line["topic"] == "unsafe" for line in row.lines),
        job=row.job,
        likeness=row.likeness,
        cost=row.cost,
    )


def _finding(stored: Mapping[str, Any]) -> Any:
    kind = _KINDS[stored["kind"]]
    return kind(**{field.name: _value(stored[field.name]) for field in fields(kind) if field.name in stored})


def _value(stored: Any) -> Any:
    match stored:
        case {"left": _, "top": _, "width": _, "height": _}:
            return Box(**stored)
        case list():
            return tuple(map(_value, stored))
        case dict():
            return {name: _value(one) for name, one in stored.items()}
        case _:
            return stored
