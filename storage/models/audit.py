"""Who did what to whom: a log in which each row holds the hash of the one before."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class AuditRow(Base):
    """One act; `hash` is over all of the row and the hash of the row before."""

    __tablename__ = "audit"
    __table_args__ = (Index("audit_subject", "workspace", "subject"),)

    workspace: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str]
    act: Mapped[str]
    subject: Mapped[str]
    detail: Mapped[dict[str, Any]]
    hash: Mapped[str]


class AuditHeadRow(Base):
    """The newest row's number and hash: whoever writes holds it, so that rows stand one after the other.

    `dropped` and `dropped_hash` are those of the newest row that was deleted for its age: the chain goes on from there.
    """

    __tablename__ = "audit_head"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]
    hash: Mapped[str]
    dropped: Mapped[int] = mapped_column(default=0)
    dropped_hash: Mapped[str] = mapped_column(default="")
