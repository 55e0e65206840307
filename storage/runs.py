"""The newest run of each job: what an older run, paused and woken late, still wants to say is refused.

A worker that stands still for too long is taken for dead, and its jobs are run elsewhere. Should it wake, two runs of
one job go on side by side, and both bear the job's name. Each run puts a word of its own into the job's row when it
begins; only the run whose word stands there holds.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from uuid import uuid4

from sqlalchemy import ColumnElement, Engine, delete, exists, true
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import sessionmaker

from storage.engine import clock
from storage.models import RunRow

_current: ContextVar[tuple[str, str] | None] = ContextVar("run", default=None)
"""The job that is run in this context, and the word of this run."""


class Runs:
    """The runs of one database. A SQLite file has one process only, so there nothing is noted."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._sessions = sessionmaker(engine)

    @contextmanager
    def newest(self, job: str) -> Iterator[None]:
        """Run a job in this block: from now on every older run of it has lost its hold."""
        if self._engine.dialect.name == "sqlite":
            yield
            return
        word = uuid4().hex
        self._note(job, word)
        outside = _current.set((job, word))
        try:
            yield
        finally:
            _current.reset(outside)
            self._forget(job, word)

    def _note(self, job: str, word: str) -> None:
        begun = {"word": word, "began": clock(self._engine)}
        row = insert(RunRow).values(job=job, **begun).on_conflict_do_update(index_elements=[RunRow.job], set_=begun)
        with self._sessions.begin() as session:
            session.execute(row)

    def _forget(self, job: str, word: str) -> None:
        """Leave no row behind: without one, an older run that wakes even later does not hold either."""
        mine = (RunRow.job == job, RunRow.word == word)
        with suppress(DBAPIError), self._sessions.begin() as session:  # a row left behind harms nobody
            session.execute(delete(RunRow).where(*mine))


def still_newest() -> ColumnElement[bool]:
    """A condition for a statement: the run that makes it is its job's newest; outside of a job it always holds."""
    current = _current.get()
    if current is None:
        return true()
    job, word = current
    return exists().where(RunRow.job == job, RunRow.word == word)
