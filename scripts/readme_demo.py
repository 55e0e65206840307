"""Puts what `spotter demo --once` prints into the README."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"
BLOCK = re.compile(r"(<!-- demo: begin -->\n).*?(<!-- demo: end -->)", re.DOTALL)


def demo() -> str:
    """Run the demo in an empty home; the port is another one each time, so it is left out."""
    with tempfile.TemporaryDirectory() as home:
        run = subprocess.run(  # our own command
            [sys.executable, "-m", "bot", "demo", "--once"],
            env={**os.environ, "SPOTTER_HOME": home},
            capture_output=True,
            text=True,
            check=True,
        )
    return re.sub(r"http://127\.0\.0\.1:\d+\S*", "http://127.0.0.1:…", run.stdout).rstrip()


def main() -> None:
    """Rewrite the block between the two marks."""
    lines = "\n".join(f"    {line}".rstrip() for line in demo().splitlines())
    README.write_text(BLOCK.sub(lambda marks: f"{marks[1]}\n{lines}\n\n{marks[2]}", README.read_text()))


if __name__ == "__main__":
    main()
