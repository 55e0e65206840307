"""What was spent, as a chart of bars."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from bot.core.money import dollars
from bot.core.operations import WORDS
from bot.core.usage import UsageReport
from bot.slack import Message
from handlers.blocks.elements import context, section
from handlers.blocks.escaping import safe
from handlers.blocks.feedback import vote_lines
from storage.feedback import Votes

_WIDTH: Final = 16
"""Signs of the longest bar: a line of it fits a phone."""
_RAISE: Final = "Whoever runs Spotter can raise the cap: its setting is SPOTTER_MONTHLY_CAP."
_COUNTED: Final = "Counted by Amazon's list prices and days in UTC."


def usage_message(report: UsageReport, votes: Mapping[str, Votes] = MappingProxyType({})) -> Message:
    """Tell what this month has cost, and what people said of the answers.

    Args:
        report: What was spent, by day and by operation, and who can raise the cap.
        votes: How often people found each detector's findings right, by its name.
    """
    said, spent = vote_lines(votes), _spent(report)
    return Message("\n".join([spent.text, *said]), (*spent.blocks, *context("\n".join(said))))


def with_article(engine: str) -> str:
    """Name what looks at photos: `Amazon Rekognition`, `the embedded engine`; harmless."""
    return safe(engine) if engine[:1].isupper() else f"the {safe(engine)}"


def _spent(report: UsageReport) -> Message:
    if not report.paid:
        say = f"Photos are looked at by {with_article(report.engine)} on this machine, which costs nothing."
        return Message(say, (section(say),))
    first = f"{dollars(report.spent)} of {dollars(report.budget.cap)} used this month ({report.percent} %)"
    rest = f"{dollars(report.left)} is left. {_today(report)}"
    words = "\n".join([first, rest, *_days(report), *_operations(report), _RAISE])
    return Message(words, (section(f"*{first}*\n{rest}"), *_charts(report), *context(f"{_RAISE} {_COUNTED}")))


def _today(report: UsageReport) -> str:
    if report.budget.daily_share == 100:  # noqa: PLR2004  # percent: there is no limit for a day
        return f"Today cost {dollars(report.spent_today)}."
    return f"Today cost {dollars(report.spent_today)} of {dollars(report.budget.day)}."


def _charts(report: UsageReport) -> list[dict[str, Any]]:
    charts = [_days(report), _operations(report)]
    return [section("```" + "\n".join(lines) + "```") for lines in charts if lines]


def _days(report: UsageReport) -> list[str]:
    bars = _bars([spent for _, spent in report.days])
    return [f"{_short(day)}  {bar}  {dollars(spent)}" for (day, spent), bar in zip(report.days, bars, strict=True)]


def _operations(report: UsageReport) -> list[str]:
    bars = _bars([spent for _, _, spent in report.operations])
    rows = zip(report.operations, bars, strict=True)
    return [f"{WORDS.get(name, name)}: {_calls(calls)}\n{bar}  {dollars(spent)}" for (name, calls, spent), bar in rows]


def _calls(number: int) -> str:
    return "1 call" if number == 1 else f"{number:,} calls"


def _bars(amounts: Sequence[int]) -> list[str]:
    """Draw bars of equal width, the longest for the largest amount; what is there at all shows."""
    most = max(amounts, default=0) or 1
    return [("█" * max(amount > 0, round(amount * _WIDTH / most))).ljust(_WIDTH, "░") for amount in amounts]


def _short(day: str) -> str:
    return f"{date.fromisoformat(day):%d %b}"
