"""A bot in a process of its own that may be killed, and looked at from outside."""

import os
import resource
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import urllib3

from tests.conftest import ROOT

_READY_SECONDS: Final = 30.0


@dataclass
class Process:
    """One bot.

    Attributes:
        role: `web`, or `worker`.
        environment: In which it runs.
        log: Where it writes.
        module: Its command line; another one than the product's may kill itself.
        began: When it was started, on the monotonic clock.
    """

    role: str
    environment: dict[str, str]
    log: Path
    module: str = "tests.faults.process"
    began: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        with self.log.open("ab") as out:
            self._process = subprocess.Popen(  # noqa: S603  # our own command, and no shell
                [sys.executable, "-m", self.module, self.role],
                cwd=ROOT,
                env=self.environment,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )

    @property
    def id(self) -> int:
        """Of the process, and of the group that its children are in."""
        return self._process.pid

    @property
    def lives(self) -> bool:
        """Whether it was not killed yet."""
        return self._process.poll() is None

    def ready(self) -> None:
        """Wait until it takes requests or jobs."""
        url, until = f"http://127.0.0.1:{self.environment['PORT']}/readyz", time.monotonic() + _READY_SECONDS
        while time.monotonic() < until and self.lives:
            if self._says_so() if self.role == "worker" else _answers(url):
                return
            time.sleep(0.02)  # nobody listens yet, and a port gives no sign when somebody does
        raise AssertionError(f"{self.role} did not start:\n{self.log.read_text()[-3000:]}")

    def _says_so(self) -> bool:
        return "Spotter works" in self.log.read_text()

    def kill(self) -> None:
        """End it as a power cut would, its children too; nothing happens where it has ended."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def wait_for_death(self, seconds: float = 30.0) -> None:
        """Wait until it has killed itself."""
        self._process.wait(seconds)

    @property
    def memory(self) -> float:
        """What it and its children hold of this machine's memory, in MB."""
        pages = (int(Path(f"/proc/{one}/statm").read_text().split()[1]) for one in self._family())
        return sum(pages) * resource.getpagesize() / 1e6

    @property
    def files(self) -> int:
        """How many files and connections it has open."""
        return len(list(Path(f"/proc/{self.id}/fd").iterdir()))

    def _family(self) -> list[str]:
        """Itself and its children: they are in one group."""
        every = (one.name for one in Path("/proc").iterdir() if one.name.isdigit())
        return [one for one in every if _group(int(one)) == self.id]

    def pause(self) -> None:
        """Let it stand still."""
        os.killpg(self._process.pid, signal.SIGSTOP)

    def wake(self) -> None:
        """Let it go on."""
        os.killpg(self._process.pid, signal.SIGCONT)

    def stop(self) -> tuple[int, float]:
        """End it as an operator would; its exit code, and how many seconds it took."""
        began = time.monotonic()
        self._process.send_signal(signal.SIGTERM)
        code = self._process.wait(60.0)
        return code, time.monotonic() - began


def _group(process: int) -> int:
    """The group of a process; 0 where it has ended."""
    with suppress(ProcessLookupError):
        return os.getpgid(process)
    return 0


def _answers(url: str) -> bool:
    try:
        return urllib3.request("GET", url, timeout=2.0, retries=False).status == 200
    except urllib3.exceptions.HTTPError:
        return False
