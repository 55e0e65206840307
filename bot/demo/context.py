"""What a method of the Web API works with: the workspace, the arguments, and the rules that many methods share."""

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.demo.events import Events
from bot.demo.hooks import Hooks
from bot.demo.records import Channel, File, Json
from bot.demo.refusal import Refused, invalid_arguments
from bot.demo.socket_mode import SocketMode
from bot.demo.workspace import Workspace

T = TypeVar("T")

READ_SCOPES = {
    "public_channel": "channels:read",
    "private_channel": "groups:read",
    "im": "im:read",
    "mpim": "mpim:read",
}
HISTORY_SCOPES = {"public_channel": "channels:history", "private_channel": "groups:history", "im": "im:history"}


class Arguments:
    """The arguments of a call, however they came: JSON, a form, or a query."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.given = given

    def text(self, name: str) -> str:
        """Read a string; empty where it is missing."""
        value = self.given.get(name)
        return "" if value is None else str(value)

    def required(self, name: str) -> str:
        """Read a string that must be there."""
        if not (value := self.text(name)):
            raise invalid_arguments(f"missing required field: {name}")
        return value

    def number(self, name: str, default: float) -> float:
        """Read a number."""
        try:
            return float(self.text(name) or default)
        except ValueError as error:
            raise invalid_arguments(f"must be a number: {name}") from error

    def flag(self, name: str) -> bool:
        """Read a yes or no."""
        return self.text(name).lower() in {"true", "1"}

    def json(self, name: str) -> Any:
        """Read something nested, which a form carries as a string of JSON; None where it is missing."""
        value = self.given.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError as error:
            raise invalid_arguments(f"must be JSON: {name}") from error


@dataclass(frozen=True, slots=True)
class Context:
    """The whole of Slack, as its methods see it; `url` is this server's address."""

    workspace: Workspace
    events: Events
    hooks: Hooks
    sockets: SocketMode
    url: str

    @property
    def bot(self) -> str:
        """The bot's user id."""
        return self.workspace.app.bot_user_id

    def needs(self, scope: str) -> None:
        """Refuse without this scope."""
        if scope and scope not in self.workspace.scopes:
            provided = ",".join(sorted(self.workspace.scopes))
            raise Refused("missing_scope", needed=scope, provided=provided)

    def needs_team(self, arguments: Arguments) -> None:
        """Refuse to guess the workspace, where the token opens a whole organization."""
        app = self.workspace.app
        if app.org_wide and arguments.text("team_id") != app.team_id:
            raise Refused("team_access_not_granted" if arguments.text("team_id") else "missing_argument")

    def channel(self, channel_id: str) -> Channel:
        """Find a channel that the bot may know of: public, or its own."""
        channel = self.workspace.channels.get(channel_id)
        if not channel or (channel.kind != "public_channel" and self.bot not in channel.members):
            raise Refused("channel_not_found")
        return channel

    def joined_channel(self, channel_id: str) -> Channel:
        """Find a channel that the bot is in."""
        channel = self.channel(channel_id)
        if self.bot not in channel.members:
            raise Refused("not_in_channel")
        return channel

    def channel_to_post_in(self, channel_id: str) -> Channel:
        """Find where to post: a channel that the bot is in, or, by a person's id, their direct messages."""
        if channel_id in self.workspace.users:
            return self._direct_messages(channel_id)
        channel = self.channel(channel_id)
        if channel.is_archived:
            raise Refused("is_archived")
        return self.joined_channel(channel_id)

    def _direct_messages(self, user_id: str) -> Channel:
        user = self.workspace.users[user_id]
        if user.deleted or user.is_bot:
            raise Refused("channel_not_found")
        return self.workspace.direct_messages(user_id)

    def file(self, file_id: str) -> File:
        """Find a file that the bot may see."""
        file = self.workspace.files.get(file_id)
        if not file or not file.is_complete:
            raise Refused("file_not_found")
        if file.is_deleted:
            raise Refused("file_deleted")
        if not self.workspace.bot_sees(file):
            raise Refused("file_not_found")
        return file


@dataclass(frozen=True, slots=True)
class Method:
    """A method of the Web API.

    Attributes:
        run: Does it; what it returns is the answer besides `ok`.
        scope: What it needs.
        for_app_token: It wants the app-level token instead of the bot's.
    """

    run: Callable[[Context, Arguments], Json]
    scope: str = ""
    for_app_token: bool = False


def page(items: Sequence[T], arguments: Arguments, default: int = 100) -> tuple[Sequence[T], Json]:
    """Cut one page out of a list, and make the cursor of the next."""
    start = _read_cursor(arguments.text("cursor"))
    end = start + max(1, int(arguments.number("limit", default)))
    following = base64.b64encode(f"next:{end}".encode()).decode() if end < len(items) else ""
    return items[start:end], {"response_metadata": {"next_cursor": following}}


def _read_cursor(cursor: str) -> int:
    try:
        return int(base64.b64decode(cursor).decode().removeprefix("next:") or 0)
    except ValueError as error:
        raise Refused("invalid_cursor") from error
