"""What is spent, and who had their turn."""

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class SpendRow(Base):
    """What a workspace has spent in a month, in millionths of a dollar; who changes it first has the month's money."""

    __tablename__ = "spend"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    reserved: Mapped[int] = mapped_column(BigInteger, default=0)
    spent: Mapped[int] = mapped_column(BigInteger, default=0)


class SpendDayRow(Base):
    """The same money by day, channel and operation; `channel` is empty where none asked."""

    __tablename__ = "spend_day"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    operation: Mapped[str] = mapped_column(primary_key=True)
    calls: Mapped[int] = mapped_column(default=0)
    reserved: Mapped[int] = mapped_column(BigInteger, default=0)
    spent: Mapped[int] = mapped_column(BigInteger, default=0)


class RateRow(Base):
    """When the next photo of a person or of a channel is due, on the database's clock."""

    __tablename__ = "rate"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    due: Mapped[float]
