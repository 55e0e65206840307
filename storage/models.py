"""The tables. Every row belongs to a workspace, but for paces, which Amazon counts per account, and processes."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, UniqueConstraint, func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    """Base of every table."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {dict[str, Any]: JSON, list[Any]: JSON}


class ChannelRow(Base):
    """What an admin has settled for a channel; a channel without a row has the defaults."""

    __tablename__ = "channel"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    settings: Mapped[dict[str, Any]]


class ShareRow(Base):
    """A file in a message, and what is told of it."""

    __tablename__ = "share"
    __table_args__ = (
        UniqueConstraint("workspace", "channel", "ts", "file"),
        Index("share_file", "workspace", "file"),
        Index("share_thread", "workspace", "channel", "thread_ts"),
        Index("share_digest", "workspace", "digest"),
        Index("share_unnumbered", "workspace", "unnumbered", "seen_at", "id", "channel"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace: Mapped[str]
    channel: Mapped[str]
    ts: Mapped[str]
    file: Mapped[str]
    thread_ts: Mapped[str]
    user: Mapped[str]
    name: Mapped[str]
    permalink: Mapped[str]
    format: Mapped[str] = mapped_column(default="")
    state: Mapped[str]
    digest: Mapped[str] = mapped_column(default="")
    width: Mapped[int] = mapped_column(default=0)
    height: Mapped[int] = mapped_column(default=0)
    taken: Mapped[datetime | None]
    lines: Mapped[list[Any]] = mapped_column(default=list)
    failures: Mapped[list[Any]] = mapped_column(default=list)
    remarks: Mapped[list[Any]] = mapped_column(default=list)
    refusal: Mapped[str] = mapped_column(default="")
    seen_at: Mapped[datetime] = mapped_column(server_default=func.now())
    people: Mapped[int] = mapped_column(default=0)
    unnumbered: Mapped[bool] = mapped_column(default=False)
    machine_bibs: Mapped[list[Any]] = mapped_column(default=list)
    bibs: Mapped[list["BibRow"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="BibRow.confidence.desc()", lazy="selectin"
    )
    findings: Mapped[list["FindingRow"]] = relationship(cascade="all, delete-orphan", passive_deletes=True)


class FindingRow(Base):
    """What one detector found in a share, as the fields of its findings."""

    __tablename__ = "finding"

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace: Mapped[str]
    share_id: Mapped[int] = mapped_column(ForeignKey("share.id", ondelete="CASCADE"), index=True)
    detector: Mapped[str]
    found: Mapped[list[Any]]


class BibRow(Base):
    """A bib number in a share, corrections included; the share's channel and moment stand here for the search."""

    __tablename__ = "bib"
    __table_args__ = (
        Index(
            "bib_found",
            *("workspace", "number", "channel"),
            *("state", "asserted", "confidence", "moment", "share_id", "id"),  # so that the search reads no row
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace: Mapped[str]
    share_id: Mapped[int] = mapped_column(ForeignKey("share.id", ondelete="CASCADE"), index=True)
    number: Mapped[str]
    confidence: Mapped[float]
    state: Mapped[str]
    box: Mapped[list[Any]]
    channel: Mapped[str]
    moment: Mapped[datetime]
    asserted: Mapped[bool]
    why: Mapped[str] = mapped_column(default="")
    name: Mapped[str] = mapped_column(default="")
    instead_of: Mapped[str] = mapped_column(default="")
    corrected_by: Mapped[str] = mapped_column(default="")


class AnswerRow(Base):
    """An engine's answer to a stateless operation, so that the same question is never paid twice."""

    __tablename__ = "answer"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(primary_key=True)
    operation: Mapped[str] = mapped_column(primary_key=True)
    options: Mapped[str] = mapped_column(primary_key=True)
    model: Mapped[str] = mapped_column(primary_key=True)
    answer: Mapped[dict[str, Any]]
    asked_at: Mapped[datetime] = mapped_column(server_default=func.now())


class ReplyRow(Base):
    """One message of ours: what is wanted, what was sent, and who is sending."""

    __tablename__ = "reply"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    ts: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="new")
    wanted: Mapped[int] = mapped_column(default=0)
    sent: Mapped[int] = mapped_column(default=0)
    holder: Mapped[str] = mapped_column(default="")
    until: Mapped[float] = mapped_column(default=0.0)
    written_at: Mapped[datetime] = mapped_column(server_default=func.now())


class SpendRow(Base):
    """What a workspace has spent in a month, in millionths of a dollar."""

    __tablename__ = "spend"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    reserved: Mapped[int] = mapped_column(BigInteger, default=0)
    spent: Mapped[int] = mapped_column(BigInteger, default=0)


class NoticeRow(Base):
    """Something that a workspace is told once, such as a missing scope."""

    __tablename__ = "notice"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    told_at: Mapped[datetime] = mapped_column(server_default=func.now())


class PaceRow(Base):
    """When the next call of a name is due, on the database's clock."""

    __tablename__ = "pace"

    name: Mapped[str] = mapped_column(primary_key=True)
    due: Mapped[float]


class ProcessRow(Base):
    """A process that runs jobs, and when it was last seen, on the database's clock."""

    __tablename__ = "process"

    name: Mapped[str] = mapped_column(primary_key=True)
    seen: Mapped[float]


class RunnerRow(Base):
    """A runner on a channel's start list; `name_key` is the name as it is searched."""

    __tablename__ = "runner"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str]
    more: Mapped[dict[str, Any]]


class CorrectionRow(Base):
    """What somebody said of a photo's bibs; it belongs to the pixels, wherever in the channel they are shared."""

    __tablename__ = "correction"
    __table_args__ = (Index("correction_digest", "workspace", "digest", "channel"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace: Mapped[str]
    digest: Mapped[str]
    channel: Mapped[str]
    was: Mapped[str]
    number: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(server_default=func.now())
    undone_by: Mapped[str] = mapped_column(default="")
    undone_at: Mapped[datetime | None]


class WatchRow(Base):
    """A number that somebody wants to hear of."""

    __tablename__ = "watch"
    __table_args__ = (Index("watch_number", "workspace", "number"),)

    workspace: Mapped[str] = mapped_column(primary_key=True)
    user: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime] = mapped_column(server_default=func.now())


class ScanRow(Base):
    """A list of links that an admin has scanned, or is about to."""

    __tablename__ = "scan"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str]
    user: Mapped[str]
    links: Mapped[list[Any]]
    state: Mapped[str] = mapped_column(default="asked")
    asked_at: Mapped[datetime] = mapped_column(server_default=func.now())


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
