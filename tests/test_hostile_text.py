"""What a person typed or a photo showed is text in every message, log line and table, and nothing more."""

import csv
import json
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from io import StringIO
from itertools import cycle
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core import bib_query, library_query
from bot.core.consent import day_of, name_of
from bot.core.start_list import start_list
from bot.demo import blockkit
from bot.errors import AskError
from bot.log import CarefulFormatter
from bot.scan.exports import as_text, write_csv
from bot.scan.index import Index
from bot.slack import Message
from handlers import blocks
from tests.handlers.filled import arguments

MAKERS: Final = sorted(set(blocks.__all__) - {"plain", "safe"})
"""Whatever makes a message or a form; what is said with `plain` has passed `safe`."""
HARMLESS: Final = "Ada Alm"
HOSTILE: Final = (
    "<!channel>", "<!here> <!everyone>", "<!subteam^S012ABC>", "<@U012ABCDEF>", "<#C012ABCDEF|general>",
    "<https://evil.example|https://slack.com/signin>", "<mailto:a@b.c|help desk>",
    "<!date^1392734382^{date}^https://evil.example|x>", "&lt;!channel&gt;", "&amp;lt;!channel&amp;gt;",
    "*bold* _it_ ~s~ `code`", "```block", "> quote", ":rotating_light:", "https://evil.example/unfurl.png",
    "@channel @here", "line1\nline2\r\n\u2028* x", "a\u202egpj.exe", "\u200bzero\u200bwidth\ufeff",
    "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\x00\x01\x1b[31mred\x1b[0m\x07",
    "%s %d %n {0} {name}", "'; DROP TABLE share;--", "<" * 500, "&" * 500, "\u0301" * 300,
)  # fmt: skip
CALLS: Final = re.compile(r"<[^<>]*>?")
"""What Slack acts on: mentions, channels, dates and links."""
FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
TEXTS: Final = st.text(
    alphabet=st.one_of(st.sampled_from("<>!@#&*~`:|/=+- \n\r\t\x1b\u200b\u202eC"), st.characters(codec="utf-8")),
    min_size=1,
    max_size=40,
)


MARKS: Final = re.compile(r"[*~`]|:[a-z_]+:")
"""What Slack formats by."""


def made(name: str, text: str) -> Any:
    """What a maker makes of a text."""
    maker = getattr(blocks, name)
    return maker(**arguments(maker, text))


def check(name: str, text: str) -> None:
    """Slack acts on no more of what a maker makes of a text than of a harmless one."""
    assert not acted_on(made(name, text)) - harmless(name), (name, text)


def check_taken(name: str, text: str) -> None:
    """Slack takes it."""
    said = made(name, text)
    payload: Any = list(said.blocks) if isinstance(said, Message) else said
    surface: Any = "message" if isinstance(said, Message) else said["type"]

    assert blockkit.problems(payload, surface) == [], (name, text)
    json.dumps(payload, ensure_ascii=False).encode()


@cache
def harmless(name: str) -> Counter[str]:
    return acted_on(made(name, HARMLESS))


def acted_on(said: Any) -> Counter[str]:
    """Calls without their titles, and marks."""
    texts = [*marked(said)]
    calls = Counter(call.partition("|")[0].rstrip(">") for text in texts for call in CALLS.findall(text))
    return calls + Counter(mark for text in texts for mark in MARKS.findall(text))


def marked(said: Any) -> Iterator[str]:
    """Every text in which Slack looks for markup; it makes no links and mentions of its own there."""
    if isinstance(said, Message):
        yield said.text
        yield from marked(list(said.blocks))
    elif isinstance(said, dict):
        if said.get("type") == "mrkdwn":
            assert said["verbatim"] is True
            yield said["text"]
        for inner in said.values():
            yield from marked(inner)
    elif isinstance(said, list | tuple):
        for inner in said:
            yield from marked(inner)


def assert_log_is_safe(texts: Sequence[str]) -> None:
    careful = CarefulFormatter(())
    for text in texts:
        line = careful.format(logging.LogRecord("bot", logging.INFO, "", 0, "file %s", (text,), None))
        assert line.isprintable()


def assert_table_is_safe(texts: Sequence[str]) -> None:
    """No cell is a formula, and no row falls apart (OWASP, CSV Injection)."""
    found = {text: [{"photo": text, "confidence": 91.0}] for text in texts}
    index = Index(bibs=found, failed=[{"photo": text, "error": text} for text in texts])
    file = StringIO(newline="")
    write_csv(index, file)
    file.seek(0)
    rows = [*csv.reader(file)]

    assert len(rows) == 1 + len(found)
    assert not [row for row in rows if any(cell.startswith(FORMULAS) for cell in row[:2])]
    assert all(line.isprintable() for line in as_text(index).split("\n"))


@pytest.mark.parametrize("name", MAKERS)
def test_every_maker_of_messages_makes_text_of_it(name: str) -> None:
    for text in HOSTILE:
        check(name, text)
        check_taken(name, text)


def test_strings_of_all_kinds_are_text_everywhere() -> None:
    """Ten thousand of them, each in one message, one line of the log and one row of a table."""
    seen = Counter[str]()

    @given(texts=st.lists(TEXTS, min_size=100, max_size=100))
    @settings(max_examples=100, deadline=None, database=None, derandomize=True)
    def check_all(texts: list[str]) -> None:
        for text, name in zip(texts, cycle(MAKERS), strict=False):
            seen[name] += 1
            check(name, text)
        assert_log_is_safe(texts)
        assert_table_is_safe(texts)

    check_all()

    assert seen.total() >= 10_000
    assert seen.keys() == set(MAKERS)


@pytest.mark.shared
@pytest.mark.parametrize("file", ["strings_injection.txt", "strings_blns.txt"])
def test_known_hostile_strings_are_text_everywhere(shared: Path, file: str) -> None:
    texts = [*filter(str.strip, (shared / "badfiles" / file).read_text().splitlines())]

    for number, text in enumerate(texts):
        check(MAKERS[number % len(MAKERS)], text)
        check("photo_reply", text)
    assert_log_is_safe(texts)
    assert_table_is_safe(texts)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_is_typed_is_answered_with_more_than_words(text: str) -> None:
    for parse in (
        bib_query.parse,
        bib_query.parse_search,
        library_query.parse,
        name_of,
        lambda typed: start_list(f"bib,name\n1234,{typed}\n{typed},Ada"),
        lambda typed: day_of(typed, date(2026, 5, 17)),
    ):
        try:
            parse(text)
        except AskError as error:
            said = blocks.failure(error)
            assert not re.search(r"<[^<>]*>|<[!@#]", " ".join(marked(said)))


def test_the_log_and_the_table_take_the_worst() -> None:
    assert_log_is_safe(HOSTILE)
    assert_table_is_safe(HOSTILE)
