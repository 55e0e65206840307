"""What a workspace holds: people, channels, files, messages, views."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
"""An object of Slack's, as it travels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person or a bot, with the roles that Slack tells by `users.info`.

    Attributes:
        id: As `U0ADMIN01`.
        name: The handle, as `ada`.
        real_name: As `Ada Admin`.
        team_id: The workspace they belong to; another company's for a stranger.
        is_admin: A workspace admin.
        is_owner: A workspace owner.
        is_restricted: A guest.
        is_stranger: Someone of another company, met in a Slack Connect channel.
        is_bot: An app's own user.
        deleted: Deactivated.
    """

    id: str
    name: str
    real_name: str
    team_id: str
    is_admin: bool = False
    is_owner: bool = False
    is_restricted: bool = False
    is_stranger: bool = False
    is_bot: bool = False
    deleted: bool = False


@dataclass(slots=True, kw_only=True)
class Channel:
    """A conversation: a public or private channel, or the direct messages of a person with the bot.

    Attributes:
        id: As `C0RACE001`; direct messages start with D.
        name: Without the `#`; empty for direct messages.
        is_private: Only its members know of it.
        is_im: Direct messages.
        is_ext_shared: Shared with another company by Slack Connect.
        is_archived: Nobody can post any more.
        members: Their ids.
    """

    id: str
    name: str
    is_private: bool = False
    is_im: bool = False
    is_ext_shared: bool = False
    is_archived: bool = False
    members: set[str] = field(default_factory=set)

    @property
    def kind(self) -> str:
        """Slack's word for `types=`: `public_channel`, `private_channel` or `im`."""
        if self.is_im:
            return "im"
        return "private_channel" if self.is_private else "public_channel"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that a person puts into Slack.

    Attributes:
        name: As `runner.jpg`.
        data: Its bytes.
        mimetype: Guessed from the name where it is empty.
        size: Width and height in pixels, where Slack should know them; zeros for unknown.
        external_url: For a remote file (Slack's mode `external`): where it claims to live.
    """

    name: str
    data: bytes
    mimetype: str = ""
    size: tuple[int, int] = (0, 0)
    external_url: str = ""


@dataclass(slots=True, kw_only=True)
class File:
    """A file that Slack keeps.

    Attributes:
        id: As `F0000000001`.
        name: As `runner.jpg`.
        title: What people see; the name, mostly.
        mimetype: As `image/jpeg`.
        data: Its bytes; empty once it is deleted.
        user: Who uploaded it.
        created: In seconds since 1970.
        ready_at: Until then, on the monotonic clock, Slack is not done with it.
        shares: The messages that hold it, as (channel, ts).
        size: Width and height in pixels, or zeros.
        external_url: Where a remote file claims to live; empty for a hosted one.
        alt_txt: The description of the picture.
        for_app: It was put into a modal of the app, which may read it without a share.
        is_complete: The upload's third step is done.
        is_deleted: It is gone.
    """

    id: str
    name: str
    title: str
    mimetype: str
    data: bytes
    user: str
    created: int
    ready_at: float
    shares: list[tuple[str, str]] = field(default_factory=list)
    size: tuple[int, int] = (0, 0)
    external_url: str = ""
    alt_txt: str = ""
    for_app: bool = False
    is_complete: bool = True
    is_deleted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message as it is now; an edit makes a new one in its place.

    Attributes:
        channel: Where it stands.
        ts: Its identity in the channel, as `1763600000.000100`.
        user: Who wrote it.
        text: In mrkdwn.
        thread_ts: The message it answers; empty at the top level.
        blocks: Its Block Kit blocks, each with a block_id.
        files: Ids of the files that it holds.
        metadata: What the app hung on it.
        reactions: Names of emoji, each with who put it there.
        edits: How often it was updated.
        only_for: The one person who sees it, where it is ephemeral.
        bot_id: The bot that wrote it; empty for people.
    """

    channel: str
    ts: str
    user: str
    text: str = ""
    thread_ts: str = ""
    blocks: Sequence[Json] = ()
    files: tuple[str, ...] = ()
    metadata: Json | None = None
    reactions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    edits: int = 0
    only_for: str = ""
    bot_id: str = ""


@dataclass(slots=True, kw_only=True)
class View:
    """A modal that a person has open, or their App Home.

    Attributes:
        id: As `V0000000001`.
        user: Who sees it.
        content: What the app sent: type, title, blocks and so on, each block with a block_id.
        hash: Changes with every update.
        previous: The id of the modal below it; empty for the first.
        root: The id of the first modal of its stack.
        is_open: False once it was closed or submitted.
    """

    id: str
    user: str
    content: Json
    hash: str
    previous: str = ""
    root: str = ""
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Status:
    """A line of `assistant.threads.setStatus`; an empty status takes it away."""

    channel: str
    thread_ts: str
    status: str


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the Web API, and what became of it.

    Attributes:
        method: As `chat.postMessage`.
        arguments: As they came, tokens left out.
        ok: Whether the thing was done.
        error: Slack's word for why not; empty when done.
        fault: The fault that was played, as `lost`; empty for none.
        at: On the monotonic clock, in seconds.
    """

    method: str
    arguments: Json
    ok: bool
    error: str
    fault: str
    at: float


@dataclass(frozen=True, slots=True)
class Change:
    """Something happened in the workspace: `message`, `edit`, `delete`, `view`, `call` ..., and to what."""

    kind: str
    what: Any
