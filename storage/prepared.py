"""Statements of the hot paths, built once: to build and to narrow one takes six times as long as to run it.

They are of tables, not of mapped classes, and name their workspace: see `NAMES_WORKSPACE`.
"""

from typing import Any, Final, cast

from sqlalchemy import BindParameter, CursorResult, Executable, Table, bindparam
from sqlalchemy.orm import Session

from storage.models import Common
from storage.tenancy import NAMES_WORKSPACE

MINE: Final[BindParameter[str]] = bindparam("workspace")
"""The workspace in a SELECT or DELETE."""
OF_MINE: Final[BindParameter[str]] = bindparam("in_workspace")
"""The workspace in the condition of an UPDATE, where `workspace` would be a value to write."""
_OPTIONS: Final = {**NAMES_WORKSPACE, "preserve_rowcount": True}


def table(model: type[Common]) -> Table:
    """A mapped class's table."""
    return cast("Table", model.__table__)


def run(session: Session, statement: Executable, /, **values: Any) -> CursorResult[Any]:
    """Run a prepared statement; what the session still has to write is written before it."""
    session.flush()
    result = session.execute(statement, values, execution_options=_OPTIONS)
    assert isinstance(result, CursorResult)  # noqa: S101  # what a statement of tables always gives
    return result
