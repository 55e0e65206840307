"""There is an example of everything that Spotter says, and Slack takes each; nobody is shouted at."""

from collections.abc import Mapping
from typing import Any, Final

import pytest

from bot.demo.blockkit import problems
from handlers import blocks
from tests.conftest import ROOT
from tests.reading import texts
from tests.samples import HOMES, MESSAGES, MODALS

PARTS: Final = {"plain", "safe", "sentence"}
"""What everything else is made of."""
SAID: Final[Mapping[str, tuple[Any, Any]]] = {
    **{
        f"{place}: {name}": (list(one.blocks), "message")
        for place, all_ in MESSAGES.items()
        for name, one in all_.items()
    },
    **{f"form: {name}": (form, "modal") for name, form in MODALS.items()},
    **{f"home: {name}": ({"type": "home", "blocks": list(page.blocks)}, "home") for name, page in HOMES.items()},
}


def test_everything_that_makes_a_message_or_a_form_has_an_example() -> None:
    examples = "".join(path.read_text() for path in (ROOT / "tests" / "samples").glob("*.py"))

    assert [name for name in sorted(set(blocks.__all__) - PARTS) if f"blocks.{name}(" not in examples] == []


@pytest.mark.parametrize("name", SAID)
def test_slack_takes_it_and_it_is_said_quietly(name: str) -> None:
    said, surface = SAID[name]

    assert problems(said, surface) == []
    assert [text for text in texts(said) if "!" in text] == []
