"""What photos can be found by."""

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class PhotoTermRow(Base):
    """A term by which a share is found; its channel and moment stand here, so that a search reads nothing else.

    A search goes down the key from the newest photo of one term, and asks the index for the others. The moment is in
    seconds since 1970, by the camera's clock: SQLite would write it out in 26 characters, in millions of rows.
    """

    __tablename__ = "photo_term"
    __table_args__ = (Index("photo_term_share", "share_id", "term"), {"sqlite_with_rowid": False})

    workspace: Mapped[str] = mapped_column(primary_key=True)
    term: Mapped[str] = mapped_column(primary_key=True)
    moment: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    share_id: Mapped[int] = mapped_column(ForeignKey("share.id", ondelete="CASCADE"), primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
