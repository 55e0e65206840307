"""What is settled for a channel is remembered."""

from sqlalchemy import update

from bot.core.channel import ChannelSettings
from storage import Storage
from storage.models import ChannelRow

SETTLED = ChannelSettings(
    on=False, detectors=("text",), confidence=91.5, attributes=("smile", "glasses"), moderators="C0CREW001"
)


def settings(storage: Storage, workspace: str, channel: str) -> ChannelSettings:
    with storage.begin(workspace) as work:
        return work.channels.settings(channel)


def settle(storage: Storage, workspace: str, channel: str, settled: ChannelSettings) -> None:
    with storage.begin(workspace) as work:
        work.channels.settle(channel, settled)


def test_a_channel_that_nobody_settled_has_the_defaults(storage: Storage) -> None:
    assert settings(storage, "T1", "C1") == ChannelSettings()


def test_settings_come_back_as_they_were_settled(storage: Storage) -> None:
    settle(storage, "T1", "C1", SETTLED)

    assert settings(storage, "T1", "C1") == SETTLED


def test_the_newest_settings_hold(storage: Storage) -> None:
    settle(storage, "T1", "C1", SETTLED)
    settle(storage, "T1", "C1", ChannelSettings(confidence=70.0))

    assert settings(storage, "T1", "C1") == ChannelSettings(confidence=70.0)


def test_settings_are_those_of_one_channel_in_one_workspace(storage: Storage) -> None:
    settle(storage, "T1", "C1", SETTLED)

    assert settings(storage, "T1", "C2") == ChannelSettings()
    assert settings(storage, "T2", "C1") == ChannelSettings()


def test_stored_names_that_are_no_longer_known_are_ignored_and_new_ones_have_their_default(storage: Storage) -> None:
    settle(storage, "T1", "C1", SETTLED)
    with storage.engine.begin() as connection:
        connection.execute(update(ChannelRow).values(settings={"on": False, "sepia": True}))

    assert settings(storage, "T1", "C1") == ChannelSettings(on=False)


def test_a_channel_is_settled_once_somebody_settled_anything_even_the_defaults(storage: Storage) -> None:
    with storage.begin("T1") as work:
        assert not work.channels.is_settled("C9")
        work.channels.settle("C9", ChannelSettings())
        assert work.channels.is_settled("C9")
