"""The gate's children: what they may, when they die, what they cost."""

import io
import json
import logging
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bot.errors import DamagedPhoto, PhotoError, TooLarge
from bot.gate import Gate

MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def gate() -> Iterator[Gate]:
    gate = Gate(workers=2)
    yield gate
    gate.close()


def saved(size: tuple[int, int], kind: str = "PNG", **options: object) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size).save(file, kind, **options)
    return file.getvalue()


def test_a_child_that_takes_too_long_is_killed(caplog: pytest.LogCaptureFixture) -> None:
    hasty = Gate(workers=1, seconds=0)

    with pytest.raises(DamagedPhoto):
        hasty.open(saved((5000, 5000)))

    assert f"exit code {-signal.SIGKILL}" in caplog.text
    assert not multiprocessing.active_children()


def test_the_crash_of_a_child_harms_nobody_else(gate: Gate, caplog: pytest.LogCaptureFixture) -> None:
    with ThreadPoolExecutor(1) as pool:
        opening = pool.submit(gate.open, saved((7000, 7000)))
        while not (children := multiprocessing.active_children()) and not opening.done():
            pass
        for child in children:
            os.kill(child.pid or 0, signal.SIGSEGV)
        with pytest.raises(DamagedPhoto):
            opening.result()

    assert f"exit code {-signal.SIGSEGV}" in caplog.text
    assert gate.open(saved((100, 100))).width == 100


def test_what_needs_too_much_memory_is_too_large(gate: Gate) -> None:
    with pytest.raises(TooLarge, match="too much memory"):
        gate.open(saved((7900, 7900), "WebP", method=0))


def test_a_closed_gate_opens_nothing() -> None:
    gate = Gate(workers=2)
    gate.close()

    with pytest.raises(RuntimeError, match="closed"):
        gate.open(saved((100, 100)))


BOT = """
import sys, time
from multiprocessing import get_context
from multiprocessing.connection import Connection
from bot.gate.child import serve
child = get_context("forkserver").Process(target=serve, args=(Connection(int(sys.argv[1])), "PNG"))
child.start()
print("started", flush=True)
time.sleep(60)
"""


def test_a_child_dies_with_its_parent() -> None:
    """The child waits for a photo on a socket that this test holds open, so only its parent's death can end it."""
    ours, theirs = socket.socketpair()
    with (
        ours,
        subprocess.Popen(  # noqa: S603  # the program is written above
            [sys.executable, "-c", BOT, str(theirs.fileno())], pass_fds=[theirs.fileno()], stdout=subprocess.PIPE
        ) as bot,
    ):
        theirs.close()
        assert bot.stdout is not None
        assert bot.stdout.readline() == b"started\n"
        bot.kill()
        ours.settimeout(10)

        assert ours.recv(1) == b""


PRISONER = """
import json, os, socket, sys
from bot.gate.child import confine
attempts = {
    "read a file": lambda: open("/etc/hostname").close(),
    "write a file": lambda: open(sys.argv[2], "w").close(),
    "call out": lambda: socket.socket().close(),
    "run a program": lambda: os.close(os.pipe()[0]),
    "take a gigabyte": lambda: bytes(2**30),
}
def outcome(attempt):
    try:
        attempt()
    except (OSError, MemoryError) as error:
        return type(error).__name__
    return "done"
def outcomes():
    return {name: outcome(attempt) for name, attempt in attempts.items()}
before = outcomes()
confine()
os.write(int(sys.argv[1]), json.dumps([before, outcomes(), dict(os.environ)]).encode())
"""


def test_a_child_can_open_nothing_and_knows_no_secrets(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    with os.fdopen(reader) as told:
        subprocess.run(  # noqa: S603  # the program is written above
            [sys.executable, "-c", PRISONER, str(writer), str(tmp_path / "written")],
            pass_fds=[writer],
            env={**os.environ, "SLACK_BOT_TOKEN": "secret"},
            check=True,
        )
        os.close(writer)
        before, confined, environment = json.load(told)

    assert set(before.values()) == {"done"}
    assert confined == {
        "read a file": "OSError",
        "write a file": "OSError",
        "call out": "OSError",
        "run a program": "OSError",
        "take a gigabyte": "MemoryError",
    }
    assert environment == {}


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of one file, and what its child spent on it; nothing where no child was needed."""

    path: Path
    refusal: PhotoError | None
    peak_bytes: int
    cpu_seconds: float


def attempt(gate: Gate, path: Path, caplog: pytest.LogCaptureFixture) -> Trial:
    caplog.clear()
    refusal = None
    try:
        gate.open(path.read_bytes())
    except PhotoError as error:
        refusal = error
    spent: dict[str, Any] = next((vars(record)["gate"] for record in caplog.records if "gate" in vars(record)), {})
    assert "exit code" not in caplog.text
    return Trial(path, refusal, spent.get("peak_bytes", 0), spent.get("cpu_seconds", 0.0))


@pytest.mark.shared
@pytest.mark.parametrize(
    ("folder", "least"),
    [
        ("badfiles/made", 80),
        ("badfiles/real", 250),
        ("photos/unusual_files", 16),
        ("photos/heic", 5),
        ("photos/exif_orientation", 5),
    ],
)
def test_every_file_of_the_collections_is_let_in_or_refused_cheaply(
    gate: Gate, shared: Path, caplog: pytest.LogCaptureFixture, folder: str, least: int
) -> None:
    caplog.set_level(logging.DEBUG, "bot.gate")
    gate.open(saved((100, 100)))  # starts the server that children are forked from

    trials = [attempt(gate, path, caplog) for path in sorted((shared / folder).rglob("*")) if path.is_file()]

    refused = [trial for trial in trials if trial.refusal]
    print_table(folder, trials)
    assert len(trials) >= least
    assert max((trial.peak_bytes for trial in refused), default=0) <= 128 * MEGABYTE
    assert max((trial.cpu_seconds for trial in refused), default=0) <= 0.5


def print_table(folder: str, trials: list[Trial]) -> None:
    """For `pytest -rP`: one line a verdict."""
    for verdict in sorted({type(trial.refusal).__name__ for trial in trials}):
        group = [trial for trial in trials if type(trial.refusal).__name__ == verdict]
        peak, seconds = max(trial.peak_bytes for trial in group), max(trial.cpu_seconds for trial in group)
        print(f"{folder:24} {verdict:14} {len(group):4} {peak / MEGABYTE:5.0f} MB {seconds:5.2f} s")  # noqa: T201  # see above


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_of_48_megapixels_takes_at_most_450_megabytes(
    gate: Gate, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    caplog.set_level(logging.DEBUG, "bot.gate")

    photo = gate.open(saved((8000, 6000), kind))

    assert (photo.width, photo.height) == (4096, 3072)
    assert 0 < vars(caplog.records[0])["gate"]["peak_bytes"] <= 450 * MEGABYTE
