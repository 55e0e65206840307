"""Statements that tell whether they did anything."""

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, Executable, Insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.models import Common
from storage.prepared import run, table


def insert_once(session: Session, model: type[Common], /, **row: Any) -> bool:
    """Insert a row, of values and SQL expressions; False where its key is there already."""
    computed = {name: value for name, value in row.items() if isinstance(value, ColumnElement)}
    values = {name: value for name, value in row.items() if name not in computed}
    statement = _insert(model, session.get_bind().dialect.name)
    return run(session, statement.values(**computed) if computed else statement, **values).rowcount > 0


@cache
def _insert(model: type[Common], dialect: str) -> Insert:
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    return insert(table(model)).on_conflict_do_nothing()


def changed(session: Session, statement: Executable) -> bool:
    """Run an INSERT, UPDATE or DELETE; whether any row was touched."""
    result = session.execute(statement, execution_options={"synchronize_session": False, "preserve_rowcount": True})
    assert isinstance(result, CursorResult)  # noqa: S101  # what a statement that returns no rows always gives
    return result.rowcount > 0
