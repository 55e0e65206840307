"""Whom a workspace's admins named to look after Spotter, too."""

from datetime import datetime

from sqlalchemy import func
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class NamedAdminRow(Base):
    """Somebody who counts as an admin here, although Slack says that they are none."""

    __tablename__ = "named_admin"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    user: Mapped[str] = mapped_column(primary_key=True)
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(server_default=func.now())
