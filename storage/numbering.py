"""A share's bibs as they are searched: what the machine read, with people's corrections on top."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.core.bibs import Bib
from bot.core.corrections import Correction, Settled, applied
from bot.core.geometry import Box
from storage.models import BibRow, CorrectionRow, ShareRow
from storage.start_lists import StartLists

_FIELDS: Final = frozenset(field.name for field in fields(Bib))


def as_read(bibs: Iterable[Bib]) -> list[dict[str, Any]]:
    """What the machine read, as it is kept for every later correction to start from."""
    return [{**asdict(bib), "box": _corners(bib.box)} for bib in bibs]


def number(session: Session, row: ShareRow) -> None:
    """Write a share's bibs anew."""
    corrections = corrections_of(session, row)
    named = {correction.number for correction in corrections}
    listed = StartLists(session, row.workspace).named_among(row.channel, named) if named else {}
    settled = applied(map(_bib, row.machine_bibs), corrections, listed)
    row.bibs = [_row(row, one, listed) for one in settled]
    row.unnumbered = row.people > 0 and all(one.bib.state == "refused" for one in settled)


def corrections_of(session: Session, share: ShareRow) -> Sequence[Correction]:
    """What people said of a photo's pixels in its channel, in the order in which they said it."""
    rows = (
        select(CorrectionRow)
        .filter_by(workspace=share.workspace, digest=share.digest, channel=share.channel)
        .order_by(CorrectionRow.id)
    )
    return [
        Correction(
            by=row.by,
            was=row.was,
            number=row.number,
            channel=row.channel,
            id=row.id,
            at=row.at,
            undone_by=row.undone_by,
        )
        for row in session.scalars(rows)
    ]


def bib_of(row: BibRow) -> Bib:
    """A bib as it was written."""
    return Bib(
        number=row.number,
        confidence=row.confidence,
        box=Box(*row.box),
        state=row.state,  # type: ignore[arg-type]  # a state that `_row` wrote
        why=row.why,
        name=row.name,
        instead_of=row.instead_of,
    )


def _row(share: ShareRow, settled: Settled, listed: Mapping[str, str]) -> BibRow:
    bib = settled.bib
    return BibRow(
        workspace=share.workspace,
        channel=share.channel,
        moment=share.taken or share.seen_at,
        number=bib.number,
        confidence=bib.confidence,
        state=bib.state,
        box=_corners(bib.box),
        asserted=bib.asserted,
        why=bib.why,
        name=bib.name or listed.get(bib.number, ""),
        instead_of=bib.instead_of,
        corrected_by=settled.corrected_by,
    )


def _bib(stored: Mapping[str, Any]) -> Bib:
    known = {name: value for name, value in stored.items() if name in _FIELDS}
    return Bib(**{**known, "box": Box(*stored["box"])})


def _corners(box: Box) -> list[float]:
    return [box.left, box.top, box.width, box.height]
