"""A workspace that leaves is forgotten: every row of every table, and no row of another workspace."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Boolean, Column, DateTime, Float, Integer, LargeBinary, Table, func, insert, select

from storage import Storage
from storage.models import Base

TABLES = [table for table in Base.metadata.sorted_tables if "workspace" in table.c]
VALUES: dict[type[Any], Any] = {
    Boolean: True,
    DateTime: datetime.now(UTC).replace(tzinfo=None),
    Float: 5.0,
    Integer: 1,
    LargeBinary: b"x",
}


@pytest.fixture
def full(storage: Storage) -> Storage:
    """A memory with a row of both workspaces in every table."""
    with storage.engine.begin() as connection:
        for number, workspace in enumerate(("T1", "T2"), 1):
            for table in TABLES:
                row = {column.name: value(column, number) for column in table.c}
                connection.execute(insert(table).values({**row, "workspace": workspace}))
    return storage


def value(column: Column[Any], number: int) -> Any:
    """Something that the column takes; the rows of the two workspaces hang on different shares."""
    if column.primary_key or column.foreign_keys:
        return number if isinstance(column.type, Integer) else f"k{number}"
    return next((one for kind, one in VALUES.items() if isinstance(column.type, kind)), "x")


def left(storage: Storage, workspace: str) -> dict[str, int]:
    """How many rows of a workspace there are in each table."""
    with storage.engine.connect() as connection:
        return {table.name: connection.scalar(counted(table, workspace)) or 0 for table in TABLES}


def counted(table: Table, workspace: str) -> Any:
    return select(func.count()).select_from(table).where(table.c.workspace == workspace)


def test_no_row_of_it_is_left_in_any_table_and_every_row_of_others_is(full: Storage) -> None:
    full.departures.forget("T1", left_at=10.0)

    assert left(full, "T1") == {table.name: 0 for table in TABLES}
    assert left(full, "T2") == {table.name: 1 for table in TABLES}


def test_an_installation_that_is_newer_than_the_departure_stays(full: Storage) -> None:
    full.departures.forget("T1", left_at=4.0)

    assert {name for name, rows in left(full, "T1").items() if rows} == {"installation", "organization_workspace"}


def test_who_left_is_known_until_they_come_back(storage: Storage) -> None:
    assert storage.departures.note("T1", 4.0)
    assert storage.departures.note("T1", 4.0)  # Slack tells it twice
    assert storage.departures.every() == {"T1": 4.0}

    storage.departures.over("T1")
    assert storage.departures.every() == {}


def test_news_of_a_departure_that_come_after_a_new_installation_are_old(full: Storage) -> None:
    assert not full.departures.note("T1", 4.0)
    assert full.departures.note("T1", 6.0)
