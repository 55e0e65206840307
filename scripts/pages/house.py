"""The house: its rooms with what each says of itself, and its floors, from the import rule in pyproject.toml."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from scripts.pages.markdown import first_line

ROOT = Path(__file__).parent.parent.parent
_WIDTH = 6
"""Rooms beside each other in a picture that a telephone can show."""


def tree() -> str:
    """Every room of the three packages."""
    return "\n".join(["```", *_rooms(), "```"])


def _rooms() -> Iterator[str]:
    for package in ("bot", "handlers", "storage"):
        yield f"{package}/"
        for room in sorted((ROOT / package).iterdir()):
            if (page := _page(room)) and not room.name.startswith("__"):
                yield f"  {room.name + '/' * room.is_dir():<24} {_told(page)}"


def _page(room: Path) -> str:
    file = room / "__init__.py" if room.is_dir() else room
    return file.read_text() if file.suffix == ".py" and file.is_file() else ""


def _told(page: str) -> str:
    """What a module says of itself, without the sources of its rules."""
    return re.sub(r" \((DESIGN|facts).*?\)", "", first_line(ast.get_docstring(ast.parse(page))))


def imports() -> str:
    """The floors: whoever stands higher may import what stands lower, and nobody his neighbour."""
    floors = [f'  f{number}["{_names(floor)}"]' for number, floor in enumerate(_floors())]
    stairs = [f"  f{number} --> f{number + 1}" for number in range(len(floors) - 1)]
    return "\n".join(["```mermaid", "flowchart TD", *floors, *stairs, "```"])


def _floors() -> list[str]:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers: list[str] = next(one["layers"] for one in contracts if one["name"] == "Imports point down")
    return layers


def _names(floor: str) -> str:
    names = [one.strip().removeprefix("bot.") for one in floor.split("|")]
    lines = [" · ".join(names[start : start + _WIDTH]) for start in range(0, len(names), _WIDTH)]
    return "<br>".join(lines)
