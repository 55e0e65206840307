"""Dead letters: jobs that came to nothing, which an admin may have done after all."""

from collections.abc import Callable

from bot.admins import Admins
from bot.core.dead_letter import DeadLetter
from bot.errors import AskError
from bot.slack import Slack
from storage import Storage


class DeadLetters:
    """What was given up in a workspace; only admins see it.

    Args:
        storage: The memory.
        slack_of: A workspace's Slack.
        again: Gives a job another life.
    """

    def __init__(self, storage: Storage, slack_of: Callable[[str], Slack], again: Callable[[DeadLetter], None]) -> None:
        self._storage = storage
        self._admins = Admins(storage, slack_of)
        self._again = again

    def newest(self, workspace: str, user: str) -> tuple[DeadLetter, ...]:
        """The newest ones, newest first.

        Raises:
            NotAllowed: The person is no admin.
        """
        self._admins.check(workspace, user)
        with self._storage.begin(workspace) as work:
            return work.dead_letters.newest()

    def again(self, workspace: str, user: str, job: str) -> None:
        """Promise to do a job after all; pressed twice, it is done once.

        Raises:
            NotAllowed: The person is no admin.
            AskError: There is no such job any more.
        """
        self._admins.check(workspace, user)
        with self._storage.begin(workspace) as work:
            letter = work.dead_letters.of(job)
            if letter is None:
                raise AskError("This was done meanwhile, or is too long ago.")
            if letter.kind == "look":
                work.shares.wait_again(letter.payload["file"], letter.payload["channel"])
        self._again(letter)
        with self._storage.begin(workspace) as work:
            work.dead_letters.forget(job)
            work.audit.note(user, "again", "", {"job": job})
