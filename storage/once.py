"""Statements that tell whether they did anything."""

from typing import Any

from sqlalchemy import CursorResult, Executable
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.models import Common


def insert_once(session: Session, table: type[Common], **row: Any) -> bool:
    """Insert a row; False where its key is there already."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    return changed(session, dialect.insert(table).values(**row).on_conflict_do_nothing())


def changed(session: Session, statement: Executable) -> bool:
    """Run an INSERT, UPDATE or DELETE; whether any row was touched."""
    result = session.execute(statement, execution_options={"synchronize_session": False, "preserve_rowcount": True})
    assert isinstance(result, CursorResult)  # noqa: S101  # what a statement that returns no rows always gives
    return result.rowcount > 0
