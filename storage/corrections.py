"""What people say about the bibs of photos.

A correction belongs to a photo's pixels within the workspace: it holds for every share of them, now and later, in any
channel, and is forgotten with the last of them.
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
        digest = self._digest(share)
        if not digest:
            raise AskError("I don't know this photo any more. Share it again, then correct it.")
        said = {"was": correction.was, "number": correction.number, "by": correction.by}
        row = {"workspace": self._workspace, "digest": digest, "channel": share.channel, **said}
        self._session.execute(insert(CorrectionRow).values(row))
        return self._number(digest)

    def undo(self, correction: int, by: str) -> tuple[Share, ...]:
        """Take a correction back, by its id; every share of the photo, whose answers may change now.

        Raises:
            AskError: It was taken back already, or its photo is gone.
        """
        digest = self._session.scalar(
            update(CorrectionRow)
            .where(CorrectionRow.workspace == self._workspace, CorrectionRow.id == correction)
            .where(CorrectionRow.undone_by == "")
            .values(undone_by=by, undone_at=func.now())
            .returning(CorrectionRow.digest)
        )
        if digest is None:
            raise AskError("This correction was taken back already, or its photo is gone.")
        return self._number(digest)

    def of(self, share: Share) -> Sequence[Correction]:
        """What was said of a photo, oldest first, with what was taken back."""
        digest = self._digest(share)
        return numbering.corrections_of(self._session, self._workspace, digest) if digest else ()

    def _digest(self, share: Share) -> str:
        known = select(ShareRow.digest).filter_by(
            workspace=self._workspace, channel=share.channel, ts=share.ts, file=share.file
        )
        return self._session.scalar(known) or ""

    def _number(self, digest: str) -> tuple[Share, ...]:
        rows = self._session.scalars(select(ShareRow).filter_by(workspace=self._workspace, digest=digest)).all()
        for row in rows:
            numbering.number(self._session, row)
        return tuple(map(share_of, rows))
