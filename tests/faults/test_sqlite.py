"""F10, F11: the disk is full, or somebody else holds the file; Slack is told so, and everything goes on by itself."""

import sqlite3
import time
from collections.abc import Callable

import pytest

from tests.faults.harness import Place


def test_with_a_full_disk_nothing_is_acknowledged_and_all_goes_on_when_there_is_room(
    world: Callable[..., Place],
) -> None:
    here = world()
    here.open_channels(8)
    sign = here.folder / "full"
    here.start(FULL=str(sign))
    here.vision.seconds = 0.3
    here.drop(4)
    here.wait_for(lambda: bool(here.vision.asked))
    refused = []
    sign.touch()  # photos are under way
    for _ in range(40):  # the pages that are begun take some more
        here.drop(1)
        here.wait_for(lambda: _settled(here))
        if refused := [one for one in here.slack.deliveries if one.ack.status == 500]:
            break

    sign.unlink()
    here.wait(60.0)

    assert refused
    assert here.figures("the disk was full").is_clean
    assert _integrity(here) == "ok"


@pytest.mark.parametrize(
    "seconds", [2.0, pytest.param(5.0, marks=pytest.mark.soak), pytest.param(35.0, marks=pytest.mark.soak)]
)
def test_while_somebody_holds_the_file_everything_waits(world: Callable[..., Place], seconds: float) -> None:
    here = world(retry_scale=0.03 if seconds < 30.0 else 0.2)
    here.open_channels(8)
    here.start()
    here.drop(4)
    here.wait_for(lambda: bool(here.vision.asked))
    holder = sqlite3.connect(here.database.removeprefix("sqlite:///"), isolation_level=None, timeout=30.0)
    holder.execute("BEGIN IMMEDIATE")
    here.drop(4)
    time.sleep(seconds)  # the hold
    holder.execute("ROLLBACK")
    holder.close()

    here.wait(90.0)

    assert here.figures(f"the file was held for {seconds:.0f} s").is_clean


def _settled(here: Place) -> bool:
    """Whether every photo's event was tried once at least."""
    tried = {one.parcel.payload["event"].get("file_id") for one in list(here.slack.deliveries)}
    return all(message.files[0] in tried for message in here.dropped.values())


def _integrity(here: Place) -> str:
    connection = sqlite3.connect(here.database.removeprefix("sqlite:///"))
    try:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])
    finally:
        connection.close()
