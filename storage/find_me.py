"""Looks through earlier photos for one person: which photos, and how far."""

from collections.abc import Collection
from dataclasses import asdict
from typing import Any, Final, cast

from sqlalchemy import ColumnElement, case, delete, exists, func, select, update
from sqlalchemy.orm import Session

from bot.core.photo_people import FindMe
from bot.core.share import Share
from storage.models import FaceMatchRow, FindMeRow, ShareRow
from storage.once import changed
from storage.shares import share_of

_TOLD: Final = ("user", "state", "total", "looked", "found", "price")


class FindMes:
    """The looks for people of one workspace; everybody has one at most."""

    def __init__(self, session: Session, workspace: str) -> None:
        self._session = session
        self._workspace = workspace

    def open_photos(self, person: str, channels: Collection[str], most: int) -> tuple[int, int]:
        """How many photos may show somebody and are not known to, and how many faces that are, at most `most` each."""
        faces = case((ShareRow.people > most, most), else_=ShareRow.people)
        counts = select(func.count(), func.coalesce(func.sum(faces), 0)).where(*self._open(person, channels))
        photos, all_faces = self._session.execute(counts).one()
        return photos, all_faces

    def next_photo(self, person: str, channels: Collection[str], *, after: int) -> tuple[int, Share] | None:
        """The oldest of such photos behind the number `after`, with its number; None where there is none."""
        rows = select(ShareRow).where(*self._open(person, channels), ShareRow.id > after)
        row = self._session.scalars(rows.order_by(ShareRow.id).limit(1)).first()
        return (row.id, share_of(row)) if row else None

    def begin(self, search: str, wanted: FindMe) -> bool:
        """Begin a look under a name of its own; False where one is under way."""
        known = self._row(wanted.user)
        if known and known.state == "running":
            return False
        told = {**asdict(wanted), "state": "running"}
        self._session.merge(FindMeRow(workspace=self._workspace, id=search, after=0, **told))
        return True

    def get(self, user: str, search: str = "") -> tuple[FindMe, int] | None:
        """How far somebody's look is (one by its name, where given), and the number of the last photo."""
        row = self._row(user)
        if row is None or search not in ("", row.id):
            return None
        return FindMe(**cast("dict[str, Any]", {name: getattr(row, name) for name in _TOLD})), row.after

    def looked(self, user: str, search: str, after: int, *, found: bool) -> None:
        """Note that a photo was looked at; once, however often it is said."""
        more = {"looked": FindMeRow.looked + 1, "found": FindMeRow.found + int(found), "after": after}
        self._session.execute(update(FindMeRow).where(*self._is(user, search), FindMeRow.after < after).values(more))

    def end(self, user: str, search: str, state: str) -> bool:
        """Note that a look has come to its end, or is to stop; False where it had."""
        mine = update(FindMeRow).where(*self._is(user, search), FindMeRow.state == "running")
        return changed(self._session, mine.values(state=state))

    def forget(self, user: str) -> None:
        """Delete somebody's look."""
        self._session.execute(delete(FindMeRow).filter_by(workspace=self._workspace, user=user))

    def _row(self, user: str) -> FindMeRow | None:
        return self._session.get(FindMeRow, (self._workspace, user), populate_existing=True)

    def _is(self, user: str, search: str) -> tuple[ColumnElement[bool], ...]:
        named = (FindMeRow.id == search,) if search else ()
        return FindMeRow.workspace == self._workspace, FindMeRow.user == user, *named

    def _open(self, person: str, channels: Collection[str]) -> tuple[ColumnElement[bool], ...]:
        known = exists().where(FaceMatchRow.share_id == ShareRow.id, FaceMatchRow.person == person)
        here = ShareRow.workspace == self._workspace, ShareRow.channel.in_(channels)
        return *here, ShareRow.state == "done", ShareRow.people > 0, ~known
