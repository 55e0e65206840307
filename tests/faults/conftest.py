"""The world of each fault test."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.faults.harness import Place, place


@pytest.fixture
def world(new_database: Callable[[str], str], tmp_path: Path) -> Iterator[Callable[..., Place]]:
    """Opens worlds, each with a database of its own, and ends them with the test."""
    with ExitStack() as worlds:

        def opened(kind: str = "sqlite", **more: float) -> Place:
            return worlds.enter_context(place(new_database(kind), tmp_path, **more))  # type: ignore[arg-type]  # its numbers

        yield opened
