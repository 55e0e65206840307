"""How Spotter is, as its database tells: for the operator's terminal, and for whoever watches by metrics."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock
from typing import Final

from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.core import money
from bot.jobs.alone import is_held
from bot.jobs.backlog import backlog
from bot.jobs.trying import AWAY
from bot.jobs.watch import DEAD_SECONDS
from storage import Storage
from storage.overview import Overview

_FRESH_SECONDS: Final = 5.0
"""The database is not asked more often, however often somebody wants to see metrics."""
_GAUGES: Final = {
    "spotter_jobs_open": "Jobs that are stored and not done.",
    "spotter_oldest_job_seconds": "How long the oldest job waits that is due; 0 where none is.",
    "spotter_processes": "Processes that live.",
    "spotter_dead_letters": "Jobs that were given up in the last month, and not done after all.",
    "spotter_budget_used_ratio": "How much of the month's budget the dearest workspace has used: 1 is all.",
}
_REACHED: Final = "spotter_database_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """How Spotter is.

    Attributes:
        database: What kind of database it is: `sqlite` or `postgresql`.
        jobs: Jobs that are not done.
        oldest: Seconds that the oldest job waits that is due; 0 where none is.
        processes: How many processes live.
        dead_letters: Jobs that were given up in the last month.
        spends: What each workspace has spent this month, in millionths of a dollar.
    """

    database: str
    jobs: int
    oldest: float
    processes: int
    dead_letters: int
    spends: dict[str, int]


def condition(storage: Storage) -> Condition:
    """Ask the database.

    Raises:
        OperationalError: It is away.
    """
    seen, stored = Overview(storage), backlog(storage.engine)
    on_file = storage.dialect == "sqlite"
    return Condition(
        database=storage.dialect,
        jobs=stored.jobs,
        oldest=max(0.0, time.time() - stored.due_since) if stored.due_since is not None else 0.0,
        processes=int(is_held(str(storage.engine.url.database))) if on_file else seen.processes(DEAD_SECONDS),
        dead_letters=seen.dead_letters(),
        spends=seen.spends(money.month(datetime.now(UTC))),
    )


class Gauges(Collector):
    """The condition as metrics; where the database is away, that is all that is shown.

    Args:
        storage: The memory.
        cap: What a workspace may spend in a month, in millionths of a dollar.
    """

    def __init__(self, storage: Storage, cap: int) -> None:
        self._storage = storage
        self._cap = cap
        self._lock = Lock()
        self._shown: tuple[Metric, ...] = ()
        self._until = 0.0

    def describe(self) -> Iterable[Metric]:
        """What there is to see; the database is not asked."""
        return described()

    def collect(self) -> Iterator[Metric]:
        """What there is to see now."""
        with self._lock:
            if time.monotonic() >= self._until:
                self._shown = tuple(self._measured())
                self._until = time.monotonic() + _FRESH_SECONDS
            yield from self._shown

    def _measured(self) -> Iterator[Metric]:
        try:
            now = condition(self._storage)
        except AWAY:
            yield _gauge(_REACHED, 0)
            return
        used = max(now.spends.values(), default=0) / self._cap if self._cap else 1.0
        values = (now.jobs, now.oldest, now.processes, now.dead_letters, used)
        yield _gauge(_REACHED, 1)
        for name, value in zip(_GAUGES, values, strict=True):
            yield _gauge(name, value)


def described() -> tuple[Metric, ...]:
    """The gauges, without values."""
    return tuple(_gauge(name) for name in (_REACHED, *_GAUGES))


def _gauge(name: str, value: float | None = None) -> Metric:
    told = {**_GAUGES, _REACHED: "Whether the database answers: 1, or 0."}
    return GaugeMetricFamily(name, told[name], value)
