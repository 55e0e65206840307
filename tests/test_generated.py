"""What is made from the code is up to date; `scripts/generate` makes it."""

import json
import re
import runpy
from pathlib import Path

import pytest

from bot.core.channel import USUAL_DETECTORS
from bot.core.iam import policy
from bot.detectors import every_name, operations_of
from bot.settings import env_example
from handlers.manifest import manifest
from scripts.pages import PARTS, pages
from tests.conftest import ROOT


def test_env_example_is_what_the_settings_say() -> None:
    assert (ROOT / ".env.example").read_text() == env_example()


def test_manifest_is_what_the_handlers_say() -> None:
    assert json.loads((ROOT / "manifest.json").read_text()) == manifest()


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("without-faces", policy(operations_of(USUAL_DETECTORS))),
        ("with-faces", policy(operations_of(USUAL_DETECTORS), faces=True)),
        (
            "everything",
            policy(operations_of(every_name()), faces=True, bucket="YOUR-BUCKET"),
        ),
    ],
)
def test_aws_policies_are_what_the_code_calls(name: str, wanted: object) -> None:
    assert json.loads((ROOT / "docs" / "iam" / f"{name}.json").read_text()) == wanted


@pytest.mark.parametrize(("path", "page"), pages().items(), ids=lambda it: getattr(it, "name", ""))
def test_pages_tell_what_the_code_says(path: Path, page: str) -> None:
    assert path.read_text() == page


def test_every_part_that_the_code_can_tell_stands_on_some_page() -> None:
    told = "".join(pages().values())

    assert [name for name in PARTS if f"<!-- {name}: begin -->" not in told] == []


def test_the_privacy_page_tells_the_terms_that_the_code_keeps_to() -> None:
    told = (ROOT / "docs" / "privacy.md").read_text()

    assert runpy.run_path(str(ROOT / "scripts" / "privacy_numbers.py"))["page"](told) == told
    assert "SPOTTER_KEEP_PHOTOS_DAYS" in told


def test_every_test_that_the_threat_model_names_is_there() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)`", (ROOT / "docs" / "security.md").read_text())

    assert len(named) >= 20
    assert [path for path in named if not (ROOT / path).is_file()] == []
