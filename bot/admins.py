"""Who is an admin here: owners and admins of the Slack workspace, and those whom they name."""

from collections.abc import Callable
from typing import Final

from bot.errors import AskError, NotAllowed
from bot.slack import Slack
from storage import Storage

ONLY_ADMINS: Final = "Only workspace admins can do this."
MOST_NAMED: Final = 100
"""Their list is one paragraph in Slack."""


class Admins:
    """The one place that says who is an admin."""

    def __init__(self, storage: Storage, slack_of: Callable[[str], Slack]) -> None:
        self._storage = storage
        self._slack_of = slack_of

    def is_admin(self, workspace: str, user: str) -> bool:
        """Whether somebody is an admin now; whoever was named and became a guest, or left, is none."""
        person = self._slack_of(workspace).person(user)
        if person.admin or person.guest or not person.ours:
            return person.admin
        with self._storage.begin(workspace) as work:
            return work.admins.has(user)

    def check(self, workspace: str, user: str, say: str = ONLY_ADMINS) -> None:
        """Make sure that somebody is an admin.

        Raises:
            NotAllowed: They are not; `say` tells so.
        """
        if not self.is_admin(workspace, user):
            raise NotAllowed(say)

    def named(self, workspace: str) -> tuple[str, ...]:
        """The ids of those who were named, for everybody to read: they can be asked for help."""
        with self._storage.begin(workspace) as work:
            return work.admins.everybody()

    def name(self, workspace: str, by: str, user: str) -> None:
        """Name somebody.

        Raises:
            NotAllowed: An owner or admin of the workspace alone can name others.
            AskError: They are an admin already, or can be none.
        """
        self._check_owner(workspace, by)
        person = self._slack_of(workspace).person(user)
        if person.guest or not person.ours:
            raise AskError("Only members of this workspace can be admins, and no guests or apps.")
        with self._storage.begin(workspace) as work:
            if len(work.admins.everybody()) >= MOST_NAMED:
                raise AskError(f"There are {MOST_NAMED} named admins already; take one back first.")
            if person.admin or not work.admins.add(user, by):
                raise AskError("This person is an admin already.")
            work.audit.note(by, "admin_add", user)

    def unname(self, workspace: str, by: str, user: str) -> None:
        """Take somebody's name back.

        Raises:
            NotAllowed: An owner or admin of the workspace alone can do so.
            AskError: They were not named.
        """
        self._check_owner(workspace, by)
        with self._storage.begin(workspace) as work:
            if not work.admins.remove(user):
                raise AskError("This person was not named. Owners and admins of the workspace are managed in Slack.")
            work.audit.note(by, "admin_remove", user)

    def _check_owner(self, workspace: str, user: str) -> None:
        if not self._slack_of(workspace).person(user).admin:
            raise NotAllowed("Only owners and admins of this Slack workspace can choose who else is an admin here.")
