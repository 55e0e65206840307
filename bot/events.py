"""Start lists and events: what an admin tells of a channel's race."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from uuid import uuid4

from bot.admins import Admins
from bot.core import settling
from bot.core.channel import ChannelSettings
from bot.core.start_list import start_list_of
from bot.slack import Slack
from storage import Storage


class Events:
    """The events of a workspace, one a channel; only admins tell of them."""

    def __init__(self, storage: Storage, slack_of: Callable[[str], Slack]) -> None:
        self._storage = storage
        self._slack_of = slack_of
        self._admins = Admins(storage, slack_of)

    def allow(self, workspace: str, user: str) -> None:
        """Make sure that somebody is an admin.

        Raises:
            NotAllowed: They are not.
        """
        self._admins.check(workspace, user)

    def settings(self, workspace: str, channel: str) -> ChannelSettings:
        """What is settled for a channel."""
        with self._storage.begin(workspace) as work:
            return work.channels.settings(channel)

    def runners(self, workspace: str, channel: str) -> int:
        """How many runners are on a channel's start list."""
        with self._storage.begin(workspace) as work:
            return work.start_lists.size(channel)

    def use_file(self, workspace: str, user: str, channel: str, file: str) -> int:
        """Take a file in Slack as a channel's start list; how many runners are on it.

        Raises:
            NotAllowed: The person is no admin.
            AskError: It is no start list; the sentence names the line and what is wrong.
        """
        self.allow(workspace, user)
        return self.use_rows(workspace, user, channel, self.read_file(workspace, file))

    def read_file(self, workspace: str, file: str) -> bytes:
        """The bytes of a file in Slack that an admin has handed over."""
        slack = self._slack_of(workspace)
        return slack.download(slack.file(file))

    def use_rows(self, workspace: str, user: str, channel: str, table: bytes) -> int:
        """Take rows that an admin pasted, as `use_table` does."""
        return use_table(self._storage, workspace, channel, table, user)

    def settle(self, workspace: str, user: str, channel: str, typed: Mapping[str, str]) -> None:
        """Keep what an admin typed about an event; empty is as good as nothing.

        Raises:
            NotAllowed: The person is no admin.
            AskError: Something of it cannot be; the sentence says what.
        """
        self.allow(workspace, user)
        changes = [f"{name}={value}" for name, value in typed.items()]
        with self._storage.begin(workspace) as work:
            work.channels.settle(channel, settling.changed(work.channels.settings(channel), changes), user)


def use_table(storage: Storage, workspace: str, channel: str, table: bytes, by: str) -> int:
    """Take a CSV as a channel's start list, in place of the one before; how many runners are on it.

    Args:
        storage: The memory.
        workspace: Its id.
        channel: The channel's.
        table: The CSV.
        by: Whose wish it is, for the audit log: a Slack user's id, or `terminal`.

    Raises:
        AskError: It is no start list; the sentence names the line and what is wrong.
    """
    listed = start_list_of(table)
    rows = ((runner.bib, runner.name, dict(runner.more)) for runner in listed.runners.values())
    with storage.begin(workspace) as work:
        work.channels.settle(channel, replace(work.channels.settings(channel), start_list=uuid4().hex[:12]))
        runners = work.start_lists.replace(channel, rows)
        work.audit.note(by, "start_list", channel, {"runners": runners})
    return runners
