"""A job, as those know it who promise one."""

from collections.abc import Callable, Mapping
from typing import Any

Submit = Callable[[str, str, Mapping[str, Any]], None]
"""Stores a job: its kind, its key (the same again is the same job), its payload."""
