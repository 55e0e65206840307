"""Workspaces that removed the app: when, and the deletion of all that is known of them."""

from typing import Final

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import InstrumentedAttribute

from storage.models import Base, Common, DepartureRow, InstallationRow, OrganizationWorkspaceRow
from storage.once import insert_once
from storage.tenancy import Tenancy

_SINCE: Final[dict[type[Base], InstrumentedAttribute[float]]] = {
    InstallationRow: InstallationRow.installed_at,
    OrganizationWorkspaceRow: OrganizationWorkspaceRow.joined_at,
}
"""What lets a workspace use the app, and since when it does."""


class Departures:
    """Every workspace that has left within the last day."""

    def __init__(self, tenancy: Tenancy) -> None:
        self._tenancy = tenancy

    def installer(self, named: str) -> str:
        """Who had the installation that somebody lost: the organization of a workspace that had none of its own."""
        with self._tenancy.begin(named) as session:
            organization = _borrowed(OrganizationWorkspaceRow.organization).filter_by(workspace=named)
            return session.scalar(organization) or named

    def borrowers(self, organization: str) -> tuple[str, ...]:
        """The workspaces that use what their organization installed, and have nothing of their own."""
        with self._tenancy.begin_everywhere() as session:
            theirs = _borrowed(OrganizationWorkspaceRow.workspace).filter_by(organization=organization)
            return tuple(session.scalars(theirs))

    def note(self, workspace: str, left_at: float) -> bool:
        """Note that a workspace removed the app, at a moment in seconds since 1970; False where it is back already."""
        with self._tenancy.begin(workspace) as session:
            if any(session.scalar(select(since).where(since > left_at)) is not None for since in _SINCE.values()):
                return False
            insert_once(session, DepartureRow, team=workspace, left_at=left_at)
            return True

    def every(self) -> dict[str, float]:
        """When each of them left."""
        with self._tenancy.begin_everywhere() as session:
            return {row.team: row.left_at for row in session.scalars(select(DepartureRow))}

    def over(self, workspace: str) -> None:
        """Look after a workspace no more: it came back, or its day is over."""
        with self._tenancy.begin(workspace) as session:
            session.execute(delete(DepartureRow).where(DepartureRow.team == workspace))

    def forget(self, workspace: str, left_at: float) -> None:
        """Delete every row of a workspace, a table at a time; an installation from after it left stays."""
        for table in _tables():
            rows = delete(table).where(table.workspace == workspace)
            if (since := _SINCE.get(table)) is not None:
                rows = rows.where(since <= left_at)
            with self._tenancy.begin(workspace) as session:
                session.execute(rows)


def _borrowed(column: InstrumentedAttribute[str]) -> Select[str]:
    """Of the workspaces that use what their organization installed, and have nothing of their own."""
    own = select(InstallationRow.workspace)
    return select(column).where(OrganizationWorkspaceRow.workspace.not_in(own))


def _tables() -> list[type[Base]]:
    """Every table whose rows belong to a workspace, those that others hang on last."""
    mapped = {mapper.local_table: mapper.class_ for mapper in Common.registry.mappers}
    classes = (mapped[table] for table in reversed(Base.metadata.sorted_tables))
    return [one for one in classes if issubclass(one, Base)]
