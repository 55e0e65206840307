"""Answers that outlive what was found in their photos."""

from datetime import datetime

from sqlalchemy import Index, func
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class PastShareRow(Base):
    """A photo whose findings were deleted, while its answer still stands in Slack; ids alone.

    There is a row for each person whom the answer names, and one with an empty `person` for the photo itself.
    """

    __tablename__ = "past_share"
    __table_args__ = (Index("past_share_file", "workspace", "file"), Index("past_share_person", "workspace", "person"))

    workspace: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    ts: Mapped[str] = mapped_column(primary_key=True)
    file: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(primary_key=True)
    thread_ts: Mapped[str]
    user: Mapped[str]
    since: Mapped[datetime] = mapped_column(server_default=func.now())
