"""The database itself: its tables, and what is said when it cannot be used."""

import subprocess
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import event, inspect, text

from bot.errors import AskError, SetupError
from storage import Storage
from storage.models import Base
from tests.conftest import ROOT

UPGRADE = "import sys; from storage import Storage; Storage(sys.argv[1]).upgrade()"
SECRET = "s3cr3t"  # noqa: S105  # opens nothing


@pytest.fixture
def empty(tmp_path: Path, database: str) -> str:
    """The URL of a database without tables."""
    if database.startswith("sqlite"):
        return f"sqlite:///{tmp_path}/empty.db"
    with closing(Storage(database)) as storage, storage.engine.begin() as connection:
        connection.execute(text("drop schema public cascade"))
        connection.execute(text("create schema public"))
    return database


def test_the_migrations_make_the_tables_of_the_models(storage: Storage) -> None:
    with storage.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_an_empty_database_says_how_to_fill_it(empty: str) -> None:
    with closing(Storage(empty)) as storage, pytest.raises(SetupError, match="Run: spotter db upgrade"):
        storage.check()


def test_an_upgrade_may_be_repeated_and_keeps_what_was_there(empty: str) -> None:
    with closing(Storage(empty)) as storage:
        storage.upgrade()
        with storage.begin("T1") as work:
            work.notices.first("hello")

        storage.upgrade()

        storage.check()
        with storage.begin("T1") as work:
            assert not work.notices.first("hello")


def test_an_upgrade_that_is_cut_off_is_as_if_never_begun(empty: str) -> None:
    with closing(Storage(empty)) as storage:

        def cut_off(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            if "CREATE TABLE share" in statement:
                raise InterruptedError

        event.listen(storage.engine, "before_cursor_execute", cut_off)
        with pytest.raises(InterruptedError):
            storage.upgrade()
        event.remove(storage.engine, "before_cursor_execute", cut_off)

        assert inspect(storage.engine).get_table_names() == []
        storage.upgrade()
        storage.check()


def test_several_that_upgrade_together_do_it_once(empty: str) -> None:
    commands = [subprocess.Popen([sys.executable, "-c", UPGRADE, empty], cwd=ROOT) for _ in range(2)]  # noqa: S603  # ours

    assert [command.wait(60) for command in commands] == [0, 0]


def test_a_query_without_a_workspace_is_a_mistake(storage: Storage) -> None:
    with pytest.raises(ValueError, match="workspace"), storage.begin(""):
        pass


def test_what_raises_leaves_nothing_behind(storage: Storage) -> None:
    with suppress(AskError), storage.begin("T1") as work:
        work.notices.first("hello")
        raise AskError("no")

    with storage.begin("T1") as work:
        assert work.notices.first("hello")


def test_a_database_that_answers_is_ready(storage: Storage) -> None:
    assert storage.ready()
    assert storage.has_room()


def test_a_file_needs_room_on_its_disk_and_a_server_sees_to_its_own(storage: Storage) -> None:
    assert storage.has_room(least=2**63) is (storage.engine.dialect.name == "postgresql")


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql+psycopg://runner:{SECRET}@127.0.0.1:1/spotter?connect_timeout=2",
        f"postgresql+psycopg://127.0.0.1:1/spotter?user=runner&password={SECRET}&connect_timeout=2",
        f"postgresql+psycopg://runner:{SECRET}@127.0.0.1:port/spotter",
        f"mysql://runner:{SECRET}@127.0.0.1/spotter",
        f"nothing://runner:{SECRET}@127.0.0.1/spotter",
    ],
    ids=["away", "password in the query", "no number", "no driver", "no such kind"],
)
@pytest.mark.parametrize("act", [Storage.check, Storage.upgrade])
def test_a_database_that_cannot_be_reached_is_named_without_its_password(
    url: str, act: Callable[[Storage], None]
) -> None:
    with pytest.raises(SetupError, match="database") as refused:
        act(Storage(url))

    assert SECRET not in refused.value.say
    assert "\n" not in refused.value.say


def test_a_database_that_is_away_is_not_ready() -> None:
    assert not Storage("postgresql+psycopg://127.0.0.1:1/spotter?connect_timeout=2").ready()


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_read_only_database_is_named(empty: str) -> None:
    read_only = f"{empty}&options=-cdefault_transaction_read_only%3Don"

    with (
        closing(Storage(read_only)) as storage,
        pytest.raises(SetupError, match=r"can't write to the database .* read-only"),
    ):
        storage.upgrade()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(SetupError, match=r"can't use the database .*spotter\.db"):
        Storage(f"sqlite:///{tmp_path}/file/spotter.db")


def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="can't write to the database"):
        Storage(f"sqlite:///{tmp_path}").upgrade()


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "holiday.db").write_bytes(b"\xff\xd8\xff" * 1000)

    with pytest.raises(SetupError, match="not a database"):
        Storage(f"sqlite:///{tmp_path}/holiday.db").check()


def test_the_folder_of_the_file_is_made(tmp_path: Path) -> None:
    storage = Storage(f"sqlite:///{tmp_path}/new/home/spotter.db")
    storage.upgrade()
    storage.close()

    assert (tmp_path / "new" / "home" / "spotter.db").is_file()


def test_a_folder_that_is_made_is_nobody_elses(tmp_path: Path) -> None:
    with closing(Storage(f"sqlite:///{tmp_path}/home/spotter.db")):
        assert (tmp_path / "home").stat().st_mode & 0o077 == 0


def test_times_are_utc_whatever_the_databases_own_zone(storage: Storage) -> None:
    if storage.engine.dialect.name == "postgresql":
        _move_to_new_zealand(storage)

    with storage.begin("T1") as work:
        told = work.notices.since("start")

    assert abs(told - datetime.now(UTC).replace(tzinfo=None)) < timedelta(minutes=1)


def _move_to_new_zealand(storage: Storage) -> None:
    with storage.engine.begin() as connection:
        name = connection.scalar(text("select current_database()"))
        connection.execute(text(f"alter database {name} set timezone to 'Pacific/Auckland'"))
    storage.engine.dispose()  # the zone holds for new connections
