"""The audit log, for admins to read: who did what."""

from collections.abc import Callable
from typing import Final

from bot.admins import Admins
from bot.core.audit import AuditPage
from bot.slack import Slack
from storage import Storage

_A_PAGE: Final = 15
_ONLY_ADMINS: Final = "This log is for admins. /faces audit tells you who searched for you, and what else was done."


class AuditLog:
    """Tells admins who did what."""

    def __init__(self, storage: Storage, slack_of: Callable[[str], Slack]) -> None:
        self._storage = storage
        self._admins = Admins(storage, slack_of)

    def page(self, workspace: str, user: str, before: int = 0) -> AuditPage:
        """A page of acts, newest first.

        Args:
            workspace: Its id.
            user: Who reads.
            before: The number of the act before which the page begins; 0 for the newest.

        Raises:
            NotAllowed: The reader is no admin.
        """
        self._admins.check(workspace, user, _ONLY_ADMINS)
        with self._storage.begin(workspace) as work:
            acts, newest = work.audit.newest(before=before, most=_A_PAGE + 1), work.audit.newest(most=1)
            known = work.people.among({act.subject for act in acts})
        page = acts[:_A_PAGE]
        return AuditPage(
            acts=page,
            names={person.id: person.name for person in known},
            older=page[-1].number if len(acts) > _A_PAGE else 0,
            newer=page[0].number + _A_PAGE + 1 if page[:1] != newest else 0,
        )
