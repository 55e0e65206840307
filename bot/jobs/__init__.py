"""The durable jobs: stored before they are promised, run by any process, taken over where one dies.

DBOS keeps them, in tables of its own that hold names and keys only. What is registered under a name runs at least
once; whoever registers it makes a second run harmless. A job that has to wait ends its turn and is stored for later, so
that a thousand of them hold up nobody.
"""

import os
import socket
import sqlite3
import time
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Literal

from sqlalchemy import Engine

from bot.core.dead_letter import DeadLetter
from bot.core.patience import Attempt, Patience
from bot.core.workload import MOST_COUNTED, Workload
from bot.jobs.alone import alone
from bot.jobs.durable import Durable
from bot.jobs.trying import GiveUp, Payload, Run, Trying
from bot.jobs.watch import Watch

__all__ = ["GiveUp", "Jobs", "Payload", "Role", "Run"]

Role = Literal["all", "web", "worker"]


class Jobs:
    """The job engine of one process. There is one at a time: DBOS is global.

    Args:
        engine: Of the database; DBOS's tables live in it, too.
        alive: Notes that a process of this name lives, and names all that were seen within so many seconds.
        newest: A block in which a job is run: from its beginning on, an older run of that job has lost its hold.
        bury: Keeps a job that was given up for good.
        role: `all` and `worker` run jobs, `web` only submits them; with SQLite there is only `all`.
        workers: How many jobs this process runs at once.
        patience: How long what fails is tried again.
        clock: Seconds since 1970, as this machine has them.
    """

    def __init__(
        self,
        engine: Engine,
        alive: Callable[[str, float], frozenset[str]],
        *,
        newest: Callable[[str], AbstractContextManager[Any]] = nullcontext,
        bury: Callable[[DeadLetter], None] = lambda _: None,
        role: Role = "all",
        workers: int = 4,
        patience: Patience = Patience(),  # noqa: B008  # a frozen value
        clock: Callable[[], float] = time.time,
    ) -> None:
        is_alone = engine.dialect.name == "sqlite"
        name = "local" if is_alone else _unique_name(role)
        self._path = str(engine.url.database) if is_alone else ""
        self._lock: sqlite3.Connection | None = None
        self._clock = clock
        self._trying = Trying(newest, bury, patience)
        self._durable = Durable(engine, name, workers, self._trying.run, deaths=patience.deaths, listens=role != "web")
        self._watch = Watch(self._durable, _nobody if is_alone else alive, role, clock)

    def register(self, kind: str, run: Run, give_up: GiveUp) -> None:
        """Say what a kind of job does; before `start`, in every process alike."""
        self._trying.register(kind, run, give_up)

    def every(self, seconds: float, kind: str, payload: Payload) -> None:
        """Submit a job again and again; however many processes ask, each turn runs once."""
        self._watch.every(seconds, lambda: self.submit(kind, f"turn-{int(self._clock() // seconds)}", payload))

    def start(self) -> None:
        """Begin to run jobs, those of an earlier life first.

        Raises:
            SetupError: Another Spotter runs on the same SQLite file.
        """
        if self._path:
            self._lock = alone(self._path)
        self._durable.start()
        self._watch.start()

    def submit(self, kind: str, key: str, payload: Payload) -> None:
        """Store a job; the same `kind` and `key` again is the same job, and nothing happens.

        Raises:
            OperationalError: The database is away.
        """
        name = f"{kind}:{key}"
        self._durable.enqueue(kind, payload, Attempt(job=name, life=name))

    def again(self, letter: DeadLetter) -> None:
        """Give a job that was given up another life; the same letter again is the same life, and nothing happens.

        Raises:
            OperationalError: The database is away.
        """
        self._durable.enqueue(letter.kind, letter.payload, Attempt(job=letter.job, life=f"{letter.job}@{letter.at:f}"))

    def sweep(self) -> None:
        """Delete what the engine remembers of jobs that ended long ago."""
        self._durable.sweep()

    def forget(self, workspace: str) -> None:
        """Delete what the engine remembers of a workspace's jobs, whatever waits included, but for those under way.

        Every key of a job of a workspace begins with its id.
        """
        self._durable.forget(self._names(workspace))

    def workload(self, workspace: str) -> Workload:
        """The jobs of a workspace that are not done, and how many processes there are."""
        jobs, oldest = self._durable.open_jobs(self._names(workspace), MOST_COUNTED)
        waited = max(0.0, self._clock() - oldest) if jobs else 0.0
        return Workload(jobs=jobs, waited=waited, processes=self._watch.processes)

    @property
    def hang(self) -> bool:
        """Whether jobs are still under way; once this process was told to stop, they are run again elsewhere."""
        return self._durable.busy

    def stop(self, seconds: float = 25.0) -> None:
        """Take no more jobs, let those under way finish for a while, then let go; what is left runs elsewhere.

        Until then this process shows itself, so that nobody takes over what it still does.
        """
        self._watch.begin_to_stop()
        self._durable.stop(seconds)
        self._watch.stop()
        if self._lock:
            self._lock.close()

    def _names(self, workspace: str) -> list[str]:
        """What the names of a workspace's jobs begin with."""
        return [f"{kind}:{workspace}-" for kind in self._trying.kinds]


def _nobody(_name: str, _seconds: float) -> frozenset[str]:
    """Who else lives where there is one process only."""
    return frozenset()


def _unique_name(role: Role) -> str:
    return f"{role}-{socket.gethostname()}-{os.getpid()}-{uuid.uuid4().hex[:6]}"
