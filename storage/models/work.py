"""What is under way: replies, notices, paces, processes."""

from datetime import datetime

from sqlalchemy import func
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


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
