"""The workspaces that Spotter works in: the one of the bot token, or all that have installed it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from bot.errors import NotInstalled, SlackError
from bot.slack import Slack

if TYPE_CHECKING:
    from storage.installations import Installations


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a request comes from.

    Attributes:
        workspace: The workspace; empty where it names none.
        organization: The organization that the workspace belongs to; empty for none.
        org_wide: Whether the organization installed us, not the workspace.
        at: When it happened, in seconds since 1970.
    """

    workspace: str
    organization: str = ""
    org_wide: bool = False
    at: float = 0.0

    @property
    def installer(self) -> str:
        """Who installed us, as far as this tells."""
        return self.organization if self.org_wide or not self.workspace else self.workspace


class Workspaces(Protocol):
    """Where Spotter is installed."""

    def slack(self, workspace: str) -> Slack:
        """The door to a workspace's Slack.

        Raises:
            NotInstalled: We are not installed there, or not any more.
        """
        ...

    def meet(self, origin: Origin) -> None:
        """Take in a workspace whose organization has installed us."""
        ...

    def knows(self, installer: str) -> bool:
        """Whether an event of this workspace or organization is for us, as far as can be told without asking Slack."""
        ...

    def installed(self, workspace: str) -> bool:
        """Whether we may still call Slack there.

        Raises:
            SlackError: Slack does not tell.
        """
        ...

    def every(self) -> tuple[str, ...]:
        """Every workspace.

        Raises:
            SlackError: Slack does not tell which one it is.
        """
        ...


class OneWorkspace:
    """The workspace of the bot token in the environment."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack
        self._team = ""

    def slack(self, workspace: str) -> Slack:
        """The door to its Slack; no other workspace is ours, whoever signed the request."""
        if workspace != self._team and workspace != self._ask_team():
            raise NotInstalled
        return self._slack

    def meet(self, origin: Origin) -> None:
        """There is no other."""

    def knows(self, installer: str) -> bool:
        """Whether it is this one; as long as Slack was not asked yet, it may be."""
        return self._team in ("", installer)

    def installed(self, workspace: str) -> bool:
        """Whether the token still opens it."""
        try:
            return self._slack.still_in() == workspace
        except SlackError as error:
            if error.retry:
                raise
            return False

    def every(self) -> tuple[str, ...]:
        """This one."""
        return (self._team or self._ask_team(),)

    def _ask_team(self) -> str:
        self._team = self._slack.identity().team
        return self._team


class InstalledWorkspaces:
    """The workspaces that have installed Spotter, and those of organizations that have.

    The database is asked each time, so that a token that is gone is used by no process any more; what Slack told is
    remembered as long as the token stays the same.
    """

    def __init__(self, installations: "Installations", connect: Callable[[str, str], Slack]) -> None:
        self._installations = installations
        self._connect = connect
        self._known: dict[str, tuple[str, Slack]] = {}

    def slack(self, workspace: str) -> Slack:
        """The door to its Slack, with the newest token of its own, or of its organization."""
        found = self._installations.of(workspace)
        token, slack = self._known.get(workspace, ("", None))
        if found is None:
            self._known.pop(workspace, None)
            raise NotInstalled
        if slack is None or token != found.bot_token:
            slack = self._connect(found.bot_token, workspace if found.is_organization else "")
            self._known[workspace] = found.bot_token, slack
        return slack

    def meet(self, origin: Origin) -> None:
        """Let a workspace use what its organization installed, from the first that comes from there."""
        if origin.org_wide and origin.workspace and not self.installed(origin.workspace):
            self._installations.join(origin.workspace, origin.organization, origin.at)

    def knows(self, installer: str) -> bool:
        """Whether it has installed us, or its organization has."""
        if not installer:
            return False
        return self.installed(installer) or self._installations.of_organization(installer) is not None

    def installed(self, workspace: str) -> bool:
        """Whether there is a token for it."""
        return self._installations.of(workspace) is not None

    def every(self) -> tuple[str, ...]:
        """All that have a token."""
        return self._installations.every()
