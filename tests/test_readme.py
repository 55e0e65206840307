"""The README says what is there."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import cli
from handlers import every_handle
from handlers.kinds import Command, Shortcut
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text()


@pytest.mark.parametrize("command", cli.commands)
def test_every_command_of_the_terminal_is_shown(command: str) -> None:
    assert re.search(rf"spotter {command}\b", README)


@pytest.mark.parametrize("command", [one.name for one in every_handle() if isinstance(one, Command)])
def test_every_slash_command_is_shown(command: str) -> None:
    assert f"`{command} " in README


@pytest.mark.parametrize("shortcut", [one.name for one in every_handle() if isinstance(one, Shortcut)])
def test_every_message_shortcut_is_shown(shortcut: str) -> None:
    assert f'"{shortcut}"' in README


def test_the_demo_prints_the_threads_that_the_readme_shows(tmp_path: Path) -> None:
    """The finding, each thread's first line, is compared: small print depends on the processor."""
    run = subprocess.run(
        [sys.executable, "-m", "bot", "demo", "--once"],
        env={**os.environ, "SPOTTER_HOME": str(tmp_path)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0, run.stderr
    findings = [line.strip() for line in run.stdout.splitlines() if "Spotter: " in line]
    assert len(findings) == 6
    assert [one for one in findings if one not in README] == []
