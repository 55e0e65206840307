"""What the operator sees of all workspaces at once; nothing is changed."""

from sqlalchemy import func, select

from storage import Storage
from storage.engine import clock
from storage.models import DeadLetterRow, ProcessRow, SpendRow


class Overview:
    """Counts over all workspaces."""

    def __init__(self, storage: Storage) -> None:
        self._tenancy = storage.tenancy
        self._clock = clock(storage.engine)

    def processes(self, seconds: float) -> int:
        """How many processes on PostgreSQL were seen within so many seconds; on SQLite none shows itself."""
        with self._tenancy.begin_everywhere() as session:
            seen = select(func.count()).select_from(ProcessRow).where(ProcessRow.seen > self._clock - seconds)
            return session.scalar(seen) or 0

    def dead_letters(self) -> int:
        """How many jobs were given up in the last month, and not done after all."""
        with self._tenancy.begin_everywhere() as session:
            return session.scalar(select(func.count()).select_from(DeadLetterRow)) or 0

    def spends(self, month: str) -> dict[str, int]:
        """What each workspace has spent in a month such as `2026-11`, what is reserved included: micro-dollars."""
        with self._tenancy.begin_everywhere() as session:
            spent = select(SpendRow.workspace, SpendRow.reserved + SpendRow.spent).where(SpendRow.month == month)
            return {workspace: int(total) for workspace, total in session.execute(spent.order_by(SpendRow.workspace))}
