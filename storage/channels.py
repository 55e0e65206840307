"""What is settled for each channel."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any, Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from bot.core.channel import ChannelSettings
from storage.audit import Audit
from storage.models import ChannelRow
from storage.prepared import MINE, run, table

_CHANNEL: Final = table(ChannelRow).c
_OF_CHANNEL: Final = select(_CHANNEL.settings).where(
    _CHANNEL.workspace == MINE, _CHANNEL.channel == bindparam("channel")
)


class Channels:
    """The channels' settings of one workspace."""

    def __init__(self, session: Session, workspace: str) -> None:
        self._session = session
        self._workspace = workspace

    def settings(self, channel: str) -> ChannelSettings:
        """The channel's settings; the defaults where nobody settled anything."""
        stored = run(self._session, _OF_CHANNEL, workspace=self._workspace, channel=channel).scalar()
        return ChannelSettings() if stored is None else _settings(stored)

    def every(self) -> Mapping[str, ChannelSettings]:
        """The settings of the channels for which somebody settled something, by their ids."""
        rows = self._session.scalars(select(ChannelRow).filter_by(workspace=self._workspace))
        return {row.channel: _settings(row.settings) for row in rows}

    def is_settled(self, channel: str) -> bool:
        """Whether somebody settled anything."""
        return self._session.get(ChannelRow, (self._workspace, channel)) is not None

    def settle(self, channel: str, settings: ChannelSettings, by: str = "") -> None:
        """Keep the channel's settings.

        Args:
            channel: The channel's id.
            settings: All of them.
            by: Whose wish it is, for the audit log; empty where the caller notes it there as an act of its own.
        """
        after, before = asdict(settings), asdict(self.settings(channel))
        changes = {name: value for name, value in after.items() if value != before[name]}
        if by and changes:
            Audit(self._session, self._workspace).note(by, "settings", channel, changes)
        self._session.merge(ChannelRow(workspace=self._workspace, channel=channel, settings=after))


def _settings(stored: dict[str, Any]) -> ChannelSettings:
    known = {field.name for field in fields(ChannelSettings)}
    given: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in stored.items() if name in known
    }
    return ChannelSettings(**given)
