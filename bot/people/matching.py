"""Face matching in a channel: off until an admin turns it on there, and everybody there has read what it does."""

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

from bot.admins import Admins
from bot.core.job import Submit
from bot.errors import AskError
from bot.slack import Message, Slack
from storage import Storage


class Matching:
    """Turns face matching on and off, channel by channel.

    Args:
        storage: The memory.
        slack_of: A workspace's Slack.
        submit: Stores a job.
    """

    def __init__(self, storage: Storage, slack_of: Callable[[str], Slack], submit: Submit) -> None:
        self._storage = storage
        self._slack_of = slack_of
        self._submit = submit
        self._admins = Admins(storage, slack_of)

    def is_on(self, workspace: str, channel: str) -> bool:
        """Whether faces are matched in a channel."""
        with self._storage.begin(workspace) as work:
            return work.channels.settings(channel).face_matching

    def check(self, workspace: str, channel: str) -> None:
        """Make sure that faces are matched in a channel.

        Raises:
            AskError: They are not.
        """
        if not self.is_on(workspace, channel):
            raise AskError("Face matching is off in this channel. A workspace admin can turn it on here: /faces on")

    def turn_on(self, workspace: str, admin: str, channel: str, notice: Message) -> None:
        """Post the notice, and match faces from then on.

        Raises:
            NotAllowed: The person is no admin.
            AskError: It is on already, nothing can be posted there, or another company reads there, too.
        """
        self._admins.check(workspace, admin, "Only workspace admins can turn face matching on.")
        if self.is_on(workspace, channel):
            raise AskError("Face matching is on in this channel already.")
        self.check_place(workspace, channel)
        self._slack_of(workspace).post(channel, "", notice)
        self._settle(workspace, admin, channel, on=True)

    def check_place(self, workspace: str, channel: str) -> None:
        """Make sure that faces can be matched in a channel.

        Raises:
            AskError: Nothing can be posted there, or another company reads there, too.
        """
        slack = self._slack_of(workspace)
        if not slack.joined(channel):
            raise AskError("I am not in this channel. Invite me with /invite @Spotter, then ask again.")
        if slack.is_shared(channel):
            raise AskError("This channel is shared with another company, so I match no faces here.")

    def turn_off(self, workspace: str, admin: str, channel: str) -> None:
        """Match no faces any more, and promise to take the names out of what was told already.

        Raises:
            NotAllowed: The person is no admin.
        """
        self._admins.check(workspace, admin, "Only workspace admins can turn face matching off.")
        self._settle(workspace, admin, channel, on=False)
        with self._storage.begin(workspace) as work:
            answers = {share.ts: share for share in work.matches.of_channel(channel)}
        for share in answers.values():
            self._submit("retell", f"{workspace}-{uuid4().hex}", {"workspace": workspace, "share": share.address()})

    def _settle(self, workspace: str, admin: str, channel: str, *, on: bool) -> None:
        with self._storage.begin(workspace) as work:
            work.channels.settle(channel, replace(work.channels.settings(channel), face_matching=on))
            work.notices.first(f"faces:{channel}")
            work.audit.note(admin, "matching_on" if on else "matching_off", channel)
