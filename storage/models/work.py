"""What is under way: replies, notices, paces, processes, runs; and what came to nothing."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, func
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Common


class ReplyRow(Base):
    """One message of ours: what is wanted, what was sent, and who is sending.

    `place` is the conversation in which it stands, where that is not `channel`: a direct message goes to a user's id.
    """

    __tablename__ = "reply"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    ts: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="new")
    wanted: Mapped[int] = mapped_column(default=0)
    sent: Mapped[int] = mapped_column(default=0)
    holder: Mapped[str] = mapped_column(default="")
    until: Mapped[float] = mapped_column(default=0.0)
    written_at: Mapped[datetime] = mapped_column(server_default=func.now())


class NoticeRow(Base):
    """Something that a workspace is told once, such as a missing scope."""

    __tablename__ = "notice"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    told_at: Mapped[datetime] = mapped_column(server_default=func.now())


class PaceRow(Common):
    """When the next call of a name is due, on the database's clock, and how much slower than usual they come."""

    __tablename__ = "pace"

    name: Mapped[str] = mapped_column(primary_key=True)
    due: Mapped[float]
    share: Mapped[float] = mapped_column(server_default="1")
    slowed: Mapped[float] = mapped_column(server_default="0")


class CircuitRow(Common):
    """Calls of a name that failed one after the other; after enough of them nobody calls until `again`."""

    __tablename__ = "circuit"

    name: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    since: Mapped[float]
    again: Mapped[float]


class LargePhotoRow(Common):
    """The name of a photo that lies in the operator's S3 bucket for a moment."""

    __tablename__ = "large_photo"

    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[float]


class ProcessRow(Common):
    """A process that runs jobs, and when it was last seen, on the database's clock."""

    __tablename__ = "process"

    name: Mapped[str] = mapped_column(primary_key=True)
    seen: Mapped[float]


class RunRow(Common):
    """The newest run of a job: its word, and when it began, on the database's clock."""

    __tablename__ = "run"

    job: Mapped[str] = mapped_column(primary_key=True)
    word: Mapped[str]
    began: Mapped[float]


class DeadLetterRow(Base):
    """A job that was given up for good; `at` is on the database's clock."""

    __tablename__ = "dead_letter"
    __table_args__ = (Index("dead_letter_at", "workspace", "at"),)

    workspace: Mapped[str] = mapped_column(primary_key=True)
    job: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    payload: Mapped[dict[str, Any]]
    error: Mapped[str]
    at: Mapped[float]
