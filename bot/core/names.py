"""Names as they are compared: without case, accents and punctuation."""

from typing import Final
from unicodedata import combining, normalize

_NO_ACCENT: Final = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "'": "", "’": ""})  # noqa: RUF001  # Unicode does not take these apart


def words(name: str) -> tuple[str, ...]:
    """The words of a name: `Zoë O'Neil-Łuk` gives `zoe`, `oneil` and `luk`."""
    taken_apart = normalize("NFKD", name.casefold())
    bare = "".join(sign for sign in taken_apart if not combining(sign)).translate(_NO_ACCENT)
    return tuple("".join(sign if sign.isalnum() else " " for sign in bare).split())


def key(name: str) -> str:
    """What is searched: the words, each after a space, so that ` mul` finds the beginning of any of them."""
    return "".join(f" {word}" for word in words(name))
