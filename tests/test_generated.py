"""What is made from the code is up to date; `scripts/generate` makes it."""

import json

from bot.settings import env_example
from handlers.manifest import manifest
from tests.conftest import ROOT


def test_env_example_is_what_the_settings_say() -> None:
    assert (ROOT / ".env.example").read_text() == env_example()


def test_manifest_is_what_the_handlers_say() -> None:
    assert json.loads((ROOT / "manifest.json").read_text()) == manifest()
