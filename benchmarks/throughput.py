"""How fast photos go through the trip, against the pace that the account's quota leaves, and against a plain script.

The photos are dropped in Slack, each in a message of its own, and three detectors ask a simulated Rekognition about it.
Nothing that it tells is worth a post. Run it as `python -m benchmarks throughput`.
"""

import os
import time
from collections.abc import Iterator
from typing import Any, Final

import boto3
import urllib3
from slack_sdk import WebClient

from benchmarks.databases import postgresql, sqlite
from benchmarks.photos import race_photos
from benchmarks.row import Row, at_least, only
from benchmarks.world import DETECTORS, UNLIMITED, world
from bot.demo.records import Upload
from tests.faults.harness import Place

PHOTOS, SCALING, SCRIPT = 1000, 200, 40
"""How many photos each part is measured on."""
QUOTA: Final = 25
"""Calls a second of each operation."""
PACE: Final = QUOTA * 0.8
"""Photos a second: the part of the quota that is used, and each operation once a photo."""
WORKERS: Final = (1, 2, 4)
LEAST_SHARE, LEAST_TIMES = 95.0, 10.0
_WARM_UP: Final = 20
"""Photos for which the workers still load what they need; they are not counted."""
_OPERATIONS: Final = tuple(f"detect_{name}" for name in DETECTORS)


def rows(quick: bool) -> Iterator[Row]:  # noqa: FBT001  # every benchmark's
    """Measure the script, the whole trip at the pace of the quota, then what workers bring without a quota."""
    size = 10 if quick else 1
    script = _script(max(4, SCRIPT // size))
    yield only("photos a second: a script that makes the same calls one by one", script, "")
    ours = _trip(PHOTOS // size, workers=2, quota=QUOTA)
    what = f"photos a second: {PHOTOS // size:,} through the trip, two workers, quota {QUOTA} calls a second"
    yield only(what, ours, "")
    yield at_least("that of the paced ceiling", ours / PACE * 100, LEAST_SHARE, "%")
    yield at_least("that of the script's", ours / script, LEAST_TIMES, "×")
    for workers in WORKERS:
        alone = _trip(max(2 * _WARM_UP, SCALING * workers // size), workers=workers, quota=10_000)
        yield only(f"photos a second without a quota, {workers} × 8 at once", alone, "")


def _script(photos: int) -> float:
    """Photos a second by a script as anybody would write it: ask Slack, download, put three questions."""
    with sqlite() as database, world(database) as here:
        os.environ.update(here.vision.environment)
        files = [_drop(here, photo) for photo in race_photos(photos)]
        slack = WebClient(here.slack.bot_token, base_url=here.slack.api_url)
        rekognition: Any = boto3.client("rekognition")
        began = time.monotonic()
        for file in files:
            _look(slack, rekognition, file)
        return photos / (time.monotonic() - began)


def _look(slack: WebClient, rekognition: Any, file: str) -> None:
    told: Any = slack.files_info(file=file)["file"]
    data = urllib3.request("GET", told["url_private"], headers={"Authorization": f"Bearer {slack.token}"}).data
    for operation in _OPERATIONS:
        getattr(rekognition, operation)(Image={"Bytes": data})


def _trip(photos: int, *, workers: int, quota: int) -> float:
    """Photos a second until the last answer, once the workers are warm; every photo is stored as a job before that."""
    quotas = ",".join(f"{operation}={quota}" for operation in _OPERATIONS)
    settings = {**UNLIMITED, "SPOTTER_QUOTAS": quotas, "SPOTTER_WORKERS": "8"}
    with postgresql() as database, world(database) as here:
        here.start("web", **settings)
        for photo in race_photos(photos):
            _drop(here, photo)
        here.wait_for(lambda: here.slack.pending == 0, 120.0)
        for _ in range(workers):
            here.start("worker", **settings)
        return (photos - _WARM_UP) / _seconds(here, photos * len(_OPERATIONS))


def _drop(here: Place, photo: bytes) -> str:
    """Drop a photo; the file's id."""
    message = here.slack.drop(here.slack.member.id, here.channels[0], [Upload("race.jpg", photo)])
    return message.files[0]


def _seconds(here: Place, calls: int) -> float:
    """From the answers to the first photos to the last answer."""
    asked = here.vision.asked
    while len(asked) < calls:
        time.sleep(0.1)  # it answers from other threads, and tells nobody
    times = sorted(at for _, at in asked)
    return times[-1] - times[_WARM_UP * len(_OPERATIONS) - 1]
