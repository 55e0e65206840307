"""What is typed at a terminal, a file each; `bot.cli` loads one when its command is typed."""

from collections.abc import Callable
from typing import Final

WORKSPACE: Final = "local"
"""Where photos belong that lie on this machine, and people who are known by such."""
OPERATOR: Final = "terminal"
"""Who acts there, for the audit log."""

Say = Callable[[str], object]
"""Prints a line."""
