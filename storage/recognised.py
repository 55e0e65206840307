"""A share's faces as they are kept. Names are never kept with them: they are looked up whenever they are told."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import cast

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.core.geometry import Box
from bot.core.people import Certainty, FaceMatch
from bot.core.recognition import without_person
from storage.models import FaceMatchRow, ShareRow
from storage.people import People


def keep(session: Session, share: ShareRow, faces: Sequence[FaceMatch]) -> None:
    """Keep a share's faces, in place of those that were known; of whoever was forgotten meanwhile nothing is kept."""
    session.execute(delete(FaceMatchRow).where(FaceMatchRow.share_id == share.id))
    people = People(session, share.workspace)
    for person in sorted({face.person for face in faces if face.person}):
        if not people.hold(person):
            faces = without_person(faces, person)
    session.add_all(row_of(share, face) for face in faces)
    session.flush()


def row_of(share: ShareRow, face: FaceMatch) -> FaceMatchRow:
    """A face as it is kept."""
    return FaceMatchRow(
        workspace=share.workspace,
        share_id=share.id,
        box=corners(face.box),
        state=face.certainty,
        person=face.person,
        similarity=face.similarity,
    )


def corners(box: Box) -> list[float]:
    """A box as it is kept."""
    return [box.left, box.top, box.width, box.height]


def face_of(row: FaceMatchRow) -> FaceMatch:
    """A face as it was kept, without a name."""
    certainty = cast("Certainty", row.state)
    return FaceMatch(box=Box(*row.box), certainty=certainty, person=row.person, similarity=row.similarity)


def faces_of(session: Session, shares: Collection[int]) -> Mapping[int, tuple[FaceMatch, ...]]:
    """The faces of each share, by its number, in the order in which they were kept; none for a share without any."""
    found: dict[int, list[FaceMatch]] = defaultdict(list)
    rows = select(FaceMatchRow).where(FaceMatchRow.share_id.in_(shares)).order_by(FaceMatchRow.id)
    for row in session.scalars(rows):
        found[row.share_id].append(face_of(row))
    return {share: tuple(faces) for share, faces in found.items()}
