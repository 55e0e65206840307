"""What a handler can be. Each file of this folder that handles something names its parts in `HANDLES`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.slack import Message
from bot.spotter import Spotter


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What a person typed or pressed, in the parts that we use; each comes from the signed payload.

    Attributes:
        workspace: The workspace's id.
        user: Who asks.
        channel: Where; empty in a modal that was opened from nowhere.
        text: What was typed after the command.
        message: The message that a shortcut or a button belongs to.
        value: The value of the button or of the chosen option.
        block: The id of the block that the button stands in.
        private: What a modal carried along.
        state: What was filled into a modal: by block id, then by action id.
        show: Opens a modal; within three seconds of the ask.
    """

    workspace: str
    user: str
    channel: str = ""
    text: str = ""
    message: Mapping[str, Any] = field(default_factory=dict)
    value: str = ""
    block: str = ""
    private: str = ""
    state: Mapping[str, Any] = field(default_factory=dict)
    show: Callable[[Mapping[str, Any]], None] = lambda _view: None

    def field(self, name: str) -> Mapping[str, Any]:
        """What was filled into a field of a modal; its block and its element have the field's name."""
        filled: Mapping[str, Any] = self.state.get(name, {}).get(name, {})
        return filled


Answer = Callable[[Ask, Spotter], Message | None]
"""Answers a person, and that person alone; None where there is nothing to say."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. It is kept as a job before Slack gets its 200; nothing else happens to it.

    Attributes:
        name: Slack's name for it.
        keep: Keeps it: the workspace's id, the event, and the bot.
    """

    name: str
    keep: Callable[[str, Mapping[str, Any], Spotter], None]


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command; `usage` and `description` stand in the manifest and in the help."""

    name: str
    usage: str
    description: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Shortcut:
    """An entry in the menu of every message; `name` is at most 24 characters long."""

    callback_id: str
    name: str
    description: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Action:
    """A button or a menu in a message of ours; where it `replaces`, the answer takes that message's place."""

    action_id: str
    answer: Answer
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """A modal that was sent in."""

    callback_id: str
    answer: Answer


Handle = Event | Command | Shortcut | Action | View
