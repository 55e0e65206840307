"""How the bibs of a photo are told: what is sure by its number and name, the rest as a doubt."""

from collections.abc import Iterable

from bot.core.bibs import UNLISTED, Bib
from bot.core.plural import listed
from bot.core.report import Line


def sure(bibs: Iterable[Bib]) -> tuple[str, ...]:
    """What may be asserted, in the order given: `1234`, or `1234 (Ada Runner)` where the start list names her."""
    return tuple(_named(bib) for bib in bibs if bib.asserted)


def doubts(bibs: Iterable[Bib]) -> tuple[Line, ...]:
    """What is read and not on the start list, and what may be meant by that. Parts of numbers are only searched."""
    known = list(bibs)
    unlisted = [bib.number for bib in known if bib.state == "read" and bib.why == UNLISTED]
    perhaps = [f"{_named(bib)}, read as {bib.instead_of}" for bib in known if bib.state == "suggested"]
    told = [
        f"not on the start list: {listed(unlisted)}" if unlisted else "",
        f"perhaps {listed(perhaps)}" if perhaps else "",
    ]
    return tuple(Line("doubts", text) for text in told if text)


def _named(bib: Bib) -> str:
    return f"{bib.number} ({bib.name})" if bib.name else bib.number
