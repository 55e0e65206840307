"""What was spent reads well, and Slack takes it."""

import pytest

from bot.core.money import Budget
from bot.core.usage import UsageReport
from bot.demo.blockkit import problems
from handlers.blocks import usage_message

BUDGET = Budget(25_000_000, daily_share=20)
FULL = UsageReport(
    engine="Amazon Rekognition",
    paid=True,
    budget=BUDGET,
    today="2026-11-20",
    spent=6_020_000,
    days=(("2026-11-19", 5_000_000), ("2026-11-20", 1_020_000)),
    operations=(("detect_text", 6_000, 6_000_000), ("detect_faces", 20, 20_000)),
)
MONTH = tuple((f"2026-11-{day:02}", 24_999_999_999) for day in range(1, 31))


def test_a_month_by_day_and_by_operation() -> None:
    assert usage_message(FULL).text.splitlines() == [
        "$6.02 of $25.00 used this month (24 %)",
        "$18.98 is left. Today cost $1.02 of $5.00.",
        "19 Nov  ████████████████  $5.00",
        "20 Nov  ███░░░░░░░░░░░░░  $1.02",
        "Reading text: 6,000 calls",
        "████████████████  $6.00",
        "Finding faces: 20 calls",
        "█░░░░░░░░░░░░░░░  $0.0200",
        "Whoever runs Spotter can raise the cap: its setting is SPOTTER_MONTHLY_CAP.",
    ]


def test_an_engine_that_costs_nothing_has_no_chart() -> None:
    report = UsageReport(engine="embedded engine", paid=False, budget=BUDGET, today="2026-11-20", spent=0)

    assert "costs nothing" in usage_message(report).text


@pytest.mark.parametrize(
    "report",
    [
        FULL,
        UsageReport(engine="embedded engine", paid=False, budget=BUDGET, today="2026-11-20", spent=0),
        UsageReport(engine="Amazon Rekognition", paid=True, budget=Budget(0), today="2026-11-20", spent=0),
        UsageReport(
            engine="Amazon Rekognition", paid=True, budget=BUDGET, today="2026-11-30", spent=10**13, days=MONTH
        ),
    ],
)
def test_slack_takes_it(report: UsageReport) -> None:
    assert problems(list(usage_message(report).blocks), "message") == []
