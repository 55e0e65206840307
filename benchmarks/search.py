"""`/findbib` over a million photos with three million bibs, on SQLite and on PostgreSQL.

Run it as `python -m benchmarks search`: it prints the plans of the searches, what they took and the goal, and ends
with 1 where a goal is missed.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from random import Random
from statistics import quantiles
from typing import Any, Final

from sqlalchemy import event

from benchmarks.databases import postgresql, sqlite
from benchmarks.row import Row, at_most, only, say
from benchmarks.search_data import PHOTOS, Asker, fill
from storage import Storage
from storage.bibs import Bibs

EXACT_MS: Final = 2.0
NEAR_MS: Final = 25.0
SEARCHES: Final = 1000
"""Of each kind that has a goal; of the others a fifth."""
_WARM_UP: Final = 50

Search = Callable[[Bibs, Asker], object]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of search, and what its slowest hundredth may take, in milliseconds; 0 where nothing is promised."""

    name: str
    search: Search
    goal: float = 0.0


KINDS: Final = (
    Kind("1234", lambda bibs, asker: bibs.find((asker.number(),), asker.channels), EXACT_MS),
    Kind("14?9", lambda bibs, asker: bibs.matching(asker.pattern(), asker.channels), NEAR_MS),
    Kind("near misses", lambda bibs, asker: bibs.near(asker.number(), asker.channels), NEAR_MS),
    Kind("1240-1250", lambda bibs, asker: bibs.find(asker.numbers(), asker.channels)),
    Kind("a name", lambda bibs, asker: bibs.of_name(asker.name(), asker.channels)),
    Kind("?", lambda bibs, asker: bibs.without_bib(asker.channels)),
)


def rows(quick: bool) -> Iterator[Row]:  # noqa: FBT001  # every benchmark's
    """Measure every kind of search on both databases."""
    for name, database in (("SQLite", sqlite()), ("PostgreSQL", postgresql())):
        with database as url, closing(Storage(url)) as storage:
            started = time.perf_counter()
            photos = fill(storage, 10_000 if quick else PHOTOS)
            say(f"{name}: {photos:,} photos, made in {time.perf_counter() - started:.0f} s")
            for kind in KINDS:
                say(f"\n{kind.name}\n{_plan(storage, kind.search)}")
                yield _row(f"{photos:,} photos, {name}", storage, kind)


def _row(where: str, storage: Storage, kind: Kind) -> Row:
    took = quantiles(_milliseconds(storage, kind.search, SEARCHES if kind.goal else SEARCHES // 5), n=100)
    what = f"`/findbib` ({kind.name}) over {where}: p99"
    return at_most(what, took[98], kind.goal, "ms") if kind.goal else only(what, took[98], "ms")


def _milliseconds(storage: Storage, search: Search, searches: int) -> list[float]:
    random = Random(2026)  # noqa: S311  # the same searches in every run
    took = [_once(storage, search, Asker(random)) for _ in range(_WARM_UP + searches)]
    return took[_WARM_UP:]


def _once(storage: Storage, search: Search, asker: Asker) -> float:
    started = time.perf_counter()
    with storage.begin(asker.workspace) as work:
        search(work.bibs, asker)
    return (time.perf_counter() - started) * 1000


def _plan(storage: Storage, search: Search) -> str:
    """How the database runs the last statement of a search."""
    said: list[tuple[str, Any]] = []
    asker = Asker(Random(7))  # noqa: S311  # an example
    with _listening(storage, said), storage.begin(asker.workspace) as work:
        search(work.bibs, asker)
    explain = "explain query plan " if storage.engine.dialect.name == "sqlite" else "explain "
    with storage.engine.connect() as connection:
        rows = connection.exec_driver_sql(explain + said[-1][0], said[-1][1])
        return "\n".join(f"  {row[-1]}" for row in rows)


@contextmanager
def _listening(storage: Storage, said: list[tuple[str, Any]]) -> Iterator[None]:
    def hear(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:  # noqa: FBT001  # SQLAlchemy's signature
        said.append((statement, parameters))

    event.listen(storage.engine, "before_cursor_execute", hear)
    yield
    event.remove(storage.engine, "before_cursor_execute", hear)
