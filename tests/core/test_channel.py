"""What a channel gets where nobody settled anything."""

from bot.core.channel import ATTRIBUTE_GROUPS, USUAL_DETECTORS, ChannelSettings
from bot.detectors import every_detector
from bot.detectors.faces import ATTRIBUTES


def test_a_new_channel_is_looked_at_by_every_detector_but_those_that_an_admin_must_choose() -> None:
    settings = ChannelSettings()

    assert settings.on
    assert settings.detectors == USUAL_DETECTORS
    assert set(USUAL_DETECTORS) < set(every_detector())


def test_whatever_touches_a_persons_rights_or_the_purse_is_off() -> None:
    settings = ChannelSettings()

    assert not settings.face_matching
    assert not settings.emotions_confirmed
    assert not settings.image_properties
    assert not settings.extra_looks
    assert settings.attributes == ()


def test_every_group_of_attributes_can_be_read() -> None:
    assert set(ATTRIBUTE_GROUPS) == set(ATTRIBUTES)
