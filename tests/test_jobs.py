"""Jobs run at least once, once where nothing breaks, and end in a sentence: a real DBOS."""

import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from queue import Queue
from typing import Any

import pytest
from sqlalchemy import TableClause, column, select, table, update

from bot.core.dead_letter import DeadLetter
from bot.errors import PhotoGone, SlackBusy
from bot.jobs import Jobs, Payload
from storage import Storage
from tests.conftest import DATABASES
from tests.counting import counting

PATIENCE = 30.0
"""Seconds after which something that should happen has not."""


class Tasks:
    """Jobs that a test decides about: what each try of a task comes to, and what happened."""

    def __init__(self) -> None:
        self._outcomes: defaultdict[str, deque[Exception]] = defaultdict(deque)
        self._seen: defaultdict[str, Queue[tuple[Any, ...]]] = defaultdict(Queue)

    def plan(self, task: str, *errors: Exception) -> None:
        """Let the next tries of a task fail."""
        self._outcomes[task].extend(errors)

    def run(self, job: str, payload: Payload) -> None:
        """Try a task."""
        self._act(payload["task"], "ran", job)

    def give_up(self, job: str, payload: Payload, error: Exception) -> None:
        """Give a task up."""
        self._act(payload["task"], "gave up", job, error)

    def _act(self, task: str, *what: Any) -> None:
        self._seen[task].put(what)
        if self._outcomes[task]:
            raise self._outcomes[task].popleft()

    def next(self, task: str) -> tuple[Any, ...]:
        """What happens next to a task."""
        return self._seen[task].get(timeout=PATIENCE)

    def rest(self, task: str) -> list[tuple[Any, ...]]:
        """What else happened."""
        return list(self._seen[task].queue)


@dataclass
class Clock:
    """The machine's clock, which somebody may set."""

    ahead: float = 0.0

    def __call__(self) -> float:
        """What it shows."""
        return time.time() + self.ahead


@dataclass(frozen=True)
class Engine:
    """A running engine with one worker, so that jobs run in the order in which they came."""

    jobs: Jobs
    tasks: Tasks
    storage: Storage
    letters: list[DeadLetter]
    clock: Clock
    numbers: Iterator[int] = field(default_factory=lambda: iter(range(1000)))

    def submit(self, key: str, *errors: Exception) -> None:
        """Submit a task whose first tries fail."""
        self.tasks.plan(key, *errors)
        self.jobs.submit("task", key, {"task": key, "workspace": "T1"})

    def settle(self) -> None:
        """Wait until every job that was submitted so far is done."""
        last = f"settle {next(self.numbers)}"
        self.submit(last)
        self.tasks.next(last)

    def remembers(self, job: str) -> bool:
        """Whether the engine knows a job."""
        with self.storage.engine.connect() as connection:
            jobs = self.table
            return connection.execute(select(jobs).where(jobs.c.workflow_uuid == job)).first() is not None

    @property
    def table(self) -> TableClause:
        """Where DBOS keeps jobs."""
        schema = None if self.storage.engine.dialect.name == "sqlite" else "dbos"
        return table("workflow_status", column("workflow_uuid"), column("completed_at"), schema=schema)


@pytest.fixture(scope="module", params=DATABASES)
def engine(request: pytest.FixtureRequest, new_database: Callable[[str], str]) -> Iterator[Engine]:
    """The engine of this process, for each kind of database once."""
    tasks = Tasks()
    with closing(Storage(new_database(request.param))) as storage:
        letters: list[DeadLetter] = []
        clock = Clock()
        jobs = Jobs(
            storage.engine,
            storage.processes.alive,
            newest=storage.runs.newest,
            bury=letters.append,
            workers=1,
            clock=clock,
        )
        jobs.register("task", tasks.run, tasks.give_up)
        jobs.register("chain", lambda _, payload: jobs.submit("task", payload["task"], payload), tasks.give_up)
        jobs.register("sweep", lambda *_: jobs.sweep(), tasks.give_up)
        jobs.start()
        yield Engine(jobs, tasks, storage, letters, clock)
        jobs.stop(0)


def test_the_same_kind_and_key_runs_once(engine: Engine) -> None:
    with counting("duplicates_suppressed_total") as duplicates:
        for _ in range(3):
            engine.submit("once")

        engine.settle()

        assert engine.tasks.rest("once") == [("ran", "task:once")]
        assert duplicates() == 2


def test_other_kinds_have_keys_of_their_own(engine: Engine) -> None:
    engine.jobs.submit("chain", "own", {"task": "own"})

    assert engine.tasks.next("own") == ("ran", "task:own")


def test_what_may_work_later_runs_again_under_the_same_name_and_holds_up_nobody_meanwhile(engine: Engine) -> None:
    engine.submit("patient", SlackBusy("busy"))
    engine.tasks.next("patient")

    engine.settle()  # there is one worker, and it is free

    assert engine.tasks.rest("patient") == []
    assert engine.tasks.next("patient") == ("ran", "task:patient")


def test_what_is_given_up_is_kept_as_a_dead_letter_and_may_have_another_life(engine: Engine) -> None:
    engine.submit("gone", PhotoGone())
    assert engine.tasks.next("gone") == ("ran", "task:gone")
    assert engine.tasks.next("gone")[:2] == ("gave up", "task:gone")
    engine.settle()
    [letter] = [one for one in engine.letters if one.job == "task:gone"]
    assert (letter.kind, letter.payload, letter.error) == ("task", {"task": "gone", "workspace": "T1"}, PhotoGone().say)

    for _ in range(2):  # an admin presses twice
        engine.jobs.again(letter)

    engine.settle()
    assert engine.tasks.rest("gone") == [("ran", "task:gone")]


def test_what_is_not_done_yet_is_counted_by_workspace(engine: Engine) -> None:
    for key in ("T7-done", "T7-later"):
        engine.tasks.plan(key, *([SlackBusy("busy", after=3600.0)] if key == "T7-later" else []))
        engine.jobs.submit("task", key, {"task": key, "workspace": "T7"})
        engine.tasks.next(key)
    engine.settle()

    workload = engine.jobs.workload("T7")

    assert (workload.jobs, workload.processes) == (1, 1)
    assert 0.0 <= workload.waited < PATIENCE
    assert engine.jobs.workload("T70").jobs == 0


def test_what_waits_is_due_at_once_where_the_clock_was_set_back(
    engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    engine.submit("hour", SlackBusy("busy", after=3600.0))
    engine.tasks.next("hour")
    engine.settle()

    engine.clock.ahead -= 7200.0

    assert engine.tasks.next("hour") == ("ran", "task:hour")
    assert any("clock" in record.getMessage() for record in caplog.records)


@pytest.mark.parametrize("by", ["call", "job"])
def test_a_sweep_deletes_jobs_that_ended_long_ago_and_no_others(engine: Engine, by: str) -> None:
    for age in ("old", "new"):
        engine.submit(f"{age} {by}")
    engine.settle()
    _ended(engine, f"task:old {by}", days_ago=3)

    if by == "call":
        engine.jobs.sweep()
    else:
        engine.jobs.submit("sweep", "now", {"task": "sweep"})
        engine.settle()

    assert not engine.remembers(f"task:old {by}")
    assert engine.remembers(f"task:new {by}")
    assert engine.tasks.rest("sweep") == []


def _ended(engine: Engine, job: str, *, days_ago: float) -> None:
    """Let a job have ended in the past, once the engine has noted its end."""
    jobs = engine.table
    ended = update(jobs).where(jobs.c.workflow_uuid == job, jobs.c.completed_at.is_not(None))
    moved = ended.values(completed_at=jobs.c.completed_at - int(days_ago * 86_400_000))
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with engine.storage.engine.begin() as connection:
            if connection.execute(moved).rowcount:
                return
        time.sleep(0.01)  # DBOS tells nobody when it has noted an end
    raise AssertionError(f"{job} did not end")
