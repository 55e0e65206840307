"""The stored jobs, as the database has them: read without the engine, by whoever only looks."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, Engine, TableClause, column, exists, func, inspect, select, table

_NAME: Final = "workflow_status"
_COLUMNS: Final = ("workflow_uuid", "status", "created_at", "delay_until_epoch_ms")


@dataclass(frozen=True, slots=True)
class Backlog:
    """Jobs that are not done.

    Attributes:
        jobs: How many there are: under way, due, or waiting for a later try.
        due_since: When the oldest of those became due that nobody has begun, in seconds since 1970; None for none.
    """

    jobs: int = 0
    due_since: float | None = None


def backlog(engine: Engine) -> Backlog:
    """Count what is stored and not done.

    Raises:
        OperationalError: The database is away.
    """
    stored = _stored(engine)
    if not inspect(engine).has_table(stored.name, schema=stored.schema):  # nothing ever ran here
        return Backlog()
    jobs = stored.c
    due = func.min(func.coalesce(jobs.delay_until_epoch_ms, jobs.created_at)).filter(jobs.status == "ENQUEUED")
    is_open = jobs.status.in_(["DELAYED", "ENQUEUED", "PENDING"])
    with engine.connect() as connection:
        number, since = connection.execute(select(func.count(), due).where(is_open)).one()
    return Backlog(number, since / 1000.0 if since is not None else None)


def is_stored(connection: Connection, name: str) -> bool:
    """Whether there is a job of this name, or was one not long ago.

    Raises:
        OperationalError: The database is away.
    """
    named = exists().where(_stored(connection.engine).c.workflow_uuid == name)
    return bool(connection.scalar(select(named)))


def _stored(engine: Engine) -> TableClause:
    """The engine's own table, where it keeps it."""
    return table(_NAME, *map(column, _COLUMNS), schema=None if engine.dialect.name == "sqlite" else "dbos")
