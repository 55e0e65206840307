"""What a workspace is told once, and what happened there for the first time."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import NoticeRow
from storage.once import insert_once


class Notices:
    """The notices of one workspace."""

    def __init__(self, session: Session, workspace: str) -> None:
        self._session = session
        self._workspace = workspace

    def first(self, key: str) -> bool:
        """Whether this is the first time; the second time it is not."""
        return insert_once(self._session, NoticeRow, workspace=self._workspace, key=key)

    def known(self, key: str) -> bool:
        """Whether it was told, or happened, before."""
        return self._session.get(NoticeRow, (self._workspace, key)) is not None

    def since(self, key: str) -> datetime:
        """When this was asked for the first time, in UTC without a zone; now, where it never was."""
        self.first(key)
        return self._session.scalars(select(NoticeRow.told_at).filter_by(workspace=self._workspace, key=key)).one()
