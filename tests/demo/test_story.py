"""`spotter demo` as somebody types it: an address, the story, a clean end, and the same workspace the next time."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import urllib3

START_SECONDS = 30.0  # on a busy machine; alone it takes less than five
NOTICE = "Face matching is on in this channel."


@contextmanager
def _demo(home: Path, *options: str) -> Iterator[str]:
    """Run the demo: its address, until left by Ctrl-C."""
    env = {**os.environ, "SPOTTER_HOME": str(home)}
    with subprocess.Popen(  # noqa: S603  # our own command
        [sys.executable, "-m", "bot", "demo", *options], env=env, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield _address(process.stdout)
        finally:
            process.send_signal(signal.SIGINT)
            assert process.wait(START_SECONDS) == 0


def _address(out: IO[str] | None) -> str:
    assert out
    found = re.search(r"http://127\.0\.0\.1:\d+", out.readline())
    assert found
    return found[0]


def _everything(address: str) -> Any:
    """What Mia sees when her window opens."""
    stream = f"{address}/page/events?as=U0MEMBER1"
    answer = urllib3.request("GET", stream, preload_content=False, retries=False, timeout=START_SECONDS)
    data = b""
    while b"\n\n" not in data:
        data += answer.read1()
    answer.close()
    return json.loads(data.partition(b"\n\n")[0].removeprefix(b"data: "))


def _said(address: str, *, answers: int) -> dict[str, str]:
    """What members have said, by its time, once there are so many answers."""
    end = time.monotonic() + 2 * START_SECONDS
    while True:
        messages = _everything(address)["messages"]
        if sum(bool(message["thread"]) for message in messages) >= answers:
            return {message["ts"]: message["text"] for message in messages if not message["thread"]}
        assert time.monotonic() < end, messages
        time.sleep(0.1)  # each look is a stream of its own


def test_people_agree_and_photos_are_answered_and_all_is_there_the_next_time_until_fresh(tmp_path: Path) -> None:
    """The first answer is enough here; what all of them are is the README's test."""
    with _demo(tmp_path) as address:
        first = _said(address, answers=1)
    with _demo(tmp_path, "--socket") as address:
        second = _said(address, answers=1)
    with _demo(tmp_path, "--fresh", "--socket") as address:
        fresh = _said(address, answers=0)

    assert any(text.startswith(NOTICE) for text in first.values())
    assert second == first
    assert fresh.keys().isdisjoint(first)
