"""Numbers and nouns in plain English: `a dog`, `2 bicycles`, `left, middle and right`."""

import re
from collections.abc import Sequence
from typing import Final

_IRREGULAR: Final = {
    "child": "children",
    "cookie": "cookies",
    "deer": "deer",
    "fish": "fish",
    "foot": "feet",
    "goose": "geese",
    "knife": "knives",
    "leaf": "leaves",
    "lens": "lenses",
    "loaf": "loaves",
    "man": "men",
    "mouse": "mice",
    "movie": "movies",
    "person": "people",
    "selfie": "selfies",
    "sheep": "sheep",
    "shelf": "shelves",
    "tooth": "teeth",
    "wolf": "wolves",
    "woman": "women",
}
_SINGULAR: Final = {many: one for one, many in _IRREGULAR.items()}
_SHORT: Final = 3
"""Letters of a word that is no plural: `bus`, `gas`."""
_ADDS_ES: Final = re.compile(r"(ss|x|zz|ch|sh|[^o]us)es$")
_SOUNDS_OPEN: Final = ("hour", "honest", "x-ray")
_SOUNDS_CLOSED: Final = ("uni", "use", "euro", "ukulele", "one", "utensil")


def counted(number: int, noun: str) -> str:
    """Say how many there are: `no dogs`, `a dog`, `2 dogs`."""
    if number == 1:
        return f"{article(noun)} {noun}"
    return f"{number or 'no'} {plural(noun)}"


def photos(number: int) -> str:
    """Say how many photos there are, in figures: `1 photo`, `12 photos`."""
    return "1 photo" if number == 1 else f"{number} photos"


def article(noun: str) -> str:
    """Choose between `a` and `an` by the sound that `noun` begins with."""
    word = noun.lower()
    if word.startswith(_SOUNDS_OPEN):
        return "an"
    return "an" if word.startswith(tuple("aeiou")) and not word.startswith(_SOUNDS_CLOSED) else "a"


def plural(noun: str) -> str:
    """Put the last word of `noun` into the plural: `sports car` becomes `sports cars`."""
    before, space, last = noun.rpartition(" ")
    return before + space + _plural_word(last)


def _plural_word(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith(("men", "people", "glasses", "pants", "shorts", "jeans", "shoes", "trousers", "scissors")):
        return word
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in tuple("aeiou"):
        return word[:-1] + "ies"
    return word + "s"


def singular(word: str) -> str:
    """Take the plural off a word in small letters: `dogs` becomes `dog`, `people` becomes `person`; `glass` stays.

    It is for comparing, so both sides go through it: a word that only looks like a plural may become none.
    """
    if word in _SINGULAR:
        return _SINGULAR[word]
    if len(word) <= _SHORT or not _looks_plural(word):
        return word
    if word.endswith("ies") and len(word) > len("ties"):
        return word[:-3] + "y"
    return word[:-2] if _ADDS_ES.search(word) else word[:-1]


def _looks_plural(word: str) -> bool:
    return word.isalpha() and word.endswith("s") and not word.endswith(("ss", "us", "is")) and word not in _IRREGULAR


def listed(words: Sequence[str], most: int = 0) -> str:
    """Join with commas and a last `and`.

    Args:
        words: What to list.
        most: How many are named; the rest is counted. 0 names all.
    """
    if most and len(words) > most:
        return f"{', '.join(words[:most])} and {len(words) - most} more"
    return " and ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)
