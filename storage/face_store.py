"""The embedded engine's collections: faces as numbers, and whose they are."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from bot.core.gallery import Gallery, GalleryFace, GalleryUser, workspace_of
from bot.core.geometry import Box
from storage.among import among
from storage.models import GalleryAnswerRow, GalleryFaceRow, GalleryRow, GalleryUserRow
from storage.once import insert_once
from storage.tenancy import Tenancy

ANSWERS_KEPT: Final = timedelta(days=1)
_AT_ONCE: Final = 1000
"""Vectors that are read from the database at once."""

_Table = type[GalleryRow] | type[GalleryFaceRow] | type[GalleryUserRow] | type[GalleryAnswerRow]


class FaceStore:
    """Every collection in a database."""

    def __init__(self, tenancy: Tenancy) -> None:
        self._tenancy = tenancy

    @contextmanager
    def reading(self, collection: str) -> Iterator["OpenGallery"]:
        """Read in one transaction."""
        with self._tenancy.begin(workspace_of(collection)) as session:
            yield OpenGallery(session, collection)

    @contextmanager
    def changing(self, collection: str) -> Iterator["OpenGallery"]:
        """Change in one transaction: the raised revision holds off every other change of the collection."""
        with self._tenancy.begin(workspace_of(collection)) as session:
            gallery = OpenGallery(session, collection)
            gallery.raise_revision()
            yield gallery

    def collections(self, after: str, limit: int) -> Sequence[Gallery]:
        """Collections in the order of their ids, with greater ids than `after`."""
        rows = select(GalleryRow).where(GalleryRow.collection > after).order_by(GalleryRow.collection).limit(limit)
        with self._tenancy.begin_everywhere() as session:
            return [_gallery(row) for row in session.scalars(rows)]


class OpenGallery:
    """One collection in one transaction."""

    def __init__(self, session: Session, collection: str) -> None:
        self._session = session
        self._collection = collection
        self._workspace = workspace_of(collection)

    def raise_revision(self) -> None:
        """Raise the revision, and hold the collection's row until the transaction ends."""
        raised = update(GalleryRow).where(*self._in(GalleryRow)).values(revision=GalleryRow.revision + 1)
        self._session.execute(raised)

    def about(self) -> Gallery | None:
        """What it is; None where it does not exist."""
        row = self._session.scalar(select(GalleryRow).where(*self._in(GalleryRow)))
        return _gallery(row) if row else None

    def counts(self) -> tuple[int, int]:
        """How many faces and how many users it has."""
        faces, users = (
            self._session.scalar(select(func.count()).select_from(table).where(*self._in(table))) or 0
            for table in (GalleryFaceRow, GalleryUserRow)
        )
        return faces, users

    def create(self, model: str, tags: dict[str, str]) -> bool:
        """Make it; False where it is there already."""
        return insert_once(self._session, GalleryRow, **self._key, model=model, revision=1, tags=tags)

    def delete(self) -> None:
        """Delete it with all that is in it."""
        for table in (GalleryFaceRow, GalleryUserRow, GalleryAnswerRow, GalleryRow):
            self._session.execute(delete(table).where(*self._in(table)))

    def tag(self, tags: dict[str, str]) -> None:
        """Label it with these, in place of those before."""
        self._session.execute(update(GalleryRow).where(*self._in(GalleryRow)).values(tags=tags))

    def faces(self, ids: Collection[str] | None, user: str, after: str, limit: int) -> Sequence[GalleryFace]:
        """Faces in the order of their ids."""
        wanted = select(GalleryFaceRow).where(*self._in(GalleryFaceRow), GalleryFaceRow.id > after)
        if user:
            wanted = wanted.where(GalleryFaceRow.user == user)
        return self._found(wanted.order_by(GalleryFaceRow.id).limit(limit), ids)

    def taken_from(self, image: str, external_id: str) -> Sequence[GalleryFace]:
        """The faces of a picture under the caller's name for it."""
        of_picture = GalleryFaceRow.external_id == external_id, GalleryFaceRow.image == image
        return self._found(select(GalleryFaceRow).where(*self._in(GalleryFaceRow), *of_picture))

    def add(self, faces: Collection[GalleryFace]) -> None:
        """Keep faces."""
        if faces:
            self._session.execute(insert(GalleryFaceRow), [self._row(face) for face in faces])

    def remove(self, ids: Collection[str]) -> None:
        """Delete faces."""
        gone = delete(GalleryFaceRow).where(*self._in(GalleryFaceRow), among(GalleryFaceRow.id, "ids"))
        self._session.execute(gone, {"ids": ids}, execution_options={"synchronize_session": False})

    def users(self, after: str, limit: int) -> Sequence[GalleryUser]:
        """Users in the order of their ids, with greater ids than `after`."""
        wanted = self._users().where(GalleryUserRow.id > after).order_by(GalleryUserRow.id).limit(limit)
        return [GalleryUser(*row) for row in self._session.execute(wanted)]

    def user(self, user: str) -> GalleryUser | None:
        """One user; None where there is none."""
        row = self._session.execute(self._users().where(GalleryUserRow.id == user)).one_or_none()
        return GalleryUser(*row) if row else None

    def add_user(self, user: str) -> bool:
        """Make a user without faces; False where there is one."""
        return insert_once(self._session, GalleryUserRow, **self._key, id=user, updating=False)

    def remove_user(self, user: str) -> None:
        """Delete a user; their faces stay, as nobody's."""
        theirs = update(GalleryFaceRow).where(*self._in(GalleryFaceRow), GalleryFaceRow.user == user)
        self._session.execute(theirs.values(user=""))
        self._session.execute(delete(GalleryUserRow).where(*self._in(GalleryUserRow), GalleryUserRow.id == user))

    def give(self, ids: Collection[str], user: str) -> None:
        """Make faces somebody's, or nobody's again where `user` is empty."""
        given = update(GalleryFaceRow).where(*self._in(GalleryFaceRow), among(GalleryFaceRow.id, "ids"))
        given = given.values(user=bindparam("whose", value=user))
        self._session.execute(given, {"ids": ids}, execution_options={"synchronize_session": False})

    def updating(self, user: str) -> None:
        """Note that somebody's faces were changed."""
        theirs = update(GalleryUserRow).where(*self._in(GalleryUserRow), GalleryUserRow.id == user)
        self._session.execute(theirs.values(updating=True))

    def settle(self) -> None:
        """Note that no user is updating any more."""
        changed = update(GalleryUserRow).where(*self._in(GalleryUserRow), GalleryUserRow.updating)
        self._session.execute(changed.values(updating=False))

    def templates(self) -> Iterator[tuple[str, str, bytes]]:
        """Every face in the order of its user, nobody's first: its id, its user and its vector."""
        every = select(GalleryFaceRow.id, GalleryFaceRow.user, GalleryFaceRow.vector).where(*self._in(GalleryFaceRow))
        ordered = every.order_by(GalleryFaceRow.user, GalleryFaceRow.id).execution_options(yield_per=_AT_ONCE)
        with self._session.execute(ordered) as rows:
            yield from rows

    def answer_to(self, token: str) -> tuple[str, dict[str, Any]] | None:
        """What was asked under a token, and the answer; None where nothing was."""
        kept = select(GalleryAnswerRow.asked, GalleryAnswerRow.answer)
        row = self._session.execute(
            kept.where(*self._in(GalleryAnswerRow), GalleryAnswerRow.token == token)
        ).one_or_none()
        return (row.asked, row.answer) if row else None

    def keep_answer(self, token: str, asked: str, answer: dict[str, Any]) -> None:
        """Keep what was asked under a token, and the answer, for a day."""
        insert_once(self._session, GalleryAnswerRow, **self._key, token=token, asked=asked, answer=answer)
        newest = self._session.scalar(select(func.max(GalleryAnswerRow.at)).where(*self._in(GalleryAnswerRow)))
        assert newest  # noqa: S101  # one was kept just now
        old = GalleryAnswerRow.at < newest - ANSWERS_KEPT
        self._session.execute(delete(GalleryAnswerRow).where(*self._in(GalleryAnswerRow), old))

    def _found(self, wanted: Select[GalleryFaceRow], ids: Collection[str] | None = None) -> list[GalleryFace]:
        if ids is not None:
            wanted = wanted.where(among(GalleryFaceRow.id, "ids"))
        return [_face(row) for row in self._session.scalars(wanted, {"ids": ids})]

    def _users(self) -> Select[str, int, bool]:
        theirs = select(func.count()).where(*self._in(GalleryFaceRow), GalleryFaceRow.user == GalleryUserRow.id)
        faces = theirs.correlate(GalleryUserRow).scalar_subquery()
        return select(GalleryUserRow.id, func.coalesce(faces, 0), GalleryUserRow.updating).where(
            *self._in(GalleryUserRow)
        )

    def _row(self, face: GalleryFace) -> dict[str, Any]:
        return {
            **self._key,
            "id": face.id,
            "image": face.image,
            "external_id": face.external_id,
            "box": [face.box.left, face.box.top, face.box.width, face.box.height],
            "confidence": face.confidence,
            "vector": face.vector,
            "user": face.user,
        }

    @property
    def _key(self) -> dict[str, str]:
        return {"workspace": self._workspace, "collection": self._collection}

    def _in(self, table: _Table) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return table.workspace == self._workspace, table.collection == self._collection


def _gallery(row: GalleryRow) -> Gallery:
    return Gallery(row.collection, row.model, row.revision, row.made_at, row.tags)


def _face(row: GalleryFaceRow) -> GalleryFace:
    return GalleryFace(row.id, row.image, row.external_id, Box(*row.box), row.confidence, row.vector, row.user)
