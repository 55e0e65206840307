"""The workspaces that Spotter works in: the one of the bot token, or all that have installed it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from bot.errors import NotInstalled, SlackError
from bot.slack import Slack

if TYPE_CHECKING:
    from storage.installations import Installations


class Workspaces(Protocol):
    """Where Spotter is installed."""

    def slack(self, workspace: str) -> Slack:
        """The door to a workspace's Slack.

        Raises:
            NotInstalled: We are not installed there, or not any more.
        """
        ...

    def knows(self, workspace: str) -> bool:
        """Whether an event of this workspace is for us, as far as can be told without asking Slack."""
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

    def knows(self, workspace: str) -> bool:
        """Whether it is this one; as long as Slack was not asked yet, it may be."""
        return self._team in ("", workspace)

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
    """The workspaces that have installed Spotter.

    The database is asked each time, so that a token that is gone is used by no process any more; what Slack told is
    remembered as long as the token stays the same.
    """

    def __init__(self, installations: "Installations", connect: Callable[[str], Slack]) -> None:
        self._installations = installations
        self._connect = connect
        self._known: dict[str, tuple[str, Slack]] = {}

    def slack(self, workspace: str) -> Slack:
        """The door to its Slack, with the newest token."""
        found = self._installations.of(workspace)
        token, slack = self._known.get(workspace, ("", None))
        if found is None:
            self._known.pop(workspace, None)
            raise NotInstalled
        if slack is None or token != found.bot_token:
            slack = self._connect(found.bot_token)
            self._known[workspace] = found.bot_token, slack
        return slack

    def knows(self, workspace: str) -> bool:
        """Whether it has installed us."""
        return bool(workspace) and self._installations.of(workspace) is not None

    installed = knows

    def every(self) -> tuple[str, ...]:
        """All that have installed us."""
        return self._installations.every()
