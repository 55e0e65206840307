"""What is settled for each channel."""

from dataclasses import asdict, fields
from typing import Any

from sqlalchemy.orm import Session

from bot.core.channel import ChannelSettings
from storage.models import ChannelRow


class Channels:
    """The channels' settings of one workspace."""

    def __init__(self, session: Session, workspace: str) -> None:
        self._session = session
        self._workspace = workspace

    def settings(self, channel: str) -> ChannelSettings:
        """The channel's settings; the defaults where nobody settled anything."""
        row = self._session.get(ChannelRow, (self._workspace, channel))
        return _settings(row.settings) if row else ChannelSettings()

    def settle(self, channel: str, settings: ChannelSettings) -> None:
        """Keep the channel's settings."""
        self._session.merge(ChannelRow(workspace=self._workspace, channel=channel, settings=asdict(settings)))


def _settings(stored: dict[str, Any]) -> ChannelSettings:
    known = {field.name for field in fields(ChannelSettings)}
    given: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in stored.items() if name in known
    }
    return ChannelSettings(**given)
