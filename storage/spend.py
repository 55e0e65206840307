"""What a workspace spends: reserved before a paid call, settled after it. All amounts in millionths of a dollar."""

from dataclasses import dataclass

from sqlalchemy import update
from sqlalchemy.orm import Session

from bot.errors import BudgetSpent
from storage.models import SpendRow
from storage.once import changed, insert_once


@dataclass(frozen=True, slots=True)
class Spend:
    """A month's money so far; `reserved` is for calls under way, or cut off by a crash."""

    reserved: int
    spent: int

    @property
    def total(self) -> int:
        """What counts against the cap."""
        return self.reserved + self.spent


class Spends:
    """The money of one workspace."""

    def __init__(self, session: Session, workspace: str) -> None:
        self._session = session
        self._workspace = workspace

    def reserve(self, month: str, amount: int, cap: int) -> None:
        """Set `amount` aside in one statement, so that no number of threads passes the cap.

        Raises:
            BudgetSpent: It would pass the cap; nothing was set aside.
        """
        if self._session.get(SpendRow, (self._workspace, month)) is None:
            self._first(month)
        enough = SpendRow.reserved + SpendRow.spent + amount <= cap
        row = update(SpendRow).where(SpendRow.workspace == self._workspace, SpendRow.month == month, enough)
        if not changed(self._session, row.values(reserved=SpendRow.reserved + amount)):
            raise BudgetSpent

    def settle(self, month: str, reserved: int, spent: int) -> None:
        """Turn what was reserved into what was spent: nothing, where the call was refused."""
        row = update(SpendRow).where(SpendRow.workspace == self._workspace, SpendRow.month == month)
        changed(self._session, row.values(reserved=SpendRow.reserved - reserved, spent=SpendRow.spent + spent))

    def of(self, month: str) -> Spend:
        """A month's money so far."""
        row = self._session.get(SpendRow, (self._workspace, month), populate_existing=True)
        return Spend(row.reserved, row.spent) if row else Spend(0, 0)

    def _first(self, month: str) -> None:
        insert_once(self._session, SpendRow, workspace=self._workspace, month=month)
