"""The index that a scan makes: by bib, the photos; and what could not be looked at. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from bot.core.bibs import Bib
from bot.core.share import Looked

_WHY: Final = {"read": "unlisted"}
"""Why a number is not asserted, where that is not its state's own name."""


@dataclass(slots=True, kw_only=True)
class Index:
    """What a scan has found so far.

    Attributes:
        listed: Whether there is a start list: then only numbers on it are asserted.
        only: The bibs that are kept; empty for all.
        bibs: By number: each photo it was read in, with the confidence.
        unsure: By number: photos where it may be, with the confidence and why it is not asserted.
        failed: What could not be looked at, with the sentence that says why.
        photos: How many were tried.
        bare: How many of them were looked at, and show no bib that is kept, not even one to be unsure of.
        paid_calls: How many calls were paid for.
        cost: Of those calls, in millionths of a dollar.
    """

    listed: bool = False
    only: Collection[str] = ()
    bibs: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    unsure: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    failed: list[dict[str, str]] = field(default_factory=list)
    photos: int = 0
    bare: int = 0
    paid_calls: int = 0
    cost: int = 0

    def add(self, photo: str, looked: Looked) -> list[str]:
        """Take in what one look brought, and give the numbers that are asserted of it, each once."""
        self.photos += 1
        self.paid_calls += looked.paid_calls
        self.cost += looked.cost
        for error in filter(None, (looked.refusal, *looked.failures)):
            self.add_failure(photo, error)
        kept = [bib for bib in looked.bibs if bib.state != "refused" and (not self.only or bib.number in self.only)]
        self.bare += not (kept or looked.refusal)
        asserted = _surest(bib for bib in kept if self._asserts(bib))
        for bib in asserted:
            self.bibs.setdefault(bib.number, []).append(_found(photo, bib))
        for bib in _surest(bib for bib in kept if not self._asserts(bib)):
            found = {**_found(photo, bib), "why": _WHY.get(bib.state, bib.state)}
            self.unsure.setdefault(bib.number, []).append(found)
        return [bib.number for bib in asserted]

    def add_failure(self, photo: str, error: str) -> None:
        """Take in what went wrong with a photo."""
        self.failed.append({"photo": photo, "error": error})

    def as_json(self) -> dict[str, Any]:
        """The index in the shape that other programs rely on (DESIGN §8)."""
        return {
            "bibs": in_order(self.bibs),
            "unsure": in_order(self.unsure),
            "photos": self.photos,
            "failed": self.failed,
            "paid_calls": self.paid_calls,
            "cost_usd": self.cost / 1_000_000,
        }

    def _asserts(self, bib: Bib) -> bool:
        return bib.state == "listed" or (bib.state == "read" and not self.listed)


def in_order(found: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """By number: 7 before 12 before 012."""
    return dict(sorted(found.items(), key=lambda item: (len(item[0]), item[0])))


def _surest(bibs: Iterable[Bib]) -> list[Bib]:
    """Each number once."""
    best: dict[str, Bib] = {}
    for bib in bibs:
        if bib.number not in best or best[bib.number].confidence < bib.confidence:
            best[bib.number] = bib
    return list(best.values())


def _found(photo: str, bib: Bib) -> dict[str, Any]:
    return {"photo": photo, "confidence": round(bib.confidence, 1)}
