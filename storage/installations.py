"""Where the app is installed, with its tokens encrypted; and the proofs of installations that are under way."""

import time
from dataclasses import dataclass, field
from secrets import token_urlsafe
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from storage.models import DepartureRow, InstallationRow, InstallStateRow, OrganizationWorkspaceRow
from storage.once import insert_once
from storage.sealing import Seal
from storage.tenancy import Tenancy

_STATE_SECONDS: Final = 600.0
"""How long somebody may take to agree on Slack's page; slack_sdk's own default."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """The app in a workspace, or in a whole organization.

    Attributes:
        workspace: Its id.
        name: Its name.
        bot_token: With which we call Slack there.
        bot_user: Who we are there.
        scopes: What we may do there.
        installed_by: The user who installed us.
        is_organization: Whether it is an organization: its token opens each of its workspaces.
    """

    workspace: str
    name: str
    bot_token: str = field(repr=False)
    bot_user: str
    scopes: tuple[str, ...]
    installed_by: str
    is_organization: bool = False


class Installations:
    """Every workspace and every organization that the app is installed in."""

    def __init__(self, tenancy: Tenancy, seal: Seal) -> None:
        self._tenancy = tenancy
        self._seal = seal

    def keep(self, installed: Installed) -> None:
        """Keep an installation, in place of an earlier one in the same workspace or organization."""
        row = InstallationRow(
            workspace=installed.workspace,
            name=installed.name,
            bot_token=self._seal.close(installed.bot_token),
            bot_user=installed.bot_user,
            scopes=",".join(installed.scopes),
            installed_by=installed.installed_by,
            installed_at=time.time(),
            is_organization=installed.is_organization,
        )
        with self._tenancy.begin(installed.workspace) as session:
            session.merge(row)

    def of(self, workspace: str) -> Installed | None:
        """What a workspace uses: its own installation, else its organization's; None where there is neither.

        Raises:
            SetupError: None of the operator's keys opens its token.
        """
        with self._tenancy.begin(workspace) as session:
            row = session.get(InstallationRow, workspace)
            if row:
                return None if row.is_organization else self._installed(row)
            mine = select(OrganizationWorkspaceRow.organization).filter_by(workspace=workspace)
            organization = session.scalar(mine)
        return self.of_organization(organization) if organization else None

    def of_organization(self, organization: str) -> Installed | None:
        """The installation in a whole organization; None where there is none. Raises what `of` raises."""
        with self._tenancy.begin(organization) as session:
            row = session.get(InstallationRow, organization)
            return self._installed(row) if row and row.is_organization else None

    def join(self, workspace: str, organization: str, at: float) -> None:
        """Let a workspace use what its organization installed, as news from there show that it may.

        Args:
            workspace: Its id.
            organization: The organization's id; nothing happens where that has not installed us.
            at: When the news were made, in seconds since 1970: those from before either of them left prove nothing.
        """
        if self.of_organization(organization) is None:
            return
        with self._tenancy.begin(workspace) as session:
            if (_left(session, workspace, organization) or 0.0) < at:
                insert_once(
                    session, OrganizationWorkspaceRow, workspace=workspace, organization=organization, joined_at=at
                )
                session.execute(delete(DepartureRow).where(DepartureRow.team == workspace))

    def every(self) -> tuple[str, ...]:
        """Every workspace that has installed us, or uses what its organization installed."""
        with self._tenancy.begin_everywhere() as session:
            own = session.scalars(select(InstallationRow.workspace).where(~InstallationRow.is_organization)).all()
            joined = session.scalars(select(OrganizationWorkspaceRow.workspace)).all()
        return tuple(sorted({*own, *joined}))

    def all(self) -> tuple[Installed, ...]:
        """Every installation, with its token; raises what `of` raises."""
        with self._tenancy.begin_everywhere() as session:
            rows = session.scalars(select(InstallationRow).order_by(InstallationRow.workspace))
            return tuple(self._installed(row) for row in rows)

    def renew(self) -> int:
        """Encrypt every token anew, with the newest key; how many there are.

        Raises:
            SetupError: None of the keys opens one of them; then none is changed.
        """
        with self._tenancy.begin_everywhere() as session:
            rows = session.scalars(select(InstallationRow).with_for_update()).all()
            for row in rows:
                row.bot_token = self._seal.renew(row.bot_token)
            return len(rows)

    def issue_state(self) -> str:
        """Begin an installation: its proof. Those that nobody came back with in time are forgotten."""
        state, now = token_urlsafe(32), time.time()
        with self._tenancy.begin_everywhere() as session:
            session.execute(delete(InstallStateRow).where(InstallStateRow.until < now))
            session.add(InstallStateRow(state=state, until=now + _STATE_SECONDS))
        return state

    def consume_state(self, state: str) -> bool:
        """Whether an installation with this proof was begun here a while ago; asked again it never is."""
        proof = delete(InstallStateRow).where(InstallStateRow.state == state).returning(InstallStateRow.until)
        with self._tenancy.begin_everywhere() as session:
            return (session.scalar(proof) or 0.0) > time.time()

    def _installed(self, row: InstallationRow) -> Installed:
        return Installed(
            workspace=row.workspace,
            name=row.name,
            bot_token=self._seal.open(row.bot_token),
            bot_user=row.bot_user,
            scopes=tuple(row.scopes.split(",")),
            installed_by=row.installed_by,
            is_organization=row.is_organization,
        )


def _left(session: Session, *those: str) -> float | None:
    """When the last of them left; None where none did lately."""
    return session.scalar(select(func.max(DepartureRow.left_at)).where(DepartureRow.team.in_(those)))
