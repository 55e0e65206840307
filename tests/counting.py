"""How much a metric grows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.metrics import registry


@contextmanager
def counting(name: str, **labels: str) -> Iterator[Callable[[], float]]:
    """Tell how much `spotter_<name>` has grown since the block began."""
    shown = registry()

    def value() -> float:
        return shown.get_sample_value(f"spotter_{name}", labels) or 0.0

    before = value()
    yield lambda: value() - before
