"""Jobs run at least once, once where nothing breaks, and end in a sentence: real DBOS, real processes."""

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

from bot.core.dead_letter import DeadLetter
from bot.errors import PhotoGone, SlackBusy
from bot.jobs import Jobs, Payload
from storage import Storage
from storage.models import ProcessRow
from tests.conftest import DATABASES, ROOT
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


class Process:
    """A worker of its own: a real process that can be killed."""

    def __init__(self, url: str, role: str, submit: str = "", workers: str = "1") -> None:
        command = [sys.executable, "-m", "tests.job_worker", url, role, submit, workers]
        self._process = subprocess.Popen(  # noqa: S603  # our own command
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._lines: Queue[str | None] = Queue()
        self.said: list[str] = []
        assert self._process.stdout
        self._reader = threading.Thread(target=self._read, args=(self._process.stdout,))
        self._reader.start()

    def _read(self, stdout: IO[str]) -> None:
        for line in stdout:
            self._lines.put(line.rstrip("\n"))
        self._lines.put(None)

    def hear(self, line: str) -> None:
        """Wait until the process says a line."""
        until = time.monotonic() + PATIENCE
        while line not in self.said:
            said = self._lines.get(timeout=max(0.0, until - time.monotonic()))
            assert said is not None, f"it ended, and never said {line!r}"
            self.said.append(said)

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
            self.said.extend(filter(None, [self._lines.get()]))
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
    assert time.monotonic() - began < 10.0
    assert "gave up busy:photo: busy" not in first.said
    second = process(file, "all")
    second.hear("began busy:photo")
    assert second.stop() == 0


def test_a_job_that_takes_its_process_down_with_it_is_given_up_with_a_sentence(
    file: str, process: Callable[..., Process]
) -> None:
    for submit in ("deadly:photo", ""):
        dying = process(file, "all", submit)
        dying.hear("began deadly:photo")
        dying.kill()

    last = process(file, "all")

    last.hear(
        "gave up deadly:photo: This stopped me again and again, so I gave it up. An admin can find more in my log."
    )
    assert last.stop() == 0
    assert "began deadly:photo" not in last.said


def test_a_second_process_that_does_everything_leaves_the_first_ones_jobs_alone(
    new_database: Callable[[str], str], process: Callable[..., Process]
) -> None:
    url = new_database("postgresql")
    first = process(url, "all", "slow:photo")
    first.hear("began slow:photo")

    second = process(url, "all", "slow:another")
    second.hear("began slow:another")

    assert "began slow:photo" not in second.said


def test_every_process_runs_as_many_jobs_at_once_as_it_was_told(
    new_database: Callable[[str], str], process: Callable[..., Process]
) -> None:
    """DBOS alone lets the process that started last say for all."""
    url = new_database("postgresql")
    small = process(url, "worker", "slow:1", "1")
    small.hear("began slow:1")
    large = process(url, "worker", "slow:2 slow:3 slow:4", "3")

    for number in (2, 3, 4):
        large.hear(f"began slow:{number}")

    assert [line for line in small.said if line.startswith("began")] == ["began slow:1"]


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
