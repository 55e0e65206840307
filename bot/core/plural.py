"""Numbers and nouns in plain English: `a dog`, `2 bicycles`, `left, middle and right`."""

from collections.abc import Sequence
from typing import Final

_IRREGULAR: Final = {
    "child": "children",
    "deer": "deer",
    "fish": "fish",
    "foot": "feet",
    "goose": "geese",
    "knife": "knives",
    "leaf": "leaves",
    "loaf": "loaves",
    "man": "men",
    "mouse": "mice",
    "person": "people",
    "sheep": "sheep",
    "shelf": "shelves",
    "tooth": "teeth",
    "wolf": "wolves",
    "woman": "women",
}
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


def listed(words: Sequence[str], most: int = 0) -> str:
    """Join with commas and a last `and`.

    Args:
        words: What to list.
        most: How many are named; the rest is counted. 0 names all.
    """
    if most and len(words) > most:
        return f"{', '.join(words[:most])} and {len(words) - most} more"
    return " and ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)
