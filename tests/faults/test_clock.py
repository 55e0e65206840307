"""F13: the clock is set while photos are looked at; nobody waits for it, and nothing expires for it."""

import shutil
import struct
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from storage import Storage
from storage.models import SpendRow
from tests.faults.harness import Place

pytestmark = pytest.mark.soak

PHOTOS = 40
STUCK_SECONDS = 18.0
"""How much later everything may be done than where no clock was set: a lease, and ten seconds."""
HOUR, DAY = 3600, 86_400


def _to_summer_times_end() -> int:
    """Seconds from now to two seconds before New York's clocks went from 02:00 back to 01:00."""
    end = datetime(2026, 11, 1, 6, tzinfo=UTC)
    return int((end - datetime.now(UTC)).total_seconds()) - 2


@pytest.fixture
def clock(tmp_path: Path) -> dict[str, str]:
    """The environment of a process whose clock is its own."""
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("a clock of one's own needs a C compiler")
    library, offset = tmp_path / "clock.so", tmp_path / "clock"
    source = Path(__file__).with_name("clock.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O2", "-o", library, source], check=True)  # noqa: S603  # our own
    _set(offset, 0)
    return {"LD_PRELOAD": str(library), "CLOCK": str(offset), "TZ": "America/New_York"}


@pytest.mark.parametrize(
    "jump", [-HOUR, HOUR, DAY, -30, _to_summer_times_end], ids=["-1 h", "+1 h", "+1 d", "-30 s", "summer time ends"]
)
def test_nobody_waits_for_a_clock_that_was_set(
    world: Callable[..., Place], clock: dict[str, str], jump: int | Callable[[], int]
) -> None:
    """Two bots get the same photos at the same time, and the clock of one is set."""
    still, set_back_or_on = world(seed=7), world(seed=7)
    _invite(set_back_or_on)
    for here, environment in ((still, {}), (set_back_or_on, clock)):
        here.open_channels(PHOTOS)
        here.start(**environment)
        here.slack.faults.at_random(7, 0.1)
        here.vision.throttled, here.vision.seconds = 0.2, 0.2
        here.drop(PHOTOS)
    set_back_or_on.wait_for(lambda: set_back_or_on.slack.pending == 0, 60.0)

    seconds = jump if isinstance(jump, int) else jump()
    _set(Path(clock["CLOCK"]), seconds)
    still.wait(180.0)
    waited = time.monotonic()
    set_back_or_on.wait(120.0)
    waited = time.monotonic() - waited

    figures = set_back_or_on.figures(f"clock set by {seconds:+d} s, done {waited:.1f} s after the one whose was not")
    assert figures.is_clean
    assert figures.paid_twice == 0
    assert waited <= STUCK_SECONDS
    assert _reserved(set_back_or_on) == 0
    assert _is_invited(set_back_or_on)


def _set(offset: Path, seconds: int) -> None:
    with offset.open("r+b" if offset.exists() else "wb") as file:
        file.write(struct.pack("l", seconds))


def _invite(here: Place) -> None:
    with closing(Storage(here.database)) as storage, storage.begin(here.slack.team_id) as work:
        work.consents.invite("U1", "UADMIN", _now() + timedelta(days=7))


def _is_invited(here: Place) -> bool:
    with closing(Storage(here.database)) as storage, storage.begin(here.slack.team_id) as work:
        return work.consents.invited_by("U1", _now()) == "UADMIN"


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _reserved(here: Place) -> int:
    """What is reserved for calls that are over."""
    with closing(Storage(here.database)) as storage, storage.engine.connect() as connection:
        return int(connection.scalar(select(func.sum(SpendRow.reserved))) or 0)
