"""Which numbers people want to hear of."""

from collections.abc import Collection, Mapping
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from bot.errors import AskError
from storage.models import WatchRow
from storage.once import changed, insert_once

MOST_WATCHES: Final = 50
"""How many numbers one person may watch."""


class Watches:
    """The watches of one workspace."""

    def __init__(self, session: Session, workspace: str) -> None:
        self._session = session
        self._workspace = workspace

    def add(self, user: str, number: str) -> bool:
        """Watch a number for somebody; False where that is so already.

        Raises:
            AskError: They watch as many as one person may.
        """
        if not insert_once(self._session, WatchRow, workspace=self._workspace, user=user, number=number):
            return False
        if len(self.of(user)) > MOST_WATCHES:
            self.remove(user, number)
            raise AskError(
                f"You watch {MOST_WATCHES} numbers already. Take one away first: /findbib watches lists them,"
                " /findbib unwatch 1234 ends one."
            )
        return True

    def remove(self, user: str, number: str) -> bool:
        """Watch a number no more; False where nobody did."""
        mine = delete(WatchRow).filter_by(workspace=self._workspace, user=user, number=number)
        return changed(self._session, mine)

    def of(self, user: str) -> tuple[str, ...]:
        """The numbers that somebody watches, shortest first, then in their order."""
        mine = select(WatchRow.number).filter_by(workspace=self._workspace, user=user)
        return tuple(self._session.scalars(mine.order_by(func.length(WatchRow.number), WatchRow.number)))

    def watchers(self, numbers: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        """Who watches any of the numbers, each with those that they watch."""
        if not numbers:
            return {}
        rows = select(WatchRow.user, WatchRow.number).where(
            WatchRow.workspace == self._workspace, WatchRow.number.in_(numbers)
        )
        found: dict[str, tuple[str, ...]] = {}
        for user, number in self._session.execute(rows.order_by(WatchRow.user, WatchRow.number)):
            found[user] = (*found.get(user, ()), number)
        return found
