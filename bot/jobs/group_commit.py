"""Group commit: what many threads write at the same time is one transaction, and one wait for the disk.

Whoever comes to an idle database commits at once and alone. Whoever comes during a commit is gathered with all others
who do, and one of them commits for all: the longer a commit takes, the more it carries (D. DeWitt et al.,
"Implementation Techniques for Main Memory Database Systems", SIGMOD 1984, section 5).
"""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Condition

from sqlalchemy import Connection, Engine

Write = Callable[[Connection], None]
"""Makes its statements; it neither commits nor rolls back."""


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    write: Write
    outcome: Future[None] = field(default_factory=Future)


class GroupCommit:
    """Writes of many threads to one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._changed = Condition()
        self._waiting: list[_Entry] = []
        self._is_writing = False

    def __call__(self, name: str, write: Write) -> None:
        """Write, and return once that is committed.

        Args:
            name: Of what is written. A group is written in the order of its names: two processes that write the same
                rows do not wait for each other.
            write: Makes the statements.

        Raises:
            OperationalError: The database is away; nothing of the group is written.
        """
        mine = _Entry(name, write)
        with self._changed:
            self._waiting.append(mine)
            self._changed.wait_for(lambda: mine.outcome.done() or not self._is_writing)
            if mine.outcome.done():
                return mine.outcome.result()
            group, self._waiting, self._is_writing = self._waiting, [], True
        self._lead(group)
        return mine.outcome.result()

    def _lead(self, group: list[_Entry]) -> None:
        """Write for all of a group, and tell each what came of it."""
        try:
            with self._engine.begin() as connection:
                for entry in sorted(group, key=lambda entry: entry.name):
                    entry.write(connection)
        except BaseException as error:  # noqa: BLE001  # nobody may wait for ever
            for entry in group:
                entry.outcome.set_exception(error)
        else:
            for entry in group:
                entry.outcome.set_result(None)
        finally:
            with self._changed:
                self._is_writing = False
                self._changed.notify_all()
