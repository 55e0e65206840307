"""What people read in Block Kit, whoever made it."""

from collections.abc import Iterator
from typing import Any


def texts(part: Any) -> Iterator[str]:
    """Every text below a part, from the top, with what is said of pictures."""
    if isinstance(part, dict):
        yield from (part[name] for name in ("text", "alt_text") if isinstance(part.get(name), str))
        part = list(part.values())
    if isinstance(part, list | tuple):
        for inner in part:
            yield from texts(inner)
