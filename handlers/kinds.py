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
        channel: Where; of a modal, where it was opened; empty for nowhere.
        thread: The thread there, by its first message's timestamp; empty for none.
        text: What was typed after the command.
        message: The message that a shortcut or a button belongs to.
        value: The value of the button or of the chosen option.
        block: The id of the block that the button stands in.
        private: What a modal carried along.
        state: What was filled into a modal: by block id, then by action id.
        home: The part of App Home that it was asked in; empty for anywhere else.
        show: Opens a modal, over the one that is open where one is; within three seconds of the ask.
        change: Puts another form in the place of the modal that the button stands in.
    """

    workspace: str
    user: str
    channel: str = ""
    thread: str = ""
    text: str = ""
    message: Mapping[str, Any] = field(default_factory=dict)
    value: str = ""
    block: str = ""
    private: str = ""
    state: Mapping[str, Any] = field(default_factory=dict)
    home: str = ""
    show: Callable[[Mapping[str, Any]], None] = lambda _view: None
    change: Callable[[Mapping[str, Any]], None] = lambda _view: None

    def field(self, name: str) -> Mapping[str, Any]:
        """What was filled into a field of a modal; its element has the field's name."""
        filled: Mapping[str, Any] = self.state.get(self.block_of(name), {}).get(name, {})
        return filled

    def block_of(self, name: str) -> str:
        """The id of the block that a field of a modal stands in; empty where there is no such field."""
        return next((block for block, fields in self.state.items() if name in fields), "")

    def typed(self, name: str) -> str:
        """What was typed into a field; empty where nothing was."""
        return str(self.field(name).get("value") or "").strip()

    def chosen(self, name: str) -> str:
        """The value of the option that was chosen in a field; empty where none was."""
        return str((self.field(name).get("selected_option") or {}).get("value") or "")

    def ticked(self, name: str) -> list[str]:
        """The values of the boxes of a field that are ticked."""
        return [str(option["value"]) for option in self.field(name).get("selected_options") or []]

    def conversation(self, name: str) -> str:
        """The id of the channel that was chosen in a field; empty where none was."""
        return str(self.field(name).get("selected_conversation") or "")

    def is_ticked(self, name: str) -> bool:
        """Whether the box of a field is ticked."""
        return bool(self.field(name).get("selected_options"))

    def files(self, name: str) -> list[str]:
        """The ids of the files that were put into a field."""
        return [str(file["id"]) for file in self.field(name).get("files") or []]


Answer = Callable[[Ask, Spotter], Message | None]
"""Answers a person, and that person alone; None where there is nothing to say."""

Check = Callable[[Ask, Spotter], object]
"""Looks at a form without changing anything; the `WrongField` that it raises stands below that field."""

Keep = Callable[[str, Mapping[str, Any], Spotter], None]
"""Keeps an event: the workspace's id, the event, and the bot."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. It is kept as a job before Slack gets its 200; nothing else happens to it.

    Attributes:
        name: Slack's name for it.
        keep: Keeps it, where others did it.
        ours: Keeps it, where we did it ourselves; None where that does not matter.
        of_installer: Whether it is about our installation: `keep` is told who had that, be it a whole organization.
    """

    name: str
    keep: Keep
    ours: Keep | None = None
    of_installer: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody comes to App Home: it is shown to them at once. Nothing is kept: whoever sees nothing comes again.

    Attributes:
        name: Slack's name for it.
        answer: What stands there.
    """

    name: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command; `usage` and `description` stand in the manifest and in the help."""

    name: str
    usage: str
    description: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Shortcut:
    """An entry in the menu of every message, or `everywhere` in Slack; `name` is at most 24 characters long."""

    callback_id: str
    name: str
    description: str
    answer: Answer
    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    """A button or a menu in a message of ours; where it `replaces`, the answer takes that message's place."""

    action_id: str
    answer: Answer
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """A modal that was sent in.

    Attributes:
        callback_id: Its name.
        answer: Answers it, once it is closed.
        check: Looks at the form while it is still open; None where only the answer can tell what is wrong.
    """

    callback_id: str
    answer: Answer
    check: Check | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of a workflow; what it takes and gives are Slack's parameters, by their names.

    Attributes:
        callback_id: Its name.
        title: What people read in Workflow Builder.
        description: What it does.
        takes: Its input parameters.
        gives: Its output parameters.
        run: Does it: the workspace's id and the inputs give the outputs.
    """

    callback_id: str
    title: str
    description: str
    takes: Mapping[str, Any]
    gives: Mapping[str, Any]
    run: Callable[[str, Mapping[str, Any], Spotter], Mapping[str, Any]]


Handle = Event | Visit | Command | Shortcut | Action | View | Step
