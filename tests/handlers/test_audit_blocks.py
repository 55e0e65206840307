"""The log reads as sentences, whoever wrote in it, and Slack takes it."""

import ast
from collections.abc import Iterator
from datetime import datetime

import pytest

from bot.core.audit import Act, AuditPage
from bot.demo.blockkit import problems
from bot.slack import Message
from handlers.blocks import admins_list, audit_log
from tests.conftest import ROOT

AT = datetime(2026, 11, 20, 9, 30)  # noqa: DTZ001  # UTC, as the log has it
NAMES = {"p-1": "Ada <!channel>"}


def said(act: str, subject: str = "", actor: str = "U1", **detail: object) -> str:
    """The line of one act."""
    page = AuditPage(acts=(Act(number=1, at=AT, actor=actor, act=act, subject=subject, detail=detail),), names=NAMES)
    return audit_log(page).text.splitlines()[1]


def noted(source: str) -> Iterator[str]:
    """The acts that a file notes: the words among the first arguments of `note`, and of `_note`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith((".note", "_note")):
            for given in node.args[1:3]:
                words = (given.body, given.orelse) if isinstance(given, ast.IfExp) else (given,)
                yield from (word.value for word in words if isinstance(word, ast.Constant) and word.value)  # type: ignore[misc]  # a string


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            said("settings", "C1", on=False, detectors=[], bib_range=""),
            "<@U1> changed the settings of <#C1>: bib range, what I look for and whether I look at photos",
        ),
        (said("matching_on", "C1"), "<@U1> turned face matching on in <#C1>"),
        (said("admin_add", "U2"), "<@U1> made <@U2> an admin of Spotter"),
        (said("search", "p-1"), "<@U1> looked for Ada &lt;!channel&gt; in photos"),
        (said("search", "p-2"), "<@U1> looked for somebody who is forgotten in photos"),
        (said("search"), "<@U1> looked for somebody in photos"),
        (said("scan_zip_stop", "C1"), "<@U1> stopped a scan of a zip in <#C1>"),
        (said("audit_drop", actor="spotter"), "Spotter deleted the oldest rows of this log, whose time was over"),
        (
            said("start_list", "C1", actor="terminal"),
            "Somebody at the terminal took a new start list into use in <#C1>",
        ),
        (said("a_new_one", "<!here>"), "<@U1> a_new_one &lt;!here&gt;"),
    ],
)
def test_each_act_is_a_sentence(line: str, told: str) -> None:
    assert line == f"2026-11-20 09:30 {told}"


def test_every_act_that_the_code_notes_has_its_sentence() -> None:
    sources = (path.read_text() for folder in ("bot", "storage") for path in (ROOT / folder).rglob("*.py"))
    acts = {act for source in sources for act in noted(source)}

    assert {"settings", "admin_add", "start_list", "remove", "scan_stop", "audit_drop"} <= acts
    assert [act for act in sorted(acts) if said(act, "X").endswith(f"{act} X")] == []


@pytest.mark.parametrize(
    "message",
    [
        audit_log(AuditPage(acts=())),
        audit_log(AuditPage(acts=tuple(Act(number=n, at=AT, actor="U1", act="x" * 99) for n in range(15)), older=5)),
        audit_log(AuditPage(acts=(Act(number=1, at=AT, actor="U1", act="export"),), older=5, newer=40)),
        admins_list([]),
        admins_list([f"U0{number:09}" for number in range(100)]),
    ],
)
def test_slack_takes_all_of_it(message: Message) -> None:
    assert problems(list(message.blocks), "message") == []
