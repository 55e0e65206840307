"""The files of ours in Slack, so that each is there once, and goes when it is wrong."""

from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from storage.models import UploadRow
from storage.once import changed, insert_once


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """Files of ours.

    Attributes:
        channel: Where they stand.
        ts: The message that they are about.
        about: Which of its photos, by file id; or what they are of all of them.
        files: Their ids in Slack; none where they were taken down.
        shows: A name for what stands in them.
        turn: How often they were put there or taken down.
    """

    channel: str
    ts: str
    about: str
    files: tuple[str, ...] = ()
    shows: str = ""
    turn: int = 0


class Uploads:
    """The uploads of one workspace."""

    def __init__(self, session: Session, workspace: str) -> None:
        self._session = session
        self._workspace = workspace

    def of(self, channel: str, ts: str, about: str) -> Upload:
        """What is there; an upload without files where there is nothing."""
        row = self._session.get(UploadRow, (self._workspace, channel, ts, about), populate_existing=True)
        return _upload(row) if row else Upload(channel=channel, ts=ts, about=about)

    def of_message(self, channel: str, ts: str) -> tuple[Upload, ...]:
        """All that is there about a message."""
        rows = select(UploadRow).filter_by(workspace=self._workspace, channel=channel, ts=ts)
        return tuple(map(_upload, self._session.scalars(rows)))

    def change(self, known: Upload, upload: Upload) -> bool:
        """Note which files stand there now, or are about to; False where that is not what was known any more."""
        mine = {"workspace": self._workspace, "channel": upload.channel, "ts": upload.ts, "about": upload.about}
        values = {"files": list(upload.files), "shows": upload.shows, "turn": upload.turn}
        if insert_once(self._session, UploadRow, **mine, **values):
            return True
        as_known = update(UploadRow).filter_by(**mine, shows=known.shows, turn=known.turn)
        return changed(self._session, as_known.values(**values))

    def forget(self, channel: str, ts: str) -> None:
        """Delete what is known of a message's files."""
        rows = delete(UploadRow).filter_by(workspace=self._workspace, channel=channel, ts=ts)
        self._session.execute(rows)


def _upload(row: UploadRow) -> Upload:
    return Upload(
        channel=row.channel, ts=row.ts, about=row.about, files=tuple(row.files), shows=row.shows, turn=row.turn
    )
