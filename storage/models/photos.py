"""What is known of channels, photos and races."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.models.base import Base


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
    job: Mapped[str] = mapped_column(default="")
    likeness: Mapped[str] = mapped_column(default="")
    cost: Mapped[int] = mapped_column(default=0)
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


class RunnerRow(Base):
    """A runner on a channel's start list; `name_key` is the name as it is searched."""

    __tablename__ = "runner"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str]
    more: Mapped[dict[str, Any]]
    since: Mapped[datetime] = mapped_column(server_default=func.now())


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
    """Photos behind links, or in a zip, that are scanned, or are about to be."""

    __tablename__ = "scan"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str]
    user: Mapped[str]
    links: Mapped[list[Any]]
    zip: Mapped[str] = mapped_column(default="")
    thread: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="asked")
    asked_at: Mapped[datetime] = mapped_column(server_default=func.now())


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
