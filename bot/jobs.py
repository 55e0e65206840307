"""The durable jobs: stored before they are promised, run by any process, taken over where one dies.

DBOS keeps them, in tables of its own that hold names and keys only. What is registered under a name runs at least
once; whoever registers it makes a second run harmless.
"""

import logging
import os
import socket
import sqlite3
import threading
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from contextvars import Context
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal

from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer, SetWorkflowID
from sqlalchemy import Engine, select
from sqlalchemy.exc import OperationalError

from bot.errors import SetupError, SpotterError

Payload = Mapping[str, Any]
Run = Callable[[str, Payload], None]
"""Does a job: its name, which is the same when it is run again, and its payload."""
GiveUp = Callable[[str, Payload, Exception], None]
"""Says what is to be said once a job has failed for good."""
Role = Literal["all", "web", "worker"]

_QUEUE: Final = "jobs"
_POLL_SECONDS: Final = 0.1
_WAITS: Final = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0)
"""Seconds before each new try of what may work later: eight tries in two minutes."""
_BEAT_SECONDS: Final = 2.0
_DEAD_SECONDS: Final = 8.0
"""A process that was not seen for so long is dead: its jobs go back to the queue. A false alarm is harmless: the
engine refuses what the old owner still writes (facts: jobs §2)."""
_AT_ONCE: Final = 1000
_KEPT: Final = timedelta(days=2)
"""How long a finished job is remembered: longer than anybody delivers an event again."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Registered:
    run: Run
    give_up: GiveUp


class _Interrupted(BaseException):
    """The process ends while a job waits for its next try. Not an `Exception`: the job stays to be run elsewhere."""


class Jobs:
    """The job engine of one process. There is one at a time: DBOS is global.

    Args:
        engine: Of the database; DBOS's tables live in it, too.
        alive: Notes that a process of this name lives, and names all that were seen within so many seconds.
        role: `all` and `worker` run jobs, `web` only submits them; with SQLite there is only `all`.
        workers: How many jobs this process runs at once.
        waits: Seconds before each new try of a job that may work later; after the last one it is given up.
    """

    def __init__(
        self,
        engine: Engine,
        alive: Callable[[str, float], frozenset[str]],
        *,
        role: Role = "all",
        workers: int = 4,
        waits: Sequence[float] = _WAITS,
    ) -> None:
        self._engine = engine
        self._alive = alive
        self._role = role
        self._workers = workers
        self._waits = waits
        self._registered: dict[str, _Registered] = {}
        self._schedules: list[tuple[float, Callable[[], None]]] = []
        self._stopping = threading.Event()
        self._stopped = threading.Event()
        self._watch: threading.Thread | None = None
        self._lock: sqlite3.Connection | None = None
        self._is_alone = engine.dialect.name == "sqlite"
        self._name = "local" if self._is_alone else _unique_name(role)

    def register(self, kind: str, run: Run, give_up: GiveUp) -> None:
        """Say what a kind of job does; before `start`, in every process alike."""
        self._registered[kind] = _Registered(run, give_up)

    def every(self, seconds: float, kind: str, payload: Payload) -> None:
        """Submit a job again and again; however many processes ask, each turn runs once."""
        self._schedules.append((seconds, lambda: self._turn(seconds, kind, payload)))

    def start(self) -> None:
        """Begin to run jobs, those of an earlier life first.

        Raises:
            SetupError: Another Spotter runs on the same SQLite file.
        """
        if self._is_alone:
            self._lock = _alone(str(self._engine.url.database))
        DBOS(config=self._config())
        self._workflow = self._make_workflow()
        if self._role == "web":
            DBOS.listen_queues([])
        DBOS.launch()
        DBOS.register_queue(
            _QUEUE, worker_concurrency=self._workers, polling_interval_sec=_POLL_SECONDS, on_conflict="always_update"
        )
        self._watch = threading.Thread(target=self._keep_watch, name="watch", daemon=True)
        self._watch.start()

    def submit(self, kind: str, key: str, payload: Payload) -> None:
        """Store a job; the same `kind` and `key` again is the same job, and nothing happens.

        Raises:
            OperationalError: The database is away; DBOS alone would wait for it, and Slack with it.
        """
        with self._engine.connect() as connection:
            connection.execute(select(1))
        with SetWorkflowID(f"{kind}:{key}"):
            DBOS.enqueue_workflow(_QUEUE, self._workflow, kind, dict(payload))

    def sweep(self) -> None:
        """Delete what the engine remembers of jobs that ended long ago."""
        before = (datetime.now(UTC) - _KEPT).isoformat()
        while old := DBOS.list_workflows(completed_before=before, load_input=False, load_output=False, limit=_AT_ONCE):
            DBOS.delete_workflows([job.workflow_id for job in old])

    def stop(self, seconds: float = 25.0) -> None:
        """Take no more jobs, let those under way finish for a while, then let go; what is left runs elsewhere.

        Until then this process shows itself, so that nobody takes over what it still does.
        """
        self._stopping.set()
        DBOS.destroy(workflow_completion_timeout_sec=int(seconds), destroy_registry=True)
        self._stopped.set()
        if self._watch:
            self._watch.join(_BEAT_SECONDS)
        if self._lock:
            self._lock.close()

    def _config(self) -> DBOSConfig:
        return DBOSConfig(
            name="spotter",
            system_database_url=self._engine.url.render_as_string(hide_password=False),
            system_database_engine=self._engine,
            executor_id=self._name,
            application_version="1",
            serializer=DBOSPortableJSONSerializer(),
            log_level="WARNING",
            scheduler_polling_interval_sec=30.0,
            use_listen_notify=False,  # nobody waits for a job's result, and poolers in front of PostgreSQL dislike it
        )

    def _make_workflow(self) -> Callable[[str, dict[str, Any]], None]:
        def job(kind: str, payload: dict[str, Any]) -> None:
            outside = Context()  # else DBOS would take what a job submits or sweeps for its own steps
            outside.run(self._run, kind, str(DBOS.workflow_id), payload)

        return DBOS.workflow(name="job", max_recovery_attempts=50)(job)

    def _run(self, kind: str, job: str, payload: Payload) -> None:
        """Do a job, or say that it failed."""
        registered = self._registered[kind]
        try:
            self._try(registered.run, job, payload)
        except Exception as error:  # the one catch of this edge: every failure ends in a sentence
            level = logging.WARNING if isinstance(error, SpotterError) else logging.ERROR
            log.log(level, "gave up %s: %s", job, error, exc_info=error)
            self._try(registered.give_up, job, payload, error)

    def _try(self, act: Callable[..., None], *given: Any) -> None:
        """Act, and act again after a while as long as that may help; then the last error is raised."""
        for wait in self._waits:
            try:
                return act(*given)
            except (OperationalError, SpotterError) as error:
                if not _passing(error):
                    raise
                log.info("again in %.0f s: %s", wait, error)
                self._rest(max(wait, getattr(error, "after", 0.0)))
        return act(*given)

    def _rest(self, seconds: float) -> None:
        if self._stopping.wait(seconds):
            raise _Interrupted

    def _turn(self, seconds: float, kind: str, payload: Payload) -> None:
        self.submit(kind, f"turn-{int(time.time() // seconds)}", payload)

    def _keep_watch(self) -> None:
        due = [time.monotonic() for _ in self._schedules]
        while not self._stopped.is_set():
            try:
                self._beat()
                if not self._stopping.is_set():
                    self._take_turns(due)
            except Exception as error:  # noqa: BLE001  # the database is away: try again at the next beat
                log.warning("watch: %s", error)
            self._stopped.wait(_BEAT_SECONDS)

    def _take_turns(self, due: list[float]) -> None:
        if self._role == "web":
            return
        for number, (seconds, turn) in enumerate(self._schedules):
            if time.monotonic() >= due[number]:
                turn()
                due[number] = time.monotonic() + seconds

    def _beat(self) -> None:
        """Show that this process lives, and give back the jobs of those that do not."""
        if self._is_alone:
            return
        alive = self._alive(self._name, _DEAD_SECONDS)
        if self._role != "web" and not self._stopping.is_set():
            held = DBOS.list_workflows(status="PENDING", load_input=False, load_output=False)
            if dead := {job.executor_id for job in held if job.executor_id} - alive:
                DBOS._recover_pending_workflows(sorted(dead))  # noqa: SLF001  # the public way is not idempotent


def _passing(error: OperationalError | SpotterError) -> bool:
    """Whether trying again is of use: the database may come back."""
    return error.retry if isinstance(error, SpotterError) else True


def _unique_name(role: Role) -> str:
    return f"{role}-{socket.gethostname()}-{os.getpid()}-{uuid.uuid4().hex[:6]}"


def _alone(path: str) -> sqlite3.Connection:
    """Hold an exclusive lock that lives exactly as long as this process, on every system."""
    lock = sqlite3.connect(f"{path}.lock", isolation_level=None, timeout=0, check_same_thread=False)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        lock.close()
        raise SetupError(f"Another Spotter already runs on {path}. Stop it first, or use PostgreSQL.") from error
    return lock
