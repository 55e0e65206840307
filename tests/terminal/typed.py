"""Commands typed, and what they say."""

import json
from typing import Any

from click.testing import CliRunner, Result

from bot.cli import cli


def run(*words: str, typed: str | None = None, **environment: str) -> Result:
    """Type a command."""
    return CliRunner().invoke(cli, words, env=environment, input=typed)


def said(result: Result) -> str:
    """The one sentence of a command that cannot go on."""
    assert result.exit_code not in (0, None)
    assert isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result.stderr.strip().splitlines()[-1].removeprefix("Error: ")


def scanned(*words: str, typed: str | None = None, **environment: str) -> dict[str, Any]:
    """The index as JSON, of a scan that ends well."""
    result = run("scan", "--json", *words, typed=typed, **environment)
    assert result.exit_code == 0, result.stderr
    index: dict[str, Any] = json.loads(result.stdout)
    return index


def paths_of(found: dict[str, list[dict[str, Any]]]) -> dict[str, list[str]]:
    """The paths by bib."""
    return {number: [one["photo"] for one in photos] for number, photos in found.items()}
