"""A process with jobs, for the tests that end one: `python -m tests.job_worker URL ROLE [SUBMIT [WORKERS]]`.

It says on stdout what happens, a line each. A `slow` job takes until stdin has a line for it, a `busy` one has to wait
for its next try. When stdin is closed, the process stops as the real one does.
"""

import os
import sys
import threading
from typing import Any, cast

from bot.core.patience import Patience
from bot.errors import SetupError, SlackBusy
from bot.jobs import Jobs, Role
from storage import Storage

_AGES = 1e9
"""The next turn of this schedule, in seconds, comes in 2033."""

_go = threading.Semaphore(0)


def main(url: str, role: str, submit: str = "", workers: str = "1") -> None:
    """Start the engine, submit the jobs that are named as `kind:key`, and work until stdin is closed."""
    storage = Storage(url)
    jobs = Jobs(
        storage.engine,
        storage.processes.alive,
        newest=storage.runs.newest,
        role=cast("Role", role),
        workers=int(workers),
        patience=Patience(deaths=1),
    )
    jobs.register("slow", _slow, _give_up)
    jobs.register("busy", _busy, _give_up)
    jobs.register("deadly", _deadly, _give_up)
    jobs.register("turn", lambda job, _: _say(f"ran {job}"), _give_up)
    jobs.every(_AGES, "turn", {})
    try:
        jobs.start()
    except SetupError as error:
        _say(error.say)
        return
    _say("started")
    for name in submit.split():
        kind, _, key = name.partition(":")
        jobs.submit(kind, key, {})
    for _ in sys.stdin:
        _go.release()
    jobs.stop(5)
    storage.close()
    _say("stopped")


def _slow(job: str, _: Any) -> None:
    _say(f"began {job}")
    _go.acquire()
    _say(f"did {job}")


def _busy(job: str, _: Any) -> None:
    _say(f"began {job}")
    raise SlackBusy("busy")


def _deadly(job: str, _: Any) -> None:
    _say(f"began {job}")
    os._exit(1)


def _give_up(job: str, _: Any, error: Exception) -> None:
    _say(f"gave up {job}: {error}")


def _say(what: str) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
