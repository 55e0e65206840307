"""Lists of links that admins have scanned."""

from dataclasses import dataclass
from typing import Literal, cast

from sqlalchemy import update
from sqlalchemy.orm import Session

from storage.models import ScanRow
from storage.once import changed

State = Literal["asked", "running", "stopped", "done"]


@dataclass(frozen=True, slots=True)
class Scan:
    """A list of links.

    Attributes:
        id: Its name within the workspace.
        channel: Where it is told.
        user: Who asked for it.
        links: What is to be looked at.
        state: `asked` until somebody agreed to the price; `stopped` and `done` are final.
    """

    id: str
    channel: str
    user: str
    links: tuple[str, ...]
    state: State = "asked"


class Scans:
    """The scans of one workspace."""

    def __init__(self, session: Session, workspace: str) -> None:
        self._session = session
        self._workspace = workspace

    def ask(self, scan: Scan) -> None:
        """Keep a scan that waits for a yes."""
        self._session.add(
            ScanRow(workspace=self._workspace, id=scan.id, channel=scan.channel, user=scan.user, links=list(scan.links))
        )

    def get(self, scan: str) -> Scan | None:
        """A scan by its id."""
        row = self._session.get(ScanRow, (self._workspace, scan), populate_existing=True)
        return Scan(row.id, row.channel, row.user, tuple(row.links), cast("State", row.state)) if row else None

    def move(self, scan: str, before: State, after: State) -> bool:
        """Bring a scan from one state to the next; False where it was not in the first."""
        mine = update(ScanRow).where(ScanRow.workspace == self._workspace, ScanRow.id == scan, ScanRow.state == before)
        return changed(self._session, mine.values(state=after))
