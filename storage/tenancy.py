"""The wall between workspaces: within a transaction of one, no statement reads or writes the rows of another.

Statements of the ORM are narrowed to the workspace, writes are checked, and what cannot be narrowed is refused. On
PostgreSQL the database is told the workspace, too, and its row-level security is the second wall.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Final, cast

from sqlalchemy import BindParameter, Connection, Engine, Executable, event
from sqlalchemy.orm import LoaderCriteriaOption, ORMExecuteState, Session, sessionmaker, with_loader_criteria
from sqlalchemy.sql.visitors import ExternallyTraversible, iterate

from storage.models import Base

EVERY: Final = "*"
"""Stands in place of a workspace where the operator's own work reads or writes all of them."""


NAMES_WORKSPACE: Final = {"names_workspace": True}
"""For statements that name their workspace in a parameter: that is checked, and nothing more is added.

The parameter is `workspace`, in an UPDATE `in_workspace`. For what is asked so often, or has to be so fast, that every
part of a millisecond counts: to narrow a statement costs 0.6 ms.
"""


class CrossesWorkspaces(RuntimeError):
    """A statement would read or write beyond its workspace: a mistake in the code, never of whoever asks."""


class Tenancy:
    """Opens transactions, each in its workspace."""

    def __init__(self, engine: Engine) -> None:
        self._sessions = sessionmaker(engine)
        event.listen(self._sessions, "after_begin", _tell_database)
        event.listen(self._sessions, "do_orm_execute", _narrow)
        event.listen(self._sessions, "before_flush", _check_flush)

    @contextmanager
    def begin(self, workspace: str) -> Iterator[Session]:
        """Work in one workspace: commit on leaving, roll back if the block raised."""
        if workspace in ("", EVERY):
            raise ValueError("a query needs its workspace")
        with self._sessions(info={"workspace": workspace}) as session, session.begin():
            yield session

    @contextmanager
    def begin_everywhere(self) -> Iterator[Session]:
        """Work in all workspaces: for the operator's own tasks, never for what somebody asks in Slack."""
        with self._sessions(info={"workspace": EVERY}) as session, session.begin():
            yield session


def tell(connection: Connection, workspace: str) -> None:
    """Name the workspace to row-level security, until the transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("select set_config('spotter.workspace', %s, true)", (workspace,))


def _tell_database(session: Session, _transaction: Any, connection: Connection) -> None:
    tell(connection, session.info["workspace"])


def _narrow(state: ORMExecuteState) -> None:
    workspace = state.session.info["workspace"]
    named = state.execution_options.get("names_workspace")
    if workspace == EVERY:
        return
    if not (state.is_orm_statement or named):
        raise CrossesWorkspaces("only statements of the ORM can be narrowed to a workspace")
    if state.is_insert or state.is_update:
        _check_written(state, workspace)
    if named and not state.is_insert:
        _check_named(state, workspace)
    elif not state.is_insert:
        state.statement = state.statement.options(_mine(workspace))


@lru_cache(maxsize=256)
def _mine(workspace: str) -> LoaderCriteriaOption:
    """Narrow to a workspace, by a sum: so no planner takes it for a way in, which the statement's own condition is."""
    return with_loader_criteria(
        Base, lambda table: table.workspace + "" == workspace, include_aliases=True, propagate_to_loaders=False
    )


def _check_named(state: ORMExecuteState, workspace: str) -> None:
    parameter = "in_workspace" if state.is_update else "workspace"
    named = state.parameters.get(parameter) if isinstance(state.parameters, Mapping) else None
    if named != workspace or not _asks_for(state.statement, parameter):
        raise CrossesWorkspaces(f"{workspace} would search in another workspace")


@lru_cache(maxsize=256)
def _asks_for(statement: Executable, parameter: str) -> bool:
    """Whether a statement, which is built once, has a parameter of that name."""
    parts = iterate(cast("ExternallyTraversible", statement))
    return any(isinstance(part, BindParameter) and part.key == parameter for part in parts)


def _check_written(state: ORMExecuteState, workspace: str) -> None:
    table: Any = getattr(state.statement, "table", None)
    if table is None or "workspace" not in table.c:
        return
    named = [row["workspace"] for row in _rows(state) if "workspace" in row]
    if any(one != workspace for one in named) or (state.is_insert and not named):
        raise CrossesWorkspaces(f"{workspace} would write a row of another workspace: {table}")


def _rows(state: ORMExecuteState) -> Iterable[Mapping[str, Any]]:
    """What a statement writes, by column: what came with it, and what stands in it."""
    came = state.parameters or {}
    yield from [came] if isinstance(came, Mapping) else came
    stands = getattr(state.statement, "_values", None) or {}  # the public way is to compile it, for 0.2 ms each
    yield {getattr(column, "name", column): getattr(value, "value", value) for column, value in stands.items()}


def _check_flush(session: Session, _context: Any, _rows: Any) -> None:
    workspace = session.info["workspace"]
    rows = (row for row in (*session.new, *session.dirty, *session.deleted) if isinstance(row, Base))
    if workspace != EVERY and (strange := next((row for row in rows if row.workspace != workspace), None)):
        raise CrossesWorkspaces(f"{workspace} would write a row of {strange.workspace}: {type(strange).__name__}")
