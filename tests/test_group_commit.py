"""What many threads write at the same time is committed together, or fails together."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from sqlalchemy import Connection, event, insert, select

from bot.jobs.group_commit import GroupCommit
from storage import Storage
from storage.models import PaceRow
from tests.storage.at_once import at_once

THREADS, EACH = 8, 8


@pytest.fixture
def storage(new_database: Callable[[str], str]) -> Iterator[Storage]:
    """A database."""
    with closing(Storage(new_database("sqlite"))) as storage:
        yield storage


def _row(name: str) -> Callable[[Connection], None]:
    def write(connection: Connection) -> None:
        connection.execute(insert(PaceRow).values(name=name, due=0.0))

    return write


def _names(storage: Storage) -> list[str]:
    with storage.engine.connect() as connection:
        return list(connection.scalars(select(PaceRow.name).order_by(PaceRow.name)))


def test_each_write_is_there_when_it_returns_and_they_share_transactions(storage: Storage) -> None:
    write = GroupCommit(storage.engine)
    commits: list[Connection] = []
    missing: list[str] = []
    event.listen(storage.engine, "commit", commits.append)

    def act(thread: int) -> None:
        for number in range(EACH):
            name = f"{thread}-{number:02d}"
            write(name, _row(name))
            if name not in _names(storage):
                missing.append(name)

    at_once(THREADS, act)

    assert not missing
    assert len(_names(storage)) == THREADS * EACH
    assert len(commits) <= THREADS * EACH / 2


def test_an_error_is_told_to_everybody_and_whoever_comes_next_is_written(storage: Storage) -> None:
    write = GroupCommit(storage.engine)

    def fail(_: Connection) -> None:
        raise OSError("the disk is gone")

    with ThreadPoolExecutor(THREADS) as pool:
        failed = [pool.submit(write, f"{number}", fail) for number in range(THREADS)]
    write("after", _row("after"))

    assert all(isinstance(one.exception(), OSError) for one in failed)
    assert _names(storage) == ["after"]
