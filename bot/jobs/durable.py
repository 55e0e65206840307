"""DBOS, the engine that keeps jobs: the only place that knows it (facts: jobs §2)."""

import logging
import random
from collections.abc import Callable, Collection, Sequence
from contextvars import Context
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from dbos import DBOS, DBOSClient, DBOSConfig, DBOSPortableJSONSerializer, EnqueueOptions
from sqlalchemy import Connection, Engine

from bot.core.patience import Attempt
from bot.jobs.backlog import is_stored
from bot.jobs.group_commit import GroupCommit
from bot.jobs.trying import AWAY, Later, Payload
from bot.metrics import DUPLICATES

_APPLICATION: Final = "spotter"
_VERSION: Final = "1"
_QUEUE: Final = "jobs"
_WORKFLOW: Final = "job"
_POLL_SECONDS: Final = 0.1
_AT_ONCE: Final = 1000
_KEPT: Final = timedelta(days=2)
"""How long a finished job is remembered: longer than anybody delivers an event again."""
_DEADLY: Final = "This stopped me again and again, so I gave it up. An admin can find more in my log."

_HURRY_SECONDS: Final = 3.0

log = logging.getLogger(__name__)


class _LeftOpen(BaseException):
    """What comes after a try could not be stored. Not an `Exception`: the job stays open, and is run again."""


class Durable:
    """The stored jobs.

    Args:
        engine: Of the database.
        name: Of this process, for the engine.
        workers: How many jobs this process runs at once.
        run: Tries a job once: its kind, its payload, and which try this is; the try that is to come, if one is.
        deaths: How often a job may take its process down with it and be run again.
        listens: Whether this process runs jobs at all.
    """

    def __init__(
        self,
        engine: Engine,
        name: str,
        workers: int,
        run: Callable[[str, Payload, Attempt], Later | None],
        *,
        deaths: int,
        listens: bool,
    ) -> None:
        self.name = name
        self._engine = engine
        self._workers = workers
        self._run = run
        self._deaths = deaths
        self._listens = listens
        self._writes = GroupCommit(engine)
        self._client = DBOSClient(
            system_database_engine=engine,
            serializer=DBOSPortableJSONSerializer(),
            application_name=_APPLICATION,
            lazy=True,
        )
        self._running: set[str] = set()
        self._suspects: frozenset[str] = frozenset()

    @property
    def busy(self) -> bool:
        """Whether jobs are under way."""
        return bool(self._running)

    def start(self) -> None:
        """Begin to run jobs, those of an earlier life first."""
        instance = DBOS(config=self._config())
        self._job = self._workflow()
        if not self._listens:
            DBOS.listen_queues([])
        DBOS.launch()
        _limit(instance, self._workers)
        DBOS.register_queue(
            _QUEUE, worker_concurrency=self._workers, polling_interval_sec=_POLL_SECONDS, on_conflict="always_update"
        )

    def enqueue(self, kind: str, payload: Payload, attempt: Attempt, seconds: float | None = None) -> None:
        """Store a try of a job, to be run after so many seconds; one of the same name is there already, or was.

        Raises:
            OperationalError: The database is away; DBOS alone would wait for it, and Slack with it.
        """
        options: EnqueueOptions = {
            "queue_name": _QUEUE,
            "workflow_name": _WORKFLOW,
            "workflow_id": attempt.name,
            "app_version": _VERSION,
        }
        if seconds is not None:
            options["delay_seconds"] = seconds

        def write(connection: Connection) -> None:
            if is_stored(connection, attempt.name):
                DUPLICATES.inc()
                return
            self._client.enqueue_in_transaction(connection, options, kind, dict(payload), asdict(attempt))

        self._writes(attempt.name, write)

    def sweep(self) -> None:
        """Delete what is remembered of jobs that ended long ago."""
        before = (datetime.now(UTC) - _KEPT).isoformat()
        while old := DBOS.list_workflows(completed_before=before, load_input=False, load_output=False, limit=_AT_ONCE):
            DBOS.delete_workflows([job.workflow_id for job in old])

    def forget(self, prefixes: Sequence[str]) -> None:
        """Delete the jobs whose names begin so, but for those under way."""
        named: dict[str, Any] = {"workflow_id_prefix": list(prefixes), "load_input": False, "load_output": False}
        DBOS.delete_workflows([job.workflow_id for job in DBOS.list_workflows(**named) if job.status != "PENDING"])

    def open_jobs(self, prefixes: Sequence[str], most: int) -> tuple[int, float]:
        """How many jobs whose names begin so are not done, and when the oldest was stored, in seconds since 1970."""
        named: dict[str, Any] = {"workflow_id_prefix": list(prefixes), "load_input": False, "load_output": False}
        jobs = DBOS.list_workflows(**named, status=["DELAYED", "ENQUEUED", "PENDING"], limit=most)
        return len(jobs), min((job.created_at or 0 for job in jobs), default=0) / 1000.0

    def take_over(self, alive: Collection[str]) -> None:
        """Give back to the queue what processes hold that do not live, and what this one holds and does not do."""
        held = DBOS.list_workflows(status="PENDING", load_input=False, load_output=False)
        if dead := {job.executor_id for job in held if job.executor_id} - {self.name, *alive}:
            DBOS._recover_pending_workflows(sorted(dead))  # noqa: SLF001  # the public way is not idempotent
        mine = frozenset(job.workflow_id for job in held if job.executor_id == self.name)
        idle = mine - self._running
        for job in idle & self._suspects:  # twice in a row: its end could not be stored, the database was away
            log.warning("%s was left open and is run again", job)
            DBOS.resume_workflow(job, queue_name=_QUEUE)
        self._suspects = idle

    def end_the_deadly(self) -> None:
        """Let what took its process down with it again and again be given up, in a job of its own."""
        for job in DBOS.list_workflows(status="MAX_RECOVERY_ATTEMPTS_EXCEEDED", load_output=False):
            assert job.input  # noqa: S101  # it was asked for
            kind, payload, attempt = job.input["args"]
            log.error("%s took its process down with it again and again", job.workflow_id)
            self.enqueue(kind, payload, Attempt(**attempt).next(0.0).giving_up(_DEADLY))
            DBOS.delete_workflow(job.workflow_id)

    def hurry(self) -> None:
        """Let every job that waits be due within moments."""
        for job in DBOS.list_workflows(status="DELAYED", load_input=False, load_output=False):
            seconds = random.uniform(0.0, _HURRY_SECONDS)  # noqa: S311  # no secret
            DBOS.set_workflow_delay(job.workflow_id, delay_seconds=seconds)

    def stop(self, seconds: float) -> None:
        """Take no more jobs, and let those under way finish for a while."""
        DBOS.destroy(workflow_completion_timeout_sec=int(seconds), destroy_registry=True)

    def _workflow(self) -> Callable[[str, dict[str, Any], dict[str, Any]], None]:
        def job(kind: str, payload: dict[str, Any], attempt: dict[str, Any]) -> None:
            outside = Context()  # else DBOS would take what a job submits or sweeps for its own steps
            outside.run(self._do, str(DBOS.workflow_id), kind, payload, Attempt(**attempt))

        return DBOS.workflow(name=_WORKFLOW, max_recovery_attempts=self._deaths)(job)

    def _do(self, name: str, kind: str, payload: Payload, attempt: Attempt) -> None:
        self._running.add(name)
        try:
            self._try(kind, payload, attempt)
        finally:
            self._running.discard(name)

    def _try(self, kind: str, payload: Payload, attempt: Attempt) -> None:
        later = self._run(kind, payload, attempt)
        if later is None:
            return
        try:
            self.enqueue(kind, payload, later.attempt, later.seconds)
        except AWAY as error:
            raise _LeftOpen from error

    def _config(self) -> DBOSConfig:
        return DBOSConfig(
            name=_APPLICATION,
            system_database_url=self._engine.url.render_as_string(hide_password=False),
            system_database_engine=self._engine,
            executor_id=self.name,
            application_version=_VERSION,
            serializer=DBOSPortableJSONSerializer(),
            log_level="WARNING",
            scheduler_polling_interval_sec=30.0,
            use_listen_notify=False,  # nobody waits for a job's result, and poolers in front of PostgreSQL dislike it
        )


def _limit(instance: DBOS, workers: int) -> None:
    """Let this process run as many jobs at once as it was told.

    DBOS keeps the number with the queue, in the database, so the process that started last would set it for all.
    """
    system: Any = instance._sys_db  # noqa: SLF001  # nothing public says how many jobs one process runs
    read = system.get_queue

    def get_queue(name: str, **more: Any) -> Any:
        queue = read(name, **more)
        if queue is not None and name == _QUEUE:
            queue._worker_concurrency = workers  # noqa: SLF001  # as above
        return queue

    system.get_queue = get_queue
