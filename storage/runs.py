"""The newest run of each job: what an older run, paused and woken late, still wants to say is refused.

A worker that stands still for too long is taken for dead, and its jobs are run elsewhere. Should it wake, two runs of
one job go on side by side, and both bear the job's name. Each run puts a word of its own into the job's row when it
begins; only the run whose word stands there holds.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Final
from uuid import uuid4

from sqlalchemy import Engine, String, bindparam, delete, exists, or_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DBAPIError

from storage.engine import by_statement, clock
from storage.models import RunRow
from storage.prepared import table

_RUN: Final = table(RunRow)
_WORD: Final = bindparam("run_word", type_=String)
_FORGET: Final = delete(_RUN).where(_RUN.c.job == bindparam("which"), _RUN.c.word == _WORD)
STILL_NEWEST: Final = or_(
    bindparam("run_job", type_=String) == "",
    exists().where(_RUN.c.job == bindparam("run_job", type_=String), _RUN.c.word == _WORD),
)
"""A condition for a statement: the run that makes it is its job's newest; outside of a job it always holds."""

_current: ContextVar[tuple[str, str] | None] = ContextVar("run", default=None)
"""The job that is run in this context, and the word of this run."""


class Runs:
    """The runs of one database. A SQLite file has one process only, so there nothing is noted."""

    def __init__(self, engine: Engine) -> None:
        self._by_statement = by_statement(engine)
        row = insert(_RUN).values(began=clock(engine))
        newest = {"word": row.excluded.word, "began": row.excluded.began}
        self._note = row.on_conflict_do_update(index_elements=[_RUN.c.job], set_=newest)

    @contextmanager
    def newest(self, job: str) -> Iterator[None]:
        """Run a job in this block: from now on every older run of it has lost its hold."""
        if self._by_statement.dialect.name == "sqlite":
            yield
            return
        word = uuid4().hex
        with self._by_statement.begin() as connection:
            connection.execute(self._note, {"job": job, "word": word})
        outside = _current.set((job, word))
        try:
            yield
        finally:
            _current.reset(outside)
            self._forget(job, word)

    def _forget(self, job: str, word: str) -> None:
        """Leave no row behind: without one, an older run that wakes even later does not hold either."""
        with suppress(DBAPIError), self._by_statement.begin() as connection:  # a row left behind harms nobody
            connection.execute(_FORGET, {"which": job, "run_word": word})


def this_run() -> dict[str, str]:
    """The parameters of `STILL_NEWEST`."""
    job, word = _current.get() or ("", "")
    return {"run_job": job, "run_word": word}
