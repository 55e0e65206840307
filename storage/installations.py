"""Where the app is installed, with its tokens encrypted; and the proofs of installations that are under way."""

import time
from dataclasses import dataclass, field
from secrets import token_urlsafe
from typing import Final

from sqlalchemy import delete, select

from storage.models import InstallationRow, InstallStateRow
from storage.sealing import Seal
from storage.tenancy import Tenancy

_STATE_SECONDS: Final = 600.0
"""How long somebody may take to agree on Slack's page; slack_sdk's own default."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """The app in a workspace.

    Attributes:
        workspace: Its id.
        name: Its name.
        bot_token: With which we call Slack there.
        bot_user: Who we are there.
        scopes: What we may do there.
        installed_by: The user who installed us.
    """

    workspace: str
    name: str
    bot_token: str = field(repr=False)
    bot_user: str
    scopes: tuple[str, ...]
    installed_by: str


class Installations:
    """Every workspace that the app is installed in."""

    def __init__(self, tenancy: Tenancy, seal: Seal) -> None:
        self._tenancy = tenancy
        self._seal = seal

    def keep(self, installed: Installed) -> None:
        """Keep an installation, in place of an earlier one in the same workspace."""
        row = InstallationRow(
            workspace=installed.workspace,
            name=installed.name,
            bot_token=self._seal.close(installed.bot_token),
            bot_user=installed.bot_user,
            scopes=",".join(installed.scopes),
            installed_by=installed.installed_by,
            installed_at=time.time(),
        )
        with self._tenancy.begin(installed.workspace) as session:
            session.merge(row)

    def of(self, workspace: str) -> Installed | None:
        """The installation in a workspace; None where there is none.

        Raises:
            SetupError: None of the operator's keys opens its token.
        """
        with self._tenancy.begin(workspace) as session:
            row = session.get(InstallationRow, workspace)
            return self._installed(row) if row else None

    def every(self) -> tuple[str, ...]:
        """Every workspace with an installation."""
        with self._tenancy.begin_everywhere() as session:
            return tuple(session.scalars(select(InstallationRow.workspace).order_by(InstallationRow.workspace)))

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
        )
