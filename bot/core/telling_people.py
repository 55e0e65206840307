"""What everybody in a channel is told of the people in a photo."""

from collections.abc import Sequence
from typing import Final

from bot.core.people import FaceMatch, People
from bot.core.plural import listed
from bot.core.report import Line

MOST_NAMES: Final = 8
"""How many people are named in one line."""


def told_of_people(faces: Sequence[FaceMatch]) -> tuple[Line, ...]:
    """Name who is probably there; unless that is everybody, tell how many faces were found, searched and unknown.

    Args:
        faces: As everybody may read them.
    """
    people = People(tuple(faces))
    if not people.found:
        return ()
    names = listed([face.name for face in people.named], MOST_NAMES)
    named = (Line("named", f"probably {names}"),) if names else ()
    rest = (Line("searched", counts(people)),) if len(people.named) < people.found else ()
    return named + rest


def counts(people: People) -> str:
    """Tell how far a search came: `3 faces found, 3 searched, 1 unknown`."""
    found = "1 face" if people.found == 1 else f"{people.found} faces"
    if not people.searched:
        return f"{found} found, none searched"
    return f"{found} found, {people.searched} searched, {people.unknown} unknown"
