"""The collections of the embedded engine."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, func
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class GalleryRow(Base):
    """A collection of the embedded engine; every change raises its revision."""

    __tablename__ = "gallery"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    collection: Mapped[str] = mapped_column(primary_key=True)
    model: Mapped[str]
    revision: Mapped[int]
    tags: Mapped[dict[str, Any]]
    made_at: Mapped[datetime] = mapped_column(server_default=func.now())


class GalleryFaceRow(Base):
    """A face in a collection, as 128 numbers; `user` is empty where it is nobody's."""

    __tablename__ = "gallery_face"
    __table_args__ = (
        Index("gallery_face_user", "workspace", "collection", "user"),
        Index("gallery_face_image", "workspace", "collection", "external_id"),
    )

    workspace: Mapped[str] = mapped_column(primary_key=True)
    collection: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    image: Mapped[str]
    external_id: Mapped[str]
    box: Mapped[list[Any]]
    confidence: Mapped[float]
    vector: Mapped[bytes]
    user: Mapped[str]


class GalleryUserRow(Base):
    """A person in a collection; `updating` until somebody has asked after a change."""

    __tablename__ = "gallery_user"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    collection: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    updating: Mapped[bool]


class GalleryAnswerRow(Base):
    """What was answered under a request's token, so that the same request is done once."""

    __tablename__ = "gallery_answer"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    collection: Mapped[str] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(primary_key=True)
    asked: Mapped[str]
    answer: Mapped[dict[str, Any]]
    at: Mapped[datetime] = mapped_column(server_default=func.now())
