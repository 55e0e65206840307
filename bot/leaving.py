"""Whoever removes Spotter is forgotten: all that is known of them is deleted, and looked for again for a day."""

import logging
import time
from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.workspaces import Workspaces
from storage import Storage

_DAY_SECONDS: Final = 86_400.0

log = logging.getLogger(__name__)


class Leaving:
    """Forgets workspaces.

    Args:
        storage: The memory.
        forget_people: Forgets everybody in a workspace, faces first.
        workspaces: Where we are installed.
        forget_jobs: Deletes what the job engine remembers of a workspace.
    """

    def __init__(
        self,
        *,
        storage: Storage,
        forget_people: Callable[[str], None],
        workspaces: Workspaces,
        forget_jobs: Callable[[str], None],
    ) -> None:
        self._storage = storage
        self._forget_people = forget_people
        self._workspaces = workspaces
        self._forget_jobs = forget_jobs

    def forget(self, _job: str, payload: Mapping[str, Any]) -> None:
        """Forget a workspace; or an organization, and before it those that used its token: a job, to be run again."""
        left, left_at = payload["workspace"], payload["left_at"]
        for workspace in self._storage.departures.borrowers(left):
            if self._storage.departures.note(workspace, left_at):
                self._forget(workspace, left_at)
        self._forget(left, left_at)

    def _forget(self, workspace: str, left_at: float) -> None:
        """Delete the faces, then every row, then what the job engine remembers."""
        self._forget_people(workspace)
        self._storage.departures.forget(workspace, left_at)
        self._forget_jobs(workspace)
        log.info("forgot the workspace %s", workspace)

    def forget_again(self) -> None:
        """Forget them once more: what was under way when they left may have written something since."""
        for workspace, left_at in self._storage.departures.every().items():
            if self._workspaces.installed(workspace):
                self._storage.departures.over(workspace)
                continue
            self.forget("", {"workspace": workspace, "left_at": left_at})
            if time.time() - left_at > _DAY_SECONDS:
                self._storage.departures.over(workspace)
