"""What the pages name is there: files, headings, commands, variables, and the sentences that people read."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import click
import pytest

from bot.cli import cli
from bot.settings import Settings
from tests.conftest import ROOT

PAGES: Final = [str(page.relative_to(ROOT)) for page in (*sorted(ROOT.glob("*.md")), *sorted(ROOT.glob("docs/*.md")))]
LINK: Final = re.compile(r"\]\(([^)\s]+)\)|^\[[^\]]+\]:\s+(\S+)", re.MULTILINE)
HEADING: Final = re.compile(r"^#+ (.+)$", re.MULTILINE)
CODE: Final = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
EXAMPLES: Final = {
    "bot/detectors/sharpness.py",
    "bot/vision/always.py",
    "handlers/budget.py",
    "tests/answers/detect_labels/dark.json",
}
"""What docs/extending.md tells the reader to write."""


def read(page: str) -> str:
    return (ROOT / page).read_text()


@cache
def anchors(page: Path) -> frozenset[str]:
    """The names that GitHub gives a page's headings."""
    titles = HEADING.findall(CODE.sub("", page.read_text()))
    return frozenset(re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles)


def dead(page: str) -> Iterator[str]:
    for found in LINK.finditer(CODE.sub("", read(page))):
        path, _, anchor = (found[1] or found[2]).partition("#")
        target = (ROOT / page).parent / path if path else ROOT / page
        if "://" not in path and not (target.exists() and (not anchor or anchor in anchors(target))):
            yield found[0]


@pytest.mark.parametrize("page", PAGES)
def test_links_inside_the_project_lead_somewhere(page: str) -> None:
    assert [*dead(page)] == []


@pytest.mark.parametrize("page", PAGES)
def test_files_that_a_page_names_are_there(page: str) -> None:
    named = set(re.findall(r"`((?:bot|handlers|storage|tests|scripts|docs|benchmarks|examples)/[\w/.]+)`", read(page)))

    assert [path for path in sorted(named - EXAMPLES) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_commands_that_a_page_names_can_be_typed(page: str) -> None:
    typed = re.findall(r"(?:`|^ +|bin/)spotter ([a-z]+)(?: ([a-z]+)(?=[ `\n]))?", read(page), re.MULTILINE)

    assert [" ".join(words) for words in typed if not can_be_typed(*words)] == []


def can_be_typed(name: str, word: str) -> bool:
    command = cli.commands.get(name)
    return word in command.commands if isinstance(command, click.Group) and word else command is not None


@pytest.mark.parametrize("page", PAGES)
def test_variables_that_a_page_names_are_read(page: str) -> None:
    known = {str(field.validation_alias) for field in Settings.model_fields.values()}
    named = set(re.findall(r"\b(?:SPOTTER|SLACK)_[A-Z_\d]+", read(page)))

    assert named - known <= {"SPOTTER_SHARED"}


def test_the_sentences_of_the_troubleshooting_page_are_said() -> None:
    """A … stands for what differs."""
    said = {one for package in ("bot", "handlers") for file in (ROOT / package).rglob("*.py") for one in texts(file)}
    titles = re.findall(r"^### (.+)$", read("docs/troubleshooting.md"), re.MULTILINE)

    assert len(titles) >= 20
    assert [title for title in titles if not any(title.rstrip("… ") in text for text in said)] == []


def texts(file: Path) -> Iterator[str]:
    """All texts of a module, with a … for each part that is filled in."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
