"""Whose faces were found in which photos, and what people said of that."""

from collections.abc import Callable, Collection, Sequence

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from bot.core.geometry import Box
from bot.core.people import FaceMatch
from bot.core.recognition import FaceWord, after_word, without_person
from bot.core.share import Share
from bot.core.sightings import Page, Sighting
from storage import recognised
from storage.models import FaceMatchRow, FaceWordRow, ShareRow
from storage.shares import share_of


class Matches:
    """The recognised faces of one workspace; without names, which belong to the people."""

    def __init__(self, session: Session, workspace: str) -> None:
        self._session = session
        self._workspace = workspace

    def keep(self, share: Share, faces: Sequence[FaceMatch]) -> None:
        """Keep the faces of a share, in place of those that were known; nothing where the share is not known."""
        if row := self._share(share):
            recognised.keep(self._session, row, faces)

    def add(self, share: Share, face: FaceMatch) -> None:
        """Keep that one person is in a photo; what is known of other faces there stays as it is."""
        known = self.of_share(share)
        others = (one for one in known if one.person != face.person and not one.box.is_same(face.box))
        self.keep(share, [*others, face])

    def shares_of(self, person: str) -> tuple[Share, ...]:
        """The shares that show somebody, oldest first."""
        theirs = select(FaceMatchRow.share_id).filter_by(workspace=self._workspace, person=person)
        rows = select(ShareRow).filter_by(workspace=self._workspace).where(ShareRow.id.in_(theirs))
        return tuple(map(share_of, self._session.scalars(rows.order_by(ShareRow.id))))

    def of_channel(self, channel: str) -> tuple[Share, ...]:
        """The shares of a channel that show somebody who is known, oldest first."""
        known = select(FaceMatchRow.share_id).filter_by(workspace=self._workspace).where(FaceMatchRow.person != "")
        rows = select(ShareRow).filter_by(workspace=self._workspace, channel=channel).where(ShareRow.id.in_(known))
        return tuple(map(share_of, self._session.scalars(rows.order_by(ShareRow.id))))

    def of_share(self, share: Share) -> tuple[FaceMatch, ...]:
        """The faces of a share, largest first."""
        row = self._share(share)
        return recognised.faces_of(self._session, [row.id]).get(row.id, ()) if row else ()

    def of_message(self, channel: str, ts: str) -> tuple[tuple[Share, tuple[FaceMatch, ...]], ...]:
        """The photos of a message in which faces were kept, in the order of their files."""
        shares = select(ShareRow).filter_by(workspace=self._workspace, channel=channel, ts=ts)
        rows = self._session.scalars(shares.order_by(ShareRow.file)).all()
        faces = recognised.faces_of(self._session, [row.id for row in rows])
        return tuple((share_of(row), faces[row.id]) for row in rows if row.id in faces)

    def of_person(self, person: str, channels: Collection[str], *, limit: int, offset: int = 0) -> Page:
        """The photos that show somebody, probably or maybe, newest first, of some channels."""
        theirs = (
            select(FaceMatchRow, ShareRow)
            .join(ShareRow, ShareRow.id == FaceMatchRow.share_id)
            .where(FaceMatchRow.workspace == self._workspace, FaceMatchRow.person == person)
            .where(ShareRow.channel.in_(channels))
        )
        total = self._session.scalar(theirs.with_only_columns(func.count())) or 0
        moment = func.coalesce(ShareRow.taken, ShareRow.seen_at)
        page = theirs.order_by(moment.desc(), ShareRow.id.desc()).limit(limit).offset(offset)
        return Page(tuple(_sighting(face, share) for face, share in self._session.execute(page)), total, offset)

    def say(self, digest: str, word: FaceWord, by: str) -> tuple[Share, ...]:
        """Keep somebody's word on a face of a photo; the shares that tell something else now.

        Args:
            digest: The photo's identity: the word holds wherever its pixels are shared.
            word: What is said.
            by: Who says so.
        """
        said = {"box": recognised.corners(word.box), "person": word.person, "is_them": word.is_them, "by": by}
        self._session.execute(insert(FaceWordRow).values(workspace=self._workspace, digest=digest, **said))
        shares = select(ShareRow).filter_by(workspace=self._workspace, digest=digest).order_by(ShareRow.id)
        return self._changed(self._session.scalars(shares).all(), lambda faces: after_word(faces, word))

    def words(self, digest: str) -> tuple[FaceWord, ...]:
        """What people said of the faces of a photo, oldest first."""
        rows = select(FaceWordRow).filter_by(workspace=self._workspace, digest=digest).order_by(FaceWordRow.id)
        return tuple(FaceWord(Box(*row.box), row.person, row.is_them) for row in self._session.scalars(rows))

    def forget(self, person: str) -> tuple[Share, ...]:
        """Take somebody out of all photos, and what was said of them there; the shares that told of them."""
        self._session.execute(delete(FaceWordRow).filter_by(workspace=self._workspace, person=person))
        theirs = select(FaceMatchRow.share_id).filter_by(workspace=self._workspace, person=person)
        shares = select(ShareRow).filter_by(workspace=self._workspace).where(ShareRow.id.in_(theirs))
        told = self._session.scalars(shares.order_by(ShareRow.id)).all()
        return self._changed(told, lambda faces: without_person(faces, person))

    def _changed(
        self, shares: Sequence[ShareRow], change: Callable[[Sequence[FaceMatch]], tuple[FaceMatch, ...]]
    ) -> tuple[Share, ...]:
        """Change the faces of shares; those of which now something else is told."""
        before = recognised.faces_of(self._session, [share.id for share in shares])
        after = {share.id: change(before.get(share.id, ())) for share in shares}
        touched = [share for share in shares if after[share.id] != before.get(share.id, ())]
        for share in touched:
            recognised.keep(self._session, share, after[share.id])
        return tuple(map(share_of, touched))

    def _share(self, share: Share) -> ShareRow | None:
        known = {"channel": share.channel, "ts": share.ts, "file": share.file}
        return self._session.scalars(select(ShareRow).filter_by(workspace=self._workspace, **known)).one_or_none()


def _sighting(face: FaceMatchRow, share: ShareRow) -> Sighting:
    return Sighting(
        share=share_of(share),
        moment=share.taken or share.seen_at,
        confidence=face.similarity,
        asserted=face.state == "probably",
        box=Box(*face.box),
    )
