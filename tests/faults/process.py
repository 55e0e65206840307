"""The real command line, in a process that kills itself: `KILL_AT=WHEN:STATEMENT python -m tests.faults.process web`.

It dies by SIGKILL, as in a power cut, `before` the first statement of the database that matches, or `after` the
transaction that it belongs to was committed. `FULL` names a file: while it is there, SQLite can grow no more.
"""

import os
import re
import signal
from pathlib import Path
from typing import Any

from bot.__main__ import main


def _die(*_: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _kill_at(when: str, statement: str) -> None:
    from sqlalchemy import Engine, event  # noqa: PLC0415  # the gate's children import this file, too

    pattern = re.compile(statement, re.IGNORECASE)
    marked: set[int] = set()

    @event.listens_for(Engine, "before_cursor_execute")
    def _seen(connection: Any, _cursor: Any, text: str, parameters: Any, *_: Any) -> None:
        if pattern.search(f"{' '.join(text.split())} {parameters}"):
            marked.add(id(connection.connection.dbapi_connection))
            if when == "before":
                _die()

    @event.listens_for(Engine, "engine_connect")
    def _fresh(connection: Any) -> None:
        marked.discard(id(connection.connection.dbapi_connection))

    @event.listens_for(Engine, "commit")
    def _committed(connection: Any) -> None:
        if id(connection.connection.dbapi_connection) in marked:
            connection.connection.dbapi_connection.commit()
            _die()


def _fill(sign: Path) -> None:
    from sqlalchemy import Engine, event  # noqa: PLC0415  # as above

    @event.listens_for(Engine, "begin")
    def _begun(connection: Any) -> None:
        if connection.dialect.name == "sqlite":
            pages = 1 if sign.exists() else 2**30
            connection.connection.dbapi_connection.execute(f"PRAGMA max_page_count={pages}")


if __name__ == "__main__":
    if point := os.environ.get("KILL_AT"):
        _kill_at(*point.split(":", 1))
    if full := os.environ.get("FULL"):
        _fill(Path(full))
    main()
