"""What people think of answers, and the files of ours that stand below them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, func
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class FeedbackRow(Base):
    """Somebody's one vote on what a detector told in one answer; `reply` is the answer's key in its channel."""

    __tablename__ = "feedback"
    __table_args__ = (Index("feedback_day", "workspace", "day"),)

    workspace: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    reply: Mapped[str] = mapped_column(primary_key=True)
    user: Mapped[str] = mapped_column(primary_key=True)
    detector: Mapped[str] = mapped_column(primary_key=True)
    good: Mapped[bool]
    day: Mapped[str]


class UploadRow(Base):
    """Files that we put below an answer: `about` is a photo's file id, or what they are of all photos.

    `shows` names what stands in them, `turn` counts how often they were taken down.
    """

    __tablename__ = "upload"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    ts: Mapped[str] = mapped_column(primary_key=True)
    about: Mapped[str] = mapped_column(primary_key=True)
    files: Mapped[list[Any]] = mapped_column(default=list)
    shows: Mapped[str] = mapped_column(default="")
    turn: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime] = mapped_column(server_default=func.now())
