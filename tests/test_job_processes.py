"""Jobs of real processes: killed, drained, refused, one beside the other; what they promised is done."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from queue import Queue
from typing import IO

import pytest
from sqlalchemy import select

from storage import Storage
from storage.models import ProcessRow
from tests.conftest import ROOT

PATIENCE = 30.0
"""Seconds after which something that should happen has not."""


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
