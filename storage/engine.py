"""One recipe for SQLite and PostgreSQL."""

import sqlite3
import time
from functools import partial
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Dialect, Engine, Float, Function, cast, create_engine, event, extract, func, make_url
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.sql.elements import ColumnElement, SQLColumnExpression

_RESTS: Final = "rests"
_RESTED_SECONDS: Final = 1.0
"""A server is not restarted within less."""
_TABLES_LOCK: Final = 0x5907
"""A number that no other program on the same database uses."""
_OLD_SQLITE: Final = sqlite3.sqlite_version_info < (3, 42)


def connect(url: str) -> Engine:
    """Make an engine; SQLite gets WAL, full sync, foreign keys and 30 s of patience with a locked file.

    PostgreSQL is told that we mean UTC, whatever its own zone, as SQLite always does, and to plan a statement once, not
    for each of its values: planning a search for a bib took three times as long as the search (`benchmarks/search.py`).

    Not for `sqlite://` in memory: each thread would get a database of its own.
    """
    if not url.startswith("sqlite"):
        engine = create_engine(url, pool_size=20, max_overflow=20)
        event.listen(engine, "connect", _prepare_postgresql)
        event.listen(engine, "checkin", _rest)
        event.listen(engine, "checkout", partial(_wake, engine.dialect))
        return engine
    path = make_url(url).database or ""
    Path(path).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = create_engine(url, pool_size=20, max_overflow=20)
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def by_statement(engine: Engine) -> Engine:
    """The same connections for transactions of a single statement: PostgreSQL needs one round trip for it, not three.

    SQLite, where nothing travels, keeps its locks as they are.
    """
    return engine if engine.dialect.name == "sqlite" else engine.execution_options(isolation_level="AUTOCOMMIT")


def _prepare_postgresql(connection: Any, _: Any) -> None:
    connection.execute("SET TIME ZONE 'UTC'")
    connection.execute("SET plan_cache_mode = force_generic_plan")
    connection.commit()


def _rest(_: Any, record: ConnectionPoolEntry) -> None:
    record.info[_RESTS] = time.monotonic()


def _wake(dialect: Dialect, connection: Any, record: ConnectionPoolEntry, _: Any) -> None:
    """Ask a connection that has rested whether it lives; where it does not, no other one does, either.

    To ask each time, as SQLAlchemy's own `pool_pre_ping` does, is a round trip for each transaction.
    """
    if time.monotonic() - record.info.get(_RESTS, time.monotonic()) < _RESTED_SECONDS:
        return
    try:
        dialect.do_ping(connection)
    except dialect.loaded_dbapi.Error as error:
        raise InvalidatePoolError from error


def _prepare_sqlite(connection: Any, _: Any) -> None:
    connection.isolation_level = "IMMEDIATE"
    for pragma in ("busy_timeout=30000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    if _OLD_SQLITE:  # Debian 12 and Ubuntu 22.04 lack the 'subsec' that the job engine asks for
        connection.create_function("unixepoch", 1, lambda _modifier: time.time())


def alone(connection: Connection) -> None:
    """Let nobody else change the tables until the transaction ends, of which their making is a part.

    Left to itself, Python's driver of SQLite begins no transaction for that.
    """
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql(f"select pg_advisory_xact_lock({_TABLES_LOCK})")


def engine_of(session: Session) -> Engine:
    """The engine that a session of ours is bound to."""
    engine = session.get_bind()
    assert isinstance(engine, Engine)  # noqa: S101  # `Storage` binds its sessions to an engine
    return engine


def clock(engine: Engine) -> ColumnElement[float]:
    """The database's own clock in seconds since 1970: the clocks of two machines are never compared."""
    return clock_of(engine.dialect.name)


def clock_of(dialect: str) -> ColumnElement[float]:
    """The clock of such databases: `sqlite` or `postgresql`."""
    if dialect == "sqlite":
        return (func.julianday("now") - 2440587.5) * 86400.0
    return cast(extract("epoch", func.clock_timestamp()), Float)


def later(engine: Engine, one: SQLColumnExpression[float], other: ColumnElement[float]) -> Function[float]:
    """The greater of two numbers in one row."""
    return func.max(one, other) if engine.dialect.name == "sqlite" else func.greatest(one, other)
