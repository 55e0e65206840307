"""`spotter status`: how Spotter is, on one screen; nothing is changed, and nothing is paid."""

from collections.abc import Iterator
from typing import Final

from bot.condition import Condition, condition
from bot.core.money import dollars, micro_dollars
from bot.errors import SetupError
from bot.eyes import may_ask_amazon, memory
from bot.settings import Settings
from bot.terminal import Say

_WIDTH: Final = 13


def run(settings: Settings, say: Say) -> None:
    """Say how it is.

    Raises:
        SetupError: Nothing works: the database is away or not up to date, or no process runs.
    """
    now = _asked(settings)
    for what, told in _lines(settings, now):
        say(f"{what:<{_WIDTH}}{told}")
    if not now.processes:
        raise SetupError("Nobody works. Start: spotter run; or spotter web, and spotter worker on PostgreSQL.")


def _asked(settings: Settings) -> Condition:
    with memory(settings) as storage:
        return condition(storage)


def _lines(settings: Settings, now: Condition) -> Iterator[tuple[str, str]]:
    cap = micro_dollars(settings.monthly_cap)
    yield "engine", _engine(settings)
    yield "database", f"{now.database}, up to date"
    yield "jobs", _jobs(now)
    yield "processes", f"{now.processes:,}"
    yield "given up", f"{now.dead_letters:,} in the last month"
    for workspace, spent in now.spends.items():
        yield "spent", f"{dollars(spent)} of {dollars(cap)} this month in {workspace}"
    if not now.spends:
        yield "spent", "nothing this month"


def _engine(settings: Settings) -> str:
    if may_ask_amazon(settings):
        return "Amazon Rekognition"
    return "none: there are no AWS credentials" if settings.vision == "rekognition" else "embedded, on this machine"


def _jobs(now: Condition) -> str:
    waits = f"the oldest waits for {now.oldest:.0f} s" if now.oldest else "none waits"
    return f"{now.jobs:,} open; {waits}"
