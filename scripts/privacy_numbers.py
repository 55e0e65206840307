"""Puts the terms that the code keeps to into docs/privacy.md."""

import re
from collections.abc import Iterable
from pathlib import Path

from annotated_types import Ge, Le

from bot.core import consent
from bot.people.jobs import EXPIRE_SECONDS
from bot.retention import RETAIN_SECONDS
from bot.settings import Settings
from bot.still_there import LOOK_SECONDS
from bot.vision.large_photos import LEFT_SECONDS

PAGE = Path(__file__).parent.parent / "docs" / "privacy.md"
BLOCK = re.compile(r"(<!-- terms: begin -->\n).*?(<!-- terms: end -->)", re.DOTALL)
FIXED = {
    "Photos": "never stored: they are in memory while they are looked at",
    "Photos over 5 MB in your S3 bucket, where you named one": (
        "while they are looked at; what a crash leaves is deleted within the hour,"
        f" once it is {LEFT_SECONDS / 60:.0f} minutes old"
    ),
    "Faces of people who did not agree": "never stored: each is compared and forgotten",
    "The numbers that describe an enrolled face": (
        f"{consent.MONTHS} months; after {consent.ASK_AGAIN} the person is asked whether to stay"
    ),
    "An invitation to be known": f"{consent.INVITATION_DAYS} days",
    "What is kept of an enrolled person who left the workspace": (
        f"looked for every {EXPIRE_SECONDS / 3600:.0f} hours, and deleted then"
    ),
    "What was found in a photo that is deleted in Slack": (
        f"deleted as soon as Slack tells, else looked for every {LOOK_SECONDS / 60:.0f} minutes"
    ),
    "Everything of a workspace that removes Spotter": "deleted at once, and looked for again for a day",
}


def page(now: str) -> str:
    """The page with the terms of today."""
    fixed = _table(("what", "how long"), FIXED.items())
    chosen = _table(("setting", "what it says", "days", "you may set"), _settings())
    sweep = f"What is too old is deleted every {RETAIN_SECONDS / 3600:.0f} hours."
    return BLOCK.sub(lambda marks: f"{marks[1]}{fixed}\n\nWhat you choose:\n\n{chosen}\n\n{sweep}\n{marks[2]}", now)


def _settings() -> list[tuple[str, ...]]:
    fields = [field for name, field in Settings.model_fields.items() if name.startswith("keep_")]
    return [
        (f"`{field.validation_alias}`", field.description or "", str(field.default), _bounds(field.metadata))
        for field in fields
    ]


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, ("---",) * len(head), *rows))


def _bounds(metadata: list[object]) -> str:
    least = next(one.ge for one in metadata if isinstance(one, Ge))
    most = next(one.le for one in metadata if isinstance(one, Le))
    return f"{least} to {most}"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text()))
