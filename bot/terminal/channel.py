"""`spotter settings` and `spotter startlist`: what the operator settles for a channel."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bot.core.settling import changed, shown
from bot.detectors import every_name
from bot.entrance import workspace_of
from bot.errors import AskError
from bot.events import use_table
from bot.eyes import memory
from bot.settings import Settings
from bot.terminal import OPERATOR, Say

_CHANNEL: Final = re.compile(r"[CG][A-Z0-9]+")
_WORKSPACE: Final = re.compile(r"[TE][A-Z0-9]+")


def settle(channel: str, changes: Sequence[str], workspace: str, settings: Settings, say: Say) -> None:
    """Change a channel's settings, and show them all.

    Args:
        channel: Its id.
        changes: Each as `name=value`; none to show them only.
        workspace: Its workspace's id; empty for the one that the bot token belongs to.
        settings: The operator's.
        say: Prints a line.

    Raises:
        AskError: A setting or an id cannot be as it is typed; then nothing is kept.
    """
    workspace = _place(channel, workspace, settings)
    with memory(settings) as storage, storage.begin(workspace) as work:
        settled = changed(work.channels.settings(channel), changes, every_name())
        work.channels.settle(channel, settled, by=OPERATOR)
    say(shown(settled))


def take_start_list(channel: str, table: str, workspace: str, settings: Settings, say: Say) -> None:
    """Take a CSV as a channel's start list.

    Args:
        channel: Its id.
        table: The file's path.
        workspace: Its workspace's id; empty for the one that the bot token belongs to.
        settings: The operator's.
        say: Prints a line.

    Raises:
        AskError: It is no start list, or an id is none; the sentence names the line and what is wrong.
    """
    workspace = _place(channel, workspace, settings)
    with memory(settings) as storage:
        runners = use_table(storage, workspace, channel, Path(table).read_bytes(), by=OPERATOR)
    say(f"{runners} runners are on the start list of {channel}.")


def _place(channel: str, workspace: str, settings: Settings) -> str:
    """The channel's workspace: nobody would ever read settings that are kept for a channel's name."""
    if not _CHANNEL.fullmatch(channel):
        raise AskError(f"{channel} is not a channel's id. It stands at the end of the channel's details: C0123ABCD.")
    if workspace and not _WORKSPACE.fullmatch(workspace):
        raise AskError(f"{workspace} is not a workspace's id, such as T0123ABCD.")
    return workspace or workspace_of(settings)
