"""Workspaces that removed the app: when, and the deletion of all that is known of them."""

from sqlalchemy import delete, select

from storage.models import Base, Common, DepartureRow, InstallationRow
from storage.once import insert_once
from storage.tenancy import Tenancy


class Departures:
    """Every workspace that has left within the last day."""

    def __init__(self, tenancy: Tenancy) -> None:
        self._tenancy = tenancy

    def note(self, workspace: str, left_at: float) -> bool:
        """Note that a workspace removed the app, at a moment in seconds since 1970; False where it is back already."""
        with self._tenancy.begin(workspace) as session:
            back = select(InstallationRow.installed_at).where(InstallationRow.installed_at > left_at)
            if session.scalar(back) is not None:
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
            if issubclass(table, InstallationRow):
                rows = rows.where(table.installed_at <= left_at)
            with self._tenancy.begin(workspace) as session:
                session.execute(rows)


def _tables() -> list[type[Base]]:
    """Every table whose rows belong to a workspace, those that others hang on last."""
    mapped = {mapper.local_table: mapper.class_ for mapper in Common.registry.mappers}
    classes = (mapped[table] for table in reversed(Base.metadata.sorted_tables))
    return [one for one in classes if issubclass(one, Base)]
