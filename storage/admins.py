"""Whom a workspace's admins named as admins of Spotter."""

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from storage.models import NamedAdminRow
from storage.once import changed, insert_once


class Admins:
    """The named admins of one workspace."""

    def __init__(self, session: Session, workspace: str) -> None:
        self._session = session
        self._workspace = workspace

    def add(self, user: str, by: str) -> bool:
        """Name somebody; False where they are named already."""
        return insert_once(self._session, NamedAdminRow, workspace=self._workspace, user=user, by=by)

    def remove(self, user: str) -> bool:
        """Take somebody's name back; False where they were not named."""
        return changed(self._session, delete(NamedAdminRow).where(*self._is(user)))

    def has(self, user: str) -> bool:
        """Whether somebody is named."""
        return self._session.scalar(select(NamedAdminRow.user).where(*self._is(user))) is not None

    def everybody(self) -> tuple[str, ...]:
        """The ids of all who are named, the first one named first."""
        rows = select(NamedAdminRow.user).where(NamedAdminRow.workspace == self._workspace)
        return tuple(self._session.scalars(rows.order_by(NamedAdminRow.at, NamedAdminRow.user)))

    def _is(self, user: str) -> tuple[ColumnElement[bool], ...]:
        return NamedAdminRow.workspace == self._workspace, NamedAdminRow.user == user
