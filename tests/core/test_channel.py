"""What a channel gets where nobody settled anything."""

from bot.core.channel import ATTRIBUTE_GROUPS, EVERY_DETECTOR, ChannelSettings
from bot.detectors import every_detector
from bot.detectors.faces import ATTRIBUTES


def test_a_new_channel_is_looked_at_by_every_detector_that_there_is() -> None:
    settings = ChannelSettings()

    assert settings.on
    assert set(settings.detectors) == set(EVERY_DETECTOR) == set(every_detector())


def test_whatever_touches_a_persons_rights_or_the_purse_is_off() -> None:
    settings = ChannelSettings()

    assert not settings.face_matching
    assert not settings.emotions_confirmed
    assert not settings.image_properties
    assert not settings.extra_looks
    assert settings.attributes == ()


def test_every_group_of_attributes_can_be_read() -> None:
    assert set(ATTRIBUTE_GROUPS) == set(ATTRIBUTES)
