"""What people say about the bibs of photos.

A correction belongs to a photo's pixels within a channel: it holds for every share of them there, now and later. What
is said in one channel is not told in another, which may have other members.
"""

from collections.abc import Sequence

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from bot.core.corrections import Correction
from bot.core.share import Share
from bot.errors import AskError
from storage import numbering
from storage.models import CorrectionRow, ShareRow
from storage.shares import share_of


class Corrections:
    """The corrections of one workspace."""

    def __init__(self, session: Session, workspace: str) -> None:
        self._session = session
        self._workspace = workspace

    def make(self, share: Share, correction: Correction) -> tuple[Share, ...]:
        """Keep a correction of a photo and apply it at once; every share of the photo, whose answers may change now.

        Raises:
            AskError: The photo is not known any more.
        """
        row = self._row(share)
        if row is None or not row.digest:
            raise AskError("I don't know this photo any more. Share it again, then correct it.")
        said = {"was": correction.was, "number": correction.number, "by": correction.by}
        kept = {"workspace": self._workspace, "digest": row.digest, "channel": share.channel, **said}
        self._session.execute(insert(CorrectionRow).values(kept))
        return self._number(row.digest, share.channel)

    def undo(self, correction: int, by: str) -> tuple[Share, ...]:
        """Take a correction back, by its id; every share of the photo, whose answers may change now.

        Raises:
            AskError: It was taken back already, or its photo is gone.
        """
        undone = self._session.execute(
            update(CorrectionRow)
            .where(CorrectionRow.workspace == self._workspace, CorrectionRow.id == correction)
            .where(CorrectionRow.undone_by == "")
            .values(undone_by=by, undone_at=func.now())
            .returning(CorrectionRow.digest, CorrectionRow.channel)
        ).one_or_none()
        if undone is None:
            raise AskError("This correction was taken back already, or its photo is gone.")
        return self._number(*undone)

    def of(self, share: Share) -> Sequence[Correction]:
        """What was said of a photo, oldest first, with what was taken back."""
        row = self._row(share)
        return numbering.corrections_of(self._session, row) if row else ()

    def _row(self, share: Share) -> ShareRow | None:
        known = select(ShareRow).filter_by(
            workspace=self._workspace, channel=share.channel, ts=share.ts, file=share.file
        )
        return self._session.scalars(known).one_or_none()

    def _number(self, digest: str, channel: str) -> tuple[Share, ...]:
        shares = select(ShareRow).filter_by(workspace=self._workspace, digest=digest, channel=channel)
        rows = self._session.scalars(shares).all()
        for row in rows:
            numbering.number(self._session, row)
        return tuple(map(share_of, rows))
