"""What people call the detectors."""

from collections.abc import Collection

from bot.core.plural import listed
from bot.detectors import every_detector, every_name

_LONGEST = 70


def title(name: str) -> str:
    """What a detector's findings are called; its name, cut, where there is no such detector any more."""
    known = every_detector().get(name)
    return known.title if known else name[:_LONGEST] or "Other"


def looked_for(names: Collection[str]) -> str:
    """What some detectors look for, in a sentence: `things and places, faces and unsafe content`."""
    return listed([title(name).lower() for name in every_name() if name in names]) or "nothing"
