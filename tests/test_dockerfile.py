"""The Dockerfile keeps the rules that a linter would ask for; its steps are tried by `scripts/try-wheel`."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
STEPS = re.sub(r"\s*\\\n\s*", " ", (ROOT / "Dockerfile").read_text()).splitlines()


def steps(word: str) -> list[str]:
    return [step.removeprefix(f"{word} ") for step in STEPS if step.startswith(f"{word} ")]


def test_every_image_is_pinned_to_a_version() -> None:
    assert steps("FROM")
    assert all(re.match(r"python:3\.\d+-slim-[a-z]+( AS \w+)?$", image) for image in steps("FROM"))


def test_it_does_not_run_as_root() -> None:
    assert steps("USER") == ["10001"]
    assert STEPS.index("USER 10001") < STEPS.index('ENTRYPOINT ["spotter"]')


def test_its_health_is_asked_without_the_database() -> None:
    [check] = steps("HEALTHCHECK")
    assert "/healthz" in check


def test_nothing_is_fetched_but_pinned_packages() -> None:
    assert not steps("ADD")
    assert not any(word in step for step in steps("RUN") for word in ("curl", "wget", "apt", "pip "))


@pytest.mark.parametrize("kept_out", [".env", ".git", ".spotter", "tests"])
def test_secrets_and_state_stay_out_of_the_image(kept_out: str) -> None:
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert ignored[0] == "*"
    assert f"!{kept_out}" not in ignored
