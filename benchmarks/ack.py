"""How long Slack waits for an answer while 300 events a second come in for ten seconds, and photos are worked on.

The embedded engine looks at the photos, so nothing on this machine rests. The events are of files that are gone by the
time that somebody asks for them. Run it as `python -m benchmarks ack`.
"""

import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from multiprocessing import get_context
from statistics import quantiles
from typing import Any, Final

import urllib3

from benchmarks.databases import postgresql, sqlite
from benchmarks.photos import race_photos
from benchmarks.row import Row, at_most
from benchmarks.world import UNLIMITED, world
from bot.demo.records import Upload
from tests.faults.harness import Place

PER_SECOND, SECONDS = 300, 10
P99_MS, MOST_MS = 150.0, 1000.0
PHOTOS: Final = 60
"""More than can be looked at meanwhile."""
_CONNECTIONS: Final = 32
_AHEAD_SECONDS: Final = 0.5
_OK: Final = 200


@dataclass(frozen=True, slots=True)
class Shot:
    """Events, and where they go."""

    url: str
    secret: bytes
    event: dict[str, Any]
    count: int


def rows(quick: bool) -> Iterator[Row]:  # noqa: FBT001  # every benchmark's
    """Measure one process on SQLite, then web and worker on PostgreSQL."""
    count = PER_SECOND * (2 if quick else SECONDS)
    for name, database in (("SQLite", sqlite()), ("PostgreSQL, web and worker", postgresql())):
        took = _acks(database, count)
        what = f"ack of {PER_SECOND} events a second while photos are worked on, {name}"
        yield at_most(f"{what}: p99", quantiles(took, n=100)[98], P99_MS, "ms")
        yield at_most(f"{what}: longest", max(took), MOST_MS, "ms")
        yield at_most(f"{what}: not acknowledged", took.count(float("inf")), 0, "")


def _acks(opened: AbstractContextManager[str], count: int) -> list[float]:
    with opened as database, world(database) as here, _another_process() as process:
        settings = {**UNLIMITED, "SPOTTER_VISION": "embedded"}
        for role in ("web",) if database.startswith("sqlite") else ("web", "worker"):
            here.start(role, **settings)
        event = _busy(here)
        url = f"http://127.0.0.1:{here.port}/slack/events"
        return process.submit(fire, Shot(url, here.slack.signing_secret.encode(), event, count)).result()


def _busy(here: Place) -> dict[str, Any]:
    """Give the bot photos to work on, and wait until the first of them is done; the event that told of it."""
    for photo in race_photos(PHOTOS, longest=1500):
        here.slack.drop(here.slack.member.id, here.channels[0], [Upload("race.jpg", photo)])
    here.wait_for(lambda: bool(here.slack.calls_of("chat.postMessage")), 120.0)
    return next(each.parcel.payload for each in here.slack.deliveries if each.event_type == "file_shared")


def _another_process() -> ProcessPoolExecutor:
    """Whoever sends must not wait for this process, in which the workspace answers."""
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"))


def fire(shot: Shot) -> list[float]:
    """Send events at their times, whether or not those before are answered; how many milliseconds each took."""
    http = urllib3.PoolManager(maxsize=_CONNECTIONS, retries=False, timeout=10.0)
    began = time.monotonic() + _AHEAD_SECONDS
    with ThreadPoolExecutor(_CONNECTIONS) as senders:
        sent = [senders.submit(_send, http, shot, number, began) for number in range(shot.count)]
    return [each.result() for each in sent]


def _send(http: urllib3.PoolManager, shot: Shot, number: int, began: float) -> float:
    body, headers = _signed(shot, number)
    due = began + number / PER_SECOND
    time.sleep(max(0.0, due - time.monotonic()))
    answer = http.request("POST", shot.url, body=body, headers=headers)
    return (time.monotonic() - due) * 1000 if answer.status == _OK else float("inf")


def _signed(shot: Shot, number: int) -> tuple[bytes, dict[str, str]]:
    told = {**shot.event["event"], "file_id": f"F9{number:09d}", "event_ts": f"{time.time():.6f}"}
    body = json.dumps({**shot.event, "event_id": f"Ev9{number:09d}", "event": told}).encode()
    stamp = str(int(time.time()))
    signature = hmac.new(shot.secret, b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return body, {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={signature}",
    }
