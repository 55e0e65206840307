"""The Block Kit check refuses what Slack refuses, and nothing else."""

import runpy
from pathlib import Path
from typing import Any

import pytest

from bot.demo.blockkit import Surface, content_length, problems


def section(words: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": words}}


@pytest.mark.shared
def test_of_the_corpus_all_52_bad_ones_are_refused_and_all_15_good_ones_taken(shared: Path) -> None:
    corpus = runpy.run_path(str(shared / "blockkit" / "corpus.py"))
    assert (len(corpus["bad"]), len(corpus["good"])) == (52, 15)
    assert [name for name, blocks in corpus["bad"] if not problems(blocks, "message")] == []
    assert [(name, problems(blocks, "message")) for name, blocks in corpus["good"] if problems(blocks, "message")] == []


@pytest.mark.parametrize(
    ("blocks", "said"),
    [
        ([section("")], "must be 1 to 3000 characters long [json-pointer:/blocks/0/text/text]"),
        ([section("x" * 3001)], "must be 1 to 3000 characters long [json-pointer:/blocks/0/text/text]"),
        ([{"type": "divider"}] * 51, "no more than 50 items allowed [json-pointer:/blocks]"),
        ([{"type": "section"}], "needs one of text, fields [json-pointer:/blocks/0]"),
        ([{"type": "alert", "text": section("x")["text"]}], "unsupported type: alert [json-pointer:/blocks/0/type]"),
        ([section("x") | {"block_id": "b"}] * 2, "duplicate block_id: b [json-pointer:/blocks]"),
        ([section("x") | {"colour": "red"}], "Additional properties are not allowed"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(blocks: list[dict[str, Any]], said: str) -> None:
    assert any(problem.startswith(said) for problem in problems(blocks, "message"))


@pytest.mark.parametrize(
    "nonsense", [None, 7, "x", [1], {"a": 1}, [{"type": ["x"]}], [{"type": "actions", "elements": 3}]]
)
def test_nonsense_is_refused_and_never_crashes(nonsense: Any) -> None:
    for surface in ("message", "modal", "home"):
        assert problems(nonsense, surface)


@pytest.mark.parametrize(("length", "fits"), [(24, True), (25, False)])
def test_a_modals_title_has_24_characters_at_most(length: int, *, fits: bool) -> None:
    title = {"type": "plain_text", "text": "t" * length}
    assert (problems({"type": "modal", "title": title, "blocks": []}, "modal") == []) is fits


@pytest.mark.parametrize(("surface", "taken"), [("message", 50), ("home", 100)])
def test_a_surface_has_its_own_number_of_blocks(surface: Surface, taken: int) -> None:
    for count, fits in ((taken, True), (taken + 1, False)):
        blocks = [{"type": "divider"}] * count
        payload = blocks if surface == "message" else {"type": "home", "blocks": blocks}
        assert (problems(payload, surface) == []) is fits


def test_the_length_of_a_message_counts_what_people_read() -> None:
    image = {"type": "image", "alt_text": "12345", "image_url": "https://example.com/long.png"}
    assert content_length([section("1234567890"), image]) == 15
