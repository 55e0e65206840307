"""The parts of README.md and docs/ that are made from the code: each stands between two marks with its name."""

import re
from pathlib import Path

from scripts.pages import commands, house, money, settings, slack

ROOT = Path(__file__).parent.parent.parent
PARTS = {
    "create": slack.create_link,
    "scopes": slack.scopes,
    "events": slack.events,
    "slash commands": commands.slash_commands,
    "shortcuts": commands.shortcuts,
    "terminal": commands.terminal,
    "environment": settings.environment,
    "channel settings": settings.channel_settings,
    "presets": settings.presets,
    "detectors": settings.detectors,
    "prices": money.presets,
    "calls": money.calls,
    "quotas": money.quotas,
    "tree": house.tree,
    "imports": house.imports,
}
"""Who makes each part, by its name. Other parts, such as the demo, have scripts of their own."""
_PART = re.compile(r"(?s)(<!-- (?P<name>[a-z ]+): begin -->\n).*?(<!-- (?P=name): end -->)")


def pages() -> dict[Path, str]:
    """Every page as it should be."""
    return {page: filled(page.read_text()) for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))}


def filled(page: str) -> str:
    """A page with the parts of today."""
    return _PART.sub(_part, page)


def _part(found: re.Match[str]) -> str:
    make = PARTS.get(found["name"])
    return f"{found[1]}\n{make()}\n\n{found[3]}" if make else found[0]
