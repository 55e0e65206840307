"""Tables and first sentences, as Markdown."""

import re
from collections.abc import Iterable
from inspect import cleandoc


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table; a bar inside a cell does not end it."""
    return "\n".join(_row(row) for row in (head, ("---",) * len(head), *rows))


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def first_line(docstring: str | None) -> str:
    """What a docstring says first."""
    return cleandoc(docstring or "").partition("\n")[0]


def attributes(docstring: str | None) -> dict[str, str]:
    """What a docstring says of each attribute."""
    told = cleandoc(docstring or "").partition("Attributes:\n")[2]
    found = re.findall(r"(?ms)^ {4}(\w+): (.*?)(?=^ {4}\w|\Z)", told)
    return {name: " ".join(text.split()) for name, text in found}
