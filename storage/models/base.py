"""What every table is made from."""

from typing import Any, ClassVar

from sqlalchemy import JSON
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Common(DeclarativeBase):
    """Base of the few tables whose rows belong to no workspace."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {dict[str, Any]: JSON, list[Any]: JSON}


class Base(Common):
    """Base of every other table: each row belongs to a workspace, and is read and written in that one alone."""

    __abstract__ = True

    workspace: Mapped[str] = mapped_column()
