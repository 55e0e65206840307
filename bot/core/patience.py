"""How long a job that fails is tried again, and how far apart: by what failed, never by a clock that could jump."""

from dataclasses import dataclass, replace
from typing import Final

_GROWTH: Final = 1.5
"""Each wait to the one before."""
_GROWN: Final = 40
"""After so many tries a wait grows no more this way: it would be years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try of a job, as it is stored until its time comes.

    Attributes:
        job: The job's name, the same for all its tries.
        life: The job's name for the engine: an admin can give it another life.
        number: How many tries came before, in this life.
        bugs: How many of them ended in an error that nobody expects.
        waited: Seconds that were spent waiting between them; what the other side asked for beyond that does not count.
        failed: Why it was given up; then only that is still to be said.
    """

    job: str
    life: str
    number: int = 0
    bugs: int = 0
    waited: float = 0.0
    failed: str = ""

    @property
    def name(self) -> str:
        """Its name for the engine."""
        return f"{self.life}#{self.number}" if self.number else self.life

    def next(self, seconds: float, *, bug: bool = False) -> "Attempt":
        """The try after this one, so many seconds later."""
        return replace(self, number=self.number + 1, bugs=self.bugs + bug, waited=self.waited + seconds)

    def giving_up(self, error: str) -> "Attempt":
        """The same job, of which only its end is still to be told: with all patience for that."""
        return replace(self, bugs=0, waited=0.0, failed=error)


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """When to try again, and when to give up (facts: trust §1.2: eight tries, or 24 hours).

    Attributes:
        first: Seconds before the second try; the wait grows by half with each.
        short: Where that ends, in seconds. What was away for minutes is found back within a minute.
        long: No wait is longer, in seconds; between the two it is a twelfth of the time that was waited so far.
        outage: Seconds after which an outage is given up.
        tries: How often a job is tried that ends in a bug.
        deaths: How often a job may take its process down with it and be run again.
    """

    first: float = 1.0
    short: float = 45.0
    long: float = 600.0
    outage: float = 86_400.0
    tries: int = 8
    deaths: int = 20

    def wait(self, attempt: Attempt, *, bug: bool) -> float | None:
        """Seconds until the next try; None where there is none, because it failed often or long enough."""
        over = attempt.bugs + 1 >= self.tries if bug else attempt.waited >= self.outage
        return None if over else min(self._grown(attempt.number), self._ceiling(attempt.waited))

    def _grown(self, number: int) -> float:
        return self.first * _GROWTH ** min(number, _GROWN)

    def _ceiling(self, waited: float) -> float:
        return min(self.long, max(self.short, waited / 12))
