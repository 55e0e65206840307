"""Jobs run at least once, once where nothing breaks, and end in a sentence: real DBOS, real processes."""

import logging
import subprocess
import sys
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from queue import Queue
from typing import IO, Any

import pytest
from sqlalchemy import TableClause, column, select, table, update
from sqlalchemy.exc import OperationalError

from bot.errors import PhotoGone, SlackBusy
from bot.jobs import Jobs, Payload
from storage import Storage
from storage.models import ProcessRow
from tests.conftest import DATABASES, ROOT

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


@dataclass(frozen=True)
class Engine:
    """A running engine with one worker, so that jobs run in the order in which they came."""

    jobs: Jobs
    tasks: Tasks
    storage: Storage
    numbers: Iterator[int] = field(default_factory=lambda: iter(range(1000)))

    def submit(self, key: str, *errors: Exception) -> None:
        """Submit a task whose first tries fail."""
        self.tasks.plan(key, *errors)
        self.jobs.submit("task", key, {"task": key})

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
        jobs = Jobs(storage.engine, storage.processes.alive, workers=1, waits=(0.01, 0.01))
        jobs.register("task", tasks.run, tasks.give_up)
        jobs.register("chain", lambda _, payload: jobs.submit("task", payload["task"], payload), tasks.give_up)
        jobs.register("sweep", lambda *_: jobs.sweep(), tasks.give_up)
        jobs.start()
        yield Engine(jobs, tasks, storage)
        jobs.stop(0)


def test_the_same_kind_and_key_runs_once(engine: Engine) -> None:
    for _ in range(3):
        engine.submit("once")

    engine.settle()

    assert engine.tasks.rest("once") == [("ran", "task:once")]


def test_other_kinds_have_keys_of_their_own(engine: Engine) -> None:
    engine.jobs.submit("chain", "own", {"task": "own"})

    assert engine.tasks.next("own") == ("ran", "task:own")


@pytest.mark.parametrize(
    "error",
    [SlackBusy("busy"), OperationalError("select 1", {}, Exception("the database is away"))],
    ids=["retryable", "database"],
)
def test_what_may_work_later_is_tried_again_under_the_same_name_until_it_works(
    engine: Engine, error: Exception, request: pytest.FixtureRequest
) -> None:
    key = request.node.callspec.id
    engine.submit(key, error, error)

    engine.settle()

    assert engine.tasks.rest(key) == [("ran", f"task:{key}")] * 3


def test_nobody_tries_again_before_the_other_side_said(engine: Engine) -> None:
    engine.submit("patient", SlackBusy("busy", after=0.4))
    engine.tasks.next("patient")
    before = time.monotonic()

    assert engine.tasks.next("patient") == ("ran", "task:patient")
    assert time.monotonic() - before >= 0.35


def test_what_never_works_is_given_up_at_once_with_its_own_error(engine: Engine) -> None:
    error = PhotoGone()
    engine.submit("gone", error)

    engine.settle()

    assert engine.tasks.rest("gone") == [("ran", "task:gone"), ("gave up", "task:gone", error)]


def test_what_fails_again_and_again_is_given_up_with_the_last_error(engine: Engine) -> None:
    errors = [SlackBusy("first"), SlackBusy("second"), SlackBusy("third")]
    engine.submit("worn out", *errors)

    engine.settle()

    assert engine.tasks.rest("worn out") == [("ran", "task:worn out")] * 3 + [
        ("gave up", "task:worn out", errors[2]),
    ]


def test_a_bug_is_given_up_and_logged_with_its_traceback(engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    error = ZeroDivisionError("a bug")
    engine.submit("bug", error)

    engine.settle()

    assert engine.tasks.rest("bug")[-1] == ("gave up", "task:bug", error)
    [logged] = [record for record in caplog.records if record.levelno == logging.ERROR and record.name == "bot.jobs"]
    assert "task:bug" in logged.getMessage()
    assert logged.exc_info is not None
    assert logged.exc_info[1] is error


def test_to_give_up_is_tried_again_too(engine: Engine) -> None:
    engine.submit("twice", PhotoGone(), SlackBusy("busy"))

    engine.settle()

    assert [what for what, *_ in engine.tasks.rest("twice")] == ["ran", "gave up", "gave up"]


def test_a_job_that_cannot_even_be_given_up_does_not_hold_up_the_others(engine: Engine) -> None:
    engine.submit("hopeless", PhotoGone(), ZeroDivisionError("a bug"))

    engine.settle()

    assert len(engine.tasks.rest("hopeless")) == 2


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


class Process:
    """A worker of its own: a real process that can be killed."""

    def __init__(self, url: str, role: str, submit: str = "") -> None:
        command = [sys.executable, "-m", "tests.job_worker", url, role, submit]
        self._process = subprocess.Popen(  # noqa: S603  # our own command
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._lines: Queue[str] = Queue()
        self.said: list[str] = []
        assert self._process.stdout
        self._reader = threading.Thread(target=self._read, args=(self._process.stdout,))
        self._reader.start()

    def _read(self, stdout: IO[str]) -> None:
        for line in stdout:
            self._lines.put(line.rstrip("\n"))

    def hear(self, line: str) -> None:
        """Wait until the process says a line."""
        until = time.monotonic() + PATIENCE
        while line not in self.said:
            self.said.append(self._lines.get(timeout=max(0.0, until - time.monotonic())))

    def go_on(self) -> None:
        """Let the slow job end."""
        assert self._process.stdin
        self._process.stdin.write("\n")
        self._process.stdin.flush()

    def kill(self) -> None:
        """End it as a power cut would: SIGKILL; nothing happens where it has ended."""
        self._process.kill()
        self._end()

    def begin_to_stop(self) -> None:
        """Tell it to end as an operator would."""
        assert self._process.stdin
        self._process.stdin.close()

    def stop(self) -> int:
        """Let it end, and wait for that; its exit code."""
        self.begin_to_stop()
        return self._end()

    def _end(self) -> int:
        code = self._process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.stdout.close()
        while not self._lines.empty():
            self.said.append(self._lines.get())
        return code


def _measured(what: str, seconds: float) -> None:
    sys.stdout.write(f"\n{what}: {seconds:.2f} s\n")  # shown by `pytest -rP`


@contextmanager
def starting() -> Iterator[Callable[..., Process]]:
    """Starts processes, and ends what is left of them."""
    with ExitStack() as ends:

        def start(*given: str) -> Process:
            one = Process(*given)
            ends.callback(one.kill)
            return one

        yield start


@pytest.fixture
def process() -> Iterator[Callable[..., Process]]:
    """Starts processes, and ends them with the test."""
    with starting() as start:
        yield start


@pytest.fixture
def file(new_database: Callable[[str], str]) -> str:
    """The URL of a fresh SQLite file."""
    return new_database("sqlite")


def test_a_second_process_on_the_same_file_is_refused_with_a_sentence(
    file: str, process: Callable[..., Process]
) -> None:
    first = process(file, "all")
    first.hear("started")

    second = process(file, "all")

    second.hear(f"Another Spotter already runs on {file.removeprefix('sqlite:///')}. Stop it first, or use PostgreSQL.")
    assert first.stop() == 0
    assert "started" not in second.said


def test_a_job_that_was_cut_off_by_kill_9_runs_again_after_a_restart(
    file: str, process: Callable[..., Process]
) -> None:
    first = process(file, "all", "slow:photo")
    first.hear("began slow:photo")
    first.kill()
    began = time.monotonic()

    second = process(file, "all")
    second.hear("started")
    ready = time.monotonic()
    second.hear("began slow:photo")
    _measured("from the start to the job that was cut off", time.monotonic() - began)

    assert time.monotonic() - ready <= 2.0
    second.go_on()
    second.hear("did slow:photo")
    assert second.stop() == 0


def test_a_job_that_waits_for_its_next_try_does_not_hold_up_the_end_and_runs_in_the_next_life(
    file: str, process: Callable[..., Process]
) -> None:
    first = process(file, "all", "busy:photo")
    first.hear("began busy:photo")
    began = time.monotonic()

    assert first.stop() == 0
    assert time.monotonic() - began < 10.0, "it did not wait for the next try, a minute away"
    assert "gave up busy:photo: busy" not in first.said
    second = process(file, "all")
    second.hear("began busy:photo")
    assert second.stop() == 0


def test_a_second_process_that_does_everything_leaves_the_first_ones_jobs_alone(
    new_database: Callable[[str], str], process: Callable[..., Process]
) -> None:
    url = new_database("postgresql")
    first = process(url, "all", "slow:photo")
    first.hear("began slow:photo")

    second = process(url, "all", "slow:another")
    second.hear("began slow:another")

    assert "began slow:photo" not in second.said


@dataclass(frozen=True)
class TakenOver:
    """What was said by a web process that submitted, a worker that died, and the worker that took over."""

    web: list[str]
    dead: list[str]
    heir: list[str]
    seconds: float


@pytest.fixture(scope="module")
def taken_over(new_database: Callable[[str], str]) -> TakenOver:
    """A worker is killed with -9 in the middle of a job, while another one is there."""
    url = new_database("postgresql")
    with starting() as start:
        web = start(url, "web", "slow:photo")
        web.hear("started")
        dead = start(url, "worker")
        dead.hear("began slow:photo")
        heir = start(url, "worker")
        heir.hear("started")
        dead.kill()
        killed = time.monotonic()
        heir.hear("began slow:photo")
        seconds = time.monotonic() - killed
        heir.go_on()
        heir.hear("did slow:photo")
        assert heir.stop() == web.stop() == 0
    return TakenOver(web.said, dead.said, heir.said, seconds)


def test_a_dead_workers_job_is_taken_over_within_15_seconds(taken_over: TakenOver) -> None:
    _measured("from kill -9 until it was taken over", taken_over.seconds)
    assert taken_over.seconds <= 15.0


def test_a_web_process_runs_no_jobs(taken_over: TakenOver) -> None:
    assert taken_over.web == ["started", "stopped"]


def test_a_turn_of_a_schedule_runs_once_although_two_processes_ask(taken_over: TakenOver) -> None:
    said = taken_over.web + taken_over.dead + taken_over.heir
    assert [line for line in said if line.startswith("ran turn")] == ["ran turn:turn-1"]


def test_a_worker_that_is_draining_still_shows_that_it_lives(
    new_database: Callable[[str], str], process: Callable[..., Process]
) -> None:
    """Else the others would take over what it is about to finish."""
    url = new_database("postgresql")
    worker = process(url, "worker", "slow:photo")
    worker.hear("began slow:photo")
    with closing(Storage(url)) as storage:
        worker.begin_to_stop()
        first = _next_beat(storage, after=0.0)
        second = _next_beat(storage, after=first)  # one may have been on its way when it was told
        assert _next_beat(storage, after=second) > second


def _next_beat(storage: Storage, after: float) -> float:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with storage.engine.connect() as connection:
            seen = connection.scalars(select(ProcessRow.seen)).one()
        if seen > after:
            return seen
        time.sleep(0.05)  # a row rings no bell
    raise AssertionError("it was not seen again")
