"""Every benchmark, one after the other, and the table of what is promised, with figure, goal and verdict.

`python -m benchmarks` prints it, and ends with 1 where a goal is missed; `--write` puts what is promised into the
README as well, and `--quick` makes every run small. Each benchmark runs in a process of its own, so that none inherits
another's memory or threads.
"""

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from benchmarks.row import MISSED, Row, at_most, say

ROOT: Final = Path(__file__).parent.parent
BENCHMARKS: Final = ("startup", "ack", "overhead", "throughput", "search", "bibs", "faces", "gate", "memory", "s3")
WRITE: Final = "--write"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
HEAD: Final = ("| what | figure | goal | |", "|---|---|---|---|")
MOST_MINUTES: Final = 12.0


def main() -> int:
    """Run them all; 1 where a goal is missed or a benchmark broke."""
    began = time.monotonic()
    lines = [line for name in BENCHMARKS for line in _measured(name)]
    minutes = (time.monotonic() - began) / 60
    lines.append(str(at_most("all of this together", minutes, MOST_MINUTES, "minutes")))
    say("\n" + "\n".join((*HEAD, *lines)))
    if WRITE in sys.argv:
        table = "\n".join((*HEAD, *filter(is_promised, lines)))
        readme = ROOT / "README.md"
        readme.write_text(with_table(readme.read_text(encoding="utf-8"), table), encoding="utf-8")
    return 1 if any(is_missed(line) for line in lines) else 0


def with_table(text: str, table: str) -> str:
    """The text with another table between its markers.

    Raises:
        ValueError: The markers are not there.
    """
    before, _, rest = text.partition(BEGIN)
    _, marker, after = rest.partition(END)
    if not marker:
        raise ValueError(f"{BEGIN} and {END} are not there")
    return f"{before}{BEGIN}\n\n{table}\n\n{END}{after}"


def is_promised(line: str) -> bool:
    """Whether a row of the table has a goal."""
    return not line.endswith(" |  |  |")


def is_missed(line: str) -> bool:
    """Whether a row of the table says that its goal is missed."""
    return line.endswith(" MISSED |")


def _measured(name: str) -> Iterator[str]:
    """The rows that a benchmark prints; whatever it says is passed on as it comes."""
    say(f"\n{name}")
    command: Sequence[str] = [sys.executable, "-m", "benchmarks", name, *sys.argv[1:]]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603  # our own command, and no shell
        assert process.stdout is not None  # noqa: S101  # it is a pipe
        for line in map(str.rstrip, process.stdout):
            say(line)
            if line.startswith("| "):
                yield line
    if process.returncode not in (0, MISSED):
        yield str(Row(f"`benchmarks/{name}.py`", "broke", "runs", kept=False))
