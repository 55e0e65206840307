"""What a month has cost, by day and by operation. Amounts in millionths of a dollar."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.core.money import IMAGE, Budget

LEVELS: Final = (100, 80, 50)
"""Percent of the cap that are told once they are reached (facts: trust §5)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one operation cost on one day: `2026-11-20`, boto3's name, paid calls, and their price."""

    day: str
    operation: str
    calls: int
    spent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageReport:
    """What a workspace has spent.

    Attributes:
        engine: Who looks at photos.
        paid: Whether that costs anything.
        budget: What may be spent.
        today: The day in UTC: `2026-11-20`.
        spent: This month, what is reserved for calls under way included.
        days: This month's days that cost something, with their price, in their order.
        operations: boto3's names with paid calls and their price, the dearest first.
    """

    engine: str
    paid: bool
    budget: Budget
    today: str
    spent: int
    days: tuple[tuple[str, int], ...] = ()
    operations: tuple[tuple[str, int, int], ...] = ()

    @property
    def left(self) -> int:
        """What may still be spent this month."""
        return max(0, self.budget.cap - self.spent)

    @property
    def percent(self) -> int:
        """How much of the cap is spent, rounded down."""
        return percent(self.spent, self.budget.cap)

    @property
    def spent_today(self) -> int:
        """What today has cost."""
        return dict(self.days).get(self.today, 0)


def by_day(entries: Sequence[Entry]) -> tuple[tuple[str, int], ...]:
    """Sum up a ledger by day."""
    days: Counter[str] = Counter()
    for entry in entries:
        days[entry.day] += entry.spent
    return tuple(sorted(days.items()))


def by_operation(entries: Sequence[Entry]) -> tuple[tuple[str, int, int], ...]:
    """Sum up a ledger by operation."""
    calls: Counter[str] = Counter()
    spent: Counter[str] = Counter()
    for entry in entries:
        calls[entry.operation] += entry.calls
        spent[entry.operation] += entry.spent
    return tuple((name, calls[name], price) for name, price in spent.most_common() if price)


def percent(spent: int, cap: int) -> int:
    """How much of a cap is spent; 100 from where it is too little for one more call."""
    return 100 if cap - spent < IMAGE else spent * 100 // cap


def level(spent: int, cap: int) -> int:
    """The highest of `LEVELS` that is reached; 0 for none."""
    return next((level for level in LEVELS if percent(spent, cap) >= level), 0)
