"""What is counted while Spotter runs, in Prometheus' terms. No label holds the id of a person, a file or a channel."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server
from prometheus_client.registry import Collector

from bot.errors import SetupError

_QUICK: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)
"""Seconds; Slack waits for an acknowledgement for three."""
_LONG: Final = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 15.0, 30.0, 60.0, 300.0)
"""Seconds; a photo should be answered within fifteen."""

EVENTS: Final = Counter(
    "spotter_events",
    "Events from Slack that are handled, by type; result is kept or failed.",
    ("type", "result"),
    registry=None,
)
ACK_SECONDS: Final = Histogram(
    "spotter_ack_seconds", "From a request of Slack's to its acknowledgement.", buckets=_QUICK, registry=None
)
DUPLICATES: Final = Counter(
    "spotter_duplicates_suppressed",
    "Jobs that were asked for again: Slack delivers some events twice, and processes share schedules.",
    registry=None,
)
JOB_SECONDS: Final = Histogram(
    "spotter_job_seconds",
    "Tries of jobs, by kind.",
    ("kind",),
    buckets=_LONG,
    registry=None,
)
GIVEN_UP: Final = Counter("spotter_jobs_given_up", "Jobs that came to nothing, by kind.", ("kind",), registry=None)
PAID_CALLS: Final = Counter(
    "spotter_paid_calls", "Calls of a paid engine that were answered, by operation.", ("operation",), registry=None
)
STORED_ANSWERS: Final = Counter(
    "spotter_stored_answers",
    "Questions that a stored answer saved a call for, by operation.",
    ("operation",),
    registry=None,
)
ENGINE_ERRORS: Final = Counter(
    "spotter_engine_errors",
    "Calls that the engine refused or did not answer, by operation and error.",
    ("operation", "error"),
    registry=None,
)
SLACK_CALLS: Final = Counter(
    "spotter_slack_calls",
    "Calls of Slack's Web API, by method; status is ok or Slack's word for what is wrong.",
    ("method", "status"),
    registry=None,
)
FOUND_POSTS: Final = Counter(
    "spotter_reconciled_posts",
    "Answers of which nobody knew whether they were posted, and that were found.",
    registry=None,
)
REFUSED_FILES: Final = Counter(
    "spotter_gate_rejects",
    "Files that are not looked at, by reason: the name of the error.",
    ("reason",),
    registry=None,
)

CONNECTED: Final = Gauge(
    "spotter_slack_connected", "Whether Socket Mode is connected: 1, or 0; of `spotter run` alone.", registry=None
)

COUNTED: Final[tuple[Collector, ...]] = (
    EVENTS, ACK_SECONDS, DUPLICATES, JOB_SECONDS, GIVEN_UP, PAID_CALLS, STORED_ANSWERS, ENGINE_ERRORS, SLACK_CALLS,
    FOUND_POSTS, REFUSED_FILES,
)  # fmt: skip
"""Everything that this process counts."""


def registry(*more: Collector) -> CollectorRegistry:
    """What one process shows: all that it counts, and what else somebody measures when it is asked."""
    shown = CollectorRegistry()
    for one in (*COUNTED, *more):
        shown.register(one)
    return shown


@contextmanager
def counted_event(kind: str) -> Iterator[None]:
    """Count an event as kept, or as failed where that raises."""
    result = "failed"
    try:
        yield
        result = "kept"
    finally:
        EVENTS.labels(kind, result).inc()


@contextmanager
def showing(port: int, shown: CollectorRegistry) -> Iterator[None]:
    """Show `/metrics` on this machine alone, for a process without an HTTP face; port 0 is nowhere.

    Raises:
        SetupError: The port is taken.
    """
    if not port:
        yield
        return
    try:
        server, thread = start_http_server(port, "127.0.0.1", shown)
    except OSError as error:
        raise SetupError(f"I can't show metrics on port {port}. Is it taken? Set SPOTTER_METRICS_PORT.") from error
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
