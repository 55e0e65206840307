"""People who agreed to be known: who they are, what they agreed to, their faces, and what was done with them."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import ForeignKey, Index, TextClause, func, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base

LIVE_MEMBER: Final = text("\"user\" <> '' and state <> 'forgotten'")
"""Whom there is once: a member of the workspace who is known."""


def _only(condition: TextClause) -> dict[str, Any]:
    """An index over some rows alone."""
    return {"sqlite_where": condition, "postgresql_where": condition}


class PersonRow(Base):
    """Somebody who agreed to be known; `id` is their user id in the collection, `user` their Slack id or empty.

    Whoever is `forgotten` is nobody any more: the row waits for the last trace to be gone.
    """

    __tablename__ = "person"
    __table_args__ = (Index("person_user", "workspace", "user", unique=True, **_only(LIVE_MEMBER)),)

    workspace: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    user: Mapped[str]
    name: Mapped[str]
    state: Mapped[str]
    find_me: Mapped[bool]
    show_name: Mapped[bool]
    added_by: Mapped[str]
    expires_at: Mapped[datetime]
    made_at: Mapped[datetime] = mapped_column(server_default=func.now())


class ConsentRow(Base):
    """One line of the ledger of consents: given, changed, attested, renewed or withdrawn.

    `text` is what was shown, word by word. A line is never edited, but that names leave it with the person.
    """

    __tablename__ = "consent"
    __table_args__ = (Index("consent_person", "workspace", "person"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace: Mapped[str]
    person: Mapped[str]
    act: Mapped[str]
    find_me: Mapped[bool]
    show_name: Mapped[bool]
    signed: Mapped[str]
    by: Mapped[str]
    reference: Mapped[str] = mapped_column(default="")
    given_on: Mapped[str] = mapped_column(default="")
    version: Mapped[str]
    text: Mapped[str]
    text_hash: Mapped[str]
    at: Mapped[datetime] = mapped_column(server_default=func.now())


class InvitationRow(Base):
    """An admin's question to somebody whether they want to be known."""

    __tablename__ = "invitation"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    user: Mapped[str] = mapped_column(primary_key=True)
    by: Mapped[str]
    expires_at: Mapped[datetime]


class TemplateRow(Base):
    """An enrolment photo: the face that the engine keeps of it, and where the photo came from."""

    __tablename__ = "template"
    __table_args__ = (Index("template_person", "workspace", "person"), Index("template_file", "workspace", "file"))

    workspace: Mapped[str] = mapped_column(primary_key=True)
    face: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str]
    file: Mapped[str]
    digest: Mapped[str]
    box: Mapped[list[Any]]
    at: Mapped[datetime] = mapped_column(server_default=func.now())


class FaceMatchRow(Base):
    """A face in a share, and who it probably is; `person` is empty where nobody known."""

    __tablename__ = "face_match"
    __table_args__ = (Index("face_match_person", "workspace", "person"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace: Mapped[str]
    share_id: Mapped[int] = mapped_column(ForeignKey("share.id", ondelete="CASCADE"), index=True)
    box: Mapped[list[Any]]
    state: Mapped[str]
    person: Mapped[str] = mapped_column(default="")
    similarity: Mapped[float] = mapped_column(default=0.0)


class FaceWordRow(Base):
    """Somebody said that a face in a photo is, or is not, a person; it belongs to the pixels."""

    __tablename__ = "face_word"
    __table_args__ = (
        Index("face_word_digest", "workspace", "digest"),
        Index("face_word_person", "workspace", "person"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace: Mapped[str]
    digest: Mapped[str]
    box: Mapped[list[Any]]
    person: Mapped[str]
    is_them: Mapped[bool]
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(server_default=func.now())


class FindMeRow(Base):
    """A look through earlier photos for one member; `after` is the number of the last share that was looked at."""

    __tablename__ = "find_me"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    user: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str]
    state: Mapped[str]
    price: Mapped[int]
    total: Mapped[int]
    looked: Mapped[int] = mapped_column(default=0)
    found: Mapped[int] = mapped_column(default=0)
    after: Mapped[int] = mapped_column(default=0)


class CollectionRow(Base):
    """A workspace's collection; whatever could change a search's answer raises its revision."""

    __tablename__ = "collection"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    model: Mapped[str]
    revision: Mapped[int]


class ErasureRow(Base):
    """Somebody who is being forgotten; the row stands until every trace is gone."""

    __tablename__ = "erasure"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(primary_key=True)
    user: Mapped[str]
    by: Mapped[str]
    why: Mapped[str]
    told: Mapped[list[Any]] = mapped_column(default=list)
    asked_at: Mapped[datetime] = mapped_column(server_default=func.now())
