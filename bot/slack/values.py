"""What Slack tells, and what is shown in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.core.share import Share

FileKind = Literal["photo", "video", "table", "archive", "other"]
"""What a file is, as far as that matters to us."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is shown in Slack.

    Attributes:
        text: All of it in words: what notifications and screen readers say.
        blocks: The same as Block Kit.
    """

    text: str
    blocks: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Identity:
    """Who Spotter is in a workspace, and what it may do there.

    Attributes:
        org_wide: Whether the token opens a whole organization.
    """

    team: str
    user: str
    scopes: frozenset[str]
    org_wide: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackFile:
    """A file as `files.info` tells it.

    Attributes:
        kind: `photo` and `video` by Slack's type; a `table` may be a start list, an `archive` is a zip; `other` gets no
            answer.
        format: Slack's word for its type, such as `jpg`.
        url: Where its bytes are; empty where Slack does not say.
        external: Whether it lies outside Slack.
        foreign: Whether it belongs to another organisation, which did not open it to us.
        typed: Whether Slack knows its type by now; that comes a moment after the upload.
        user: Who uploaded it.
        shares: Its shares by channel, as Slack tells them.
        more_shares: Whether there are more of them than Slack tells.
    """

    id: str
    name: str
    kind: FileKind
    format: str
    url: str
    permalink: str
    size: int
    external: bool = False
    foreign: bool = False
    typed: bool = True
    user: str = ""
    shares: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)
    more_shares: bool = False

    def newest(self, channel: str) -> str:
        """The timestamp of its newest share in a channel; empty where it was not shared there."""
        return max((str(share["ts"]) for share in self.shares.get(channel, ())), key=float, default="")

    def share(self, channel: str, user: str, at: str) -> Share | None:
        """The share in a channel that lies nearest to a time; None where it was not shared there."""
        if not (there := self.shares.get(channel)):
            return None
        nearest = min(there, key=lambda share: abs(float(share["ts"]) - float(at)))
        return Share(
            channel=channel,
            ts=nearest["ts"],
            file=self.id,
            thread_ts=nearest.get("thread_ts") or nearest["ts"],
            user=nearest.get("share_user_id") or user,
            name=self.name,
            permalink=self.permalink,
            format=self.format,
        )


@dataclass(frozen=True, slots=True)
class Person:
    """A member of a workspace; whoever cannot be asked about is nobody special.

    Attributes:
        admin: A workspace owner or admin.
        guest: A guest, who sees some channels only.
        stranger: Of another company.
        active: Neither deactivated nor a bot.
    """

    id: str
    admin: bool = False
    guest: bool = False
    stranger: bool = False
    active: bool = True

    @property
    def ours(self) -> bool:
        """Whether they may ask us for anything: people of this workspace, its guests included."""
        return self.active and not self.stranger


def person_of(told: Mapping[str, Any], team: str, *, org_wide: bool) -> Person:
    """Read a person out of what `users.info` tells.

    Args:
        told: Slack's user object.
        team: The workspace's id.
        org_wide: Whether the token opens a whole organization. Then the object tells of the workspace that somebody
            belongs to first, which may be another one; whoever looks after the organization looks after all of them.
    """
    grid = told.get("enterprise_user") or {}
    home = told.get("team_id", "")
    stranger = bool(told.get("is_stranger")) or team not in (home, *grid.get("teams", ()))
    admin = (home == team or not org_wide) and _looks_after(told)
    return Person(
        id=told["id"],
        admin=not stranger and (admin or (org_wide and _looks_after(grid))),
        guest=bool(told.get("is_restricted") or told.get("is_ultra_restricted")),
        stranger=stranger,
        active=not (told.get("deleted") or told.get("is_bot")),
    )


def _looks_after(told: Mapping[str, Any]) -> bool:
    return any(told.get(flag) for flag in ("is_admin", "is_owner", "is_primary_owner"))
