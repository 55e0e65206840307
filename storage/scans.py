"""Photos behind links, and in zips, that are scanned."""

from dataclasses import dataclass
from typing import Literal, cast

from sqlalchemy import update
from sqlalchemy.orm import Session

from storage.models import ScanRow
from storage.once import changed

State = Literal["asked", "running", "stopped", "done"]


@dataclass(frozen=True, slots=True)
class Scan:
    """Photos behind links, or in a zip.

    Attributes:
        id: Its name within the workspace.
        channel: Where it is told.
        user: Who asked for it.
        links: What is to be looked at; of a zip, the names of the photos in it.
        state: `asked` until somebody agreed to the price; `stopped` and `done` are final.
        zip: The id of the zip in Slack; empty for links.
        thread: The thread that it is told in, by its first message's timestamp; empty for the channel itself.
    """

    id: str
    channel: str
    user: str
    links: tuple[str, ...]
    state: State = "asked"
    zip: str = ""
    thread: str = ""


class Scans:
    """The scans of one workspace."""

    def __init__(self, session: Session, workspace: str) -> None:
        self._session = session
        self._workspace = workspace

    def ask(self, scan: Scan) -> None:
        """Keep a scan that waits for a yes."""
        told = {"channel": scan.channel, "user": scan.user, "zip": scan.zip, "thread": scan.thread}
        self._session.add(ScanRow(workspace=self._workspace, id=scan.id, links=list(scan.links), **told))

    def get(self, scan: str) -> Scan | None:
        """A scan by its id."""
        row = self._session.get(ScanRow, (self._workspace, scan), populate_existing=True)
        if row is None:
            return None
        state = cast("State", row.state)
        return Scan(row.id, row.channel, row.user, tuple(row.links), state, row.zip, row.thread)

    def move(self, scan: str, before: State, after: State) -> bool:
        """Bring a scan from one state to the next; False where it was not in the first."""
        mine = update(ScanRow).where(ScanRow.workspace == self._workspace, ScanRow.id == scan, ScanRow.state == before)
        return changed(self._session, mine.values(state=after))
