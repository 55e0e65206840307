"""Facts about `spotter scan` as a process: at a terminal, and at Ctrl-C."""

import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.conftest import ROOT
from tests.loopback import serving, silence
from tests.paid import Paid, painted
from tests.terminal.typed import paths_of


def on_terminal(*words: str, typed: str = "", **environment: str) -> tuple[int, str, str]:
    """Run a process at a terminal: its exit code, its output, and what the terminal showed beside it."""
    ours, theirs = pty.openpty()
    os.write(ours, typed.encode())
    line = [sys.executable, "-m", "bot", "scan", *words]
    settings = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", **environment}
    with subprocess.Popen(  # noqa: S603  # our own code
        line, env=settings, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, text=True
    ) as process:
        os.close(theirs)
        shown = b"".join(_until_closed(ours))
        assert process.stdout is not None
        told = process.stdout.read()
    os.close(ours)
    return process.returncode, told, shown.decode()


def _until_closed(terminal: int) -> Iterator[bytes]:
    try:
        while got := os.read(terminal, 4096):
            yield got
    except OSError:  # how Linux says that the other end is closed
        return


def test_progress_is_shown_on_a_terminal_and_the_output_stays_clean(paid: Paid) -> None:
    Path("a.jpg").write_bytes(painted(55))
    Path("b.jpg").write_bytes(painted(56))
    code, told, shown = on_terminal("--json", "a.jpg", "b.jpg", **paid.environment)
    assert code == 0
    assert "2/2" in shown
    assert list(json.loads(told)["bibs"]) == ["55", "56"]


@pytest.mark.parametrize(("typed", "code", "calls"), [("y\n", 0, 2), ("n\n", 1, 0)])
def test_at_a_terminal_a_large_paid_scan_asks(paid: Paid, typed: str, code: int, calls: int) -> None:
    with ZipFile("race.zip", "w") as race:
        for number in range(101):
            race.writestr(f"{number}.jpg", painted(10 + number) if number < 2 else b"no photo")
    ended, _, shown = on_terminal("--json", "race.zip", typed=typed, **paid.environment)
    assert "101 photos cost at most $0.1010 with Amazon Rekognition." in shown
    assert "Go on?" in shown
    assert (ended, paid.calls["DetectText"]) == (code, calls)


def test_ctrl_c_prints_what_was_found_so_far(paid: Paid) -> None:
    Path("a.jpg").write_bytes(painted(55))
    with serving({"/never.jpg": silence}) as web:
        local = {"SLACK_FILE_HOSTS": web.place, "SPOTTER_WORKERS": "1", **paid.environment}
        words = [sys.executable, "-m", "bot", "scan", "--json", "a.jpg", f"http://{web.place}/never.jpg", "later.jpg"]
        Path("later.jpg").write_bytes(painted(57))
        settings = {**os.environ, "PYTHONPATH": str(ROOT), **local}
        with subprocess.Popen(  # noqa: S603  # our own code
            words, env=settings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process:
            assert web.asked.wait(30)
            process.send_signal(signal.SIGINT)
            assert process.stderr
            assert any("stopping" in line for line in process.stderr)
            web.ending.set()
            told, _ = process.communicate(timeout=30)
    index = json.loads(told)
    assert process.returncode == 130
    assert paths_of(index["bibs"]) == {"55": ["a.jpg"]}
    assert paid.calls == {"DetectText": 1}
