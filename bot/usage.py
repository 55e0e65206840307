"""What was spent: told to admins who ask, and once to everybody when much of it is gone."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from bot.admins import Admins
from bot.core import money, usage
from bot.core.usage import UsageReport
from bot.looking import Looking
from bot.slack import Slack
from storage import Storage, Work

_ONLY_ADMINS: Final = "Only workspace admins can see what was spent. /spotter status is for everybody."


class Usage:
    """Tells of money.

    Args:
        storage: The memory.
        looking: Who spends it.
        slack_of: The door to a workspace's Slack.
    """

    def __init__(self, storage: Storage, looking: Looking, slack_of: Callable[[str], Slack]) -> None:
        self._storage = storage
        self._looking = looking
        self._admins = Admins(storage, slack_of)

    def ask(self, workspace: str, user: str) -> UsageReport:
        """What a workspace has spent, for an admin.

        Raises:
            NotAllowed: The person is none.
        """
        self._admins.check(workspace, user, _ONLY_ADMINS)
        return self.of(workspace)

    def of(self, workspace: str) -> UsageReport:
        """What a workspace has spent this month."""
        today = money.day(datetime.now(UTC))
        with self._storage.begin(workspace) as work:
            spend, entries = work.spends.of(today[:7]), work.spends.entries(today[:7])
        return UsageReport(
            engine=self._looking.vision.name,
            paid=self._looking.vision.paid,
            budget=self._looking.budget,
            today=today,
            spent=spend.total,
            days=usage.by_day(entries),
            operations=usage.by_operation(entries),
        )

    def warning(self, work: Work) -> str:
        """That half, four fifths or all of the month's budget is used: said once each; else empty."""
        month, cap = money.month(datetime.now(UTC)), self._looking.budget.cap
        spent = work.spends.of(month).total
        level = usage.level(spent, cap)
        if not level or not work.notices.first(f"budget:{month}:{cap}:{level}"):
            return ""
        used = f"{level} % of this month's photo budget is used ({money.dollars(spent)} of {money.dollars(cap)})."
        return f"{used} Admins see more with /spotter usage."
