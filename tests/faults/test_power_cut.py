"""F17: the power goes while SQLite writes; all that was said to be kept is there, and nothing is half there."""

import random
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from storage import Storage
from storage.answers import Question

ROWS = 60
FULL = 2
SECTOR = 512
"""Bytes that a disk writes wholly or not at all; what follows the cut may be anything."""


@pytest.mark.parametrize("cuts", [60, pytest.param(500, marks=pytest.mark.soak)], ids=["short", "long"])
def test_whatever_part_of_the_log_was_written_what_was_kept_is_there(
    new_database: Callable[[str], str], tmp_path: Path, cuts: int
) -> None:
    dice = random.Random(17)  # noqa: S311  # a run to repeat
    file = Path(new_database("sqlite").removeprefix("sqlite:///"))
    with closing(Storage(f"sqlite:///{file}")) as storage:
        assert _waits_for_the_disk(storage)
        kept = [_keep(storage, file, number, dice) for number in range(ROWS)]
        whole, log = file.read_bytes(), _log(file).read_bytes()
    lost = broken = torn = 0
    for _ in range(cuts):
        cut = dice.randrange(len(log) + 1)
        after = tmp_path / "after.db"
        after.write_bytes(whole)
        _log(after).write_bytes(log[:cut] + dice.randbytes(dice.randrange(4) * SECTOR))
        integrity, rows = _found(after)
        broken += integrity != "ok"
        lost += rows < sum(size <= cut for size in kept)
        torn += rows > sum(size <= cut for size in kept)
        _log(after).unlink(missing_ok=True)

    sys.stdout.write(
        f"\n{cuts} power cuts in {len(log):,} bytes: broken {broken}, rows lost {lost}, half written {torn}\n"
    )
    assert (broken, lost, torn) == (0, 0, 0)


def _keep(storage: Storage, file: Path, number: int, dice: random.Random) -> int:
    """Keep an answer; how long the log was when it was said to be kept."""
    with storage.begin("T1") as work:
        answer = {"Text": dice.randbytes(dice.randrange(4_000)).hex()}
        work.answers.keep(Question(f"d{number}", "detect_text", "", "m"), answer)
    return _log(file).stat().st_size


def _waits_for_the_disk(storage: Storage) -> bool:
    """Whether what is kept has reached the disk by the time that it is said to be kept: `synchronous=FULL`."""
    with storage.engine.connect() as connection:
        return connection.exec_driver_sql("PRAGMA synchronous").scalar() == FULL


def _log(file: Path) -> Path:
    return file.with_name(f"{file.name}-wal")


def _found(file: Path) -> tuple[str, int]:
    """Whether the database is sound, and how many answers it has."""
    with closing(sqlite3.connect(file)) as connection:
        ((integrity,),) = connection.execute("PRAGMA integrity_check")
        ((rows,),) = connection.execute("SELECT count(*) FROM answer")
        return str(integrity), int(rows)
