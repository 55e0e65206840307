"""What a workspace spends: reserved before a paid call, settled after it. All amounts in millionths of a dollar.

Every change ends at the month's row, which all calls share: whoever has changed that one is alone with the month's
money until the end of the transaction, and that is near. What a crash leaves reserved on one day is given back from the
day after the next on, where else the cap would be reached. A call that was cut off may have been billed, so a month may
cost so many calls more as were under way at its crashes.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import BindParameter, bindparam, case, func, select, update
from sqlalchemy.orm import Session

from bot.core.money import Charge, Limits
from bot.core.usage import Entry
from bot.errors import BudgetSpent
from storage.models import SpendDayRow, SpendRow
from storage.once import changed, insert_once
from storage.prepared import OF_MINE, run, table

_MONTHS, _DAYS = table(SpendRow), table(SpendDayRow)
_MORE_RESERVED: Final[BindParameter[int]] = bindparam("more_reserved")
_OF_MONTH: Final = update(_MONTHS).where(_MONTHS.c.workspace == OF_MINE, _MONTHS.c.month == bindparam("in_month"))
_SET_ASIDE: Final = _OF_MONTH.where(_MONTHS.c.reserved + _MONTHS.c.spent + _MORE_RESERVED <= bindparam("cap")).values(
    reserved=_MONTHS.c.reserved + _MORE_RESERVED
)
_SETTLE: Final = _OF_MONTH.values(
    reserved=_MONTHS.c.reserved + _MORE_RESERVED, spent=_MONTHS.c.spent + bindparam("more_spent")
)
_NOTE: Final = (
    update(_DAYS)
    .where(
        _DAYS.c.workspace == OF_MINE,
        _DAYS.c.day == bindparam("on_day"),
        _DAYS.c.channel == bindparam("in_channel"),
        _DAYS.c.operation == bindparam("of_operation"),
    )
    .values(
        calls=_DAYS.c.calls + bindparam("more_calls"),
        reserved=_DAYS.c.reserved + _MORE_RESERVED,
        spent=_DAYS.c.spent + bindparam("more_spent"),
    )
)

TODAY = "Today's share of the photo budget is used up; ask me again tomorrow. Whoever runs Spotter can raise it."
CHANNEL = "This channel's share of the photo budget is used up; an admin can raise it."


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

    def reserve(self, charge: Charge, limits: Limits) -> None:
        """Set a call's price aside: the month's in one statement, so that no number of threads passes the cap.

        Raises:
            BudgetSpent: It would pass a limit. Let it leave the transaction: only that undoes what was set aside.
        """
        self._note(charge, more_calls=0, more_reserved=charge.price, more_spent=0)
        if not self._set_aside(charge, limits.month):
            self._give_back(charge)
            if not self._set_aside(charge, limits.month):
                raise BudgetSpent
        if limits.day < limits.month and self._total(charge, day=charge.day) > limits.day:
            raise BudgetSpent(TODAY)
        if limits.channel < limits.month and self._total(charge, channel=charge.channel) > limits.channel:
            raise BudgetSpent(CHANNEL)

    def settle(self, charge: Charge, spent: int) -> None:
        """Turn what was reserved into what was spent: nothing, where the call was refused."""
        settled = {"more_reserved": -charge.price, "more_spent": spent}
        self._note(charge, more_calls=int(spent > 0), **settled)
        run(self._session, _SETTLE, in_workspace=self._workspace, in_month=charge.month, **settled)

    def of(self, month: str) -> Spend:
        """A month's money so far."""
        row = self._session.get(SpendRow, (self._workspace, month), populate_existing=True)
        return Spend(row.reserved, row.spent) if row else Spend(0, 0)

    def entries(self, month: str) -> tuple[Entry, ...]:
        """What was paid for in a month, by day and operation, in this order."""
        key = SpendDayRow.day, SpendDayRow.operation
        sums = func.sum(SpendDayRow.calls), func.sum(SpendDayRow.spent)
        paid = select(*key, *sums).where(*self._in(month)).group_by(*key).order_by(*key)
        return tuple(
            Entry(day, name, int(calls), int(spent)) for day, name, calls, spent in self._session.execute(paid)
        )

    def _set_aside(self, charge: Charge, cap: int) -> bool:
        which = {"in_workspace": self._workspace, "in_month": charge.month}

        def enough() -> bool:
            return run(self._session, _SET_ASIDE, **which, more_reserved=charge.price, cap=cap).rowcount > 0

        return enough() or (self._first(SpendRow, month=charge.month) and enough())

    def _give_back(self, charge: Charge) -> None:
        """Free what crashes left reserved before yesterday; no call takes that long."""
        changed(self._session, self._month(charge).values(reserved=SpendRow.reserved))  # from here on nobody else may
        old = *self._in(charge.month), SpendDayRow.day < _day_before(charge.day)
        left = self._session.scalar(select(func.coalesce(func.sum(SpendDayRow.reserved), 0)).where(*old))
        changed(self._session, self._month(charge).values(reserved=SpendRow.reserved - int(left or 0)))
        changed(self._session, update(SpendDayRow).where(*old).values(reserved=0))

    def _total(self, charge: Charge, **of: str) -> int:
        """What counts against a share; what crashes left reserved before yesterday does not."""
        reserved = case((SpendDayRow.day >= _day_before(charge.day), SpendDayRow.reserved), else_=0)
        total = select(func.sum(SpendDayRow.spent + reserved)).where(*self._in(charge.month)).filter_by(**of)
        return int(self._session.scalar(total) or 0)

    def _note(self, charge: Charge, **more: int) -> None:
        which = {"on_day": charge.day, "in_channel": charge.channel, "of_operation": charge.operation}

        def noted() -> bool:
            return run(self._session, _NOTE, in_workspace=self._workspace, **which, **more).rowcount > 0

        if not noted():
            self._first(SpendDayRow, day=charge.day, channel=charge.channel, operation=charge.operation)
            noted()

    def _month(self, charge: Charge) -> Any:
        return update(SpendRow).filter_by(workspace=self._workspace, month=charge.month)

    def _in(self, month: str) -> tuple[Any, ...]:
        return SpendDayRow.workspace == self._workspace, SpendDayRow.day.between(f"{month}-01", f"{month}-31")

    def _first(self, model: type[SpendRow] | type[SpendDayRow], **key: str) -> bool:
        return insert_once(self._session, model, workspace=self._workspace, **key)


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()
