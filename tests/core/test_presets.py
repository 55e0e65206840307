"""Settings in words."""

import pytest

from bot.core.channel import ChannelSettings
from bot.core.presets import LEVELS, PRESETS, level, with_preset
from bot.core.settling import changed
from bot.detectors import every_name


def test_a_new_channel_is_the_normal_one_and_the_preset_for_events() -> None:
    assert level(ChannelSettings()) == "normal"
    assert with_preset(ChannelSettings(), "event", every_name()) == ChannelSettings()


@pytest.mark.parametrize("word", LEVELS)
def test_a_level_is_known_by_its_numbers(word: str) -> None:
    assert level(changed(ChannelSettings(), [f"{name}={least}" for name, least in LEVELS[word].items()])) == word


def test_numbers_of_ones_own_have_no_word() -> None:
    assert level(ChannelSettings(confidence=77.0)) == ""


def test_the_stricter_the_level_the_more_confidence_it_takes() -> None:
    for name in LEVELS["normal"]:
        assert LEVELS["strict"][name] > LEVELS["normal"][name] > LEVELS["eager"][name]


@pytest.mark.parametrize("preset", PRESETS)
def test_no_preset_touches_people_money_or_the_event(preset: str) -> None:
    before = ChannelSettings(face_matching=True, attributes=("smile",), budget_share=20, bib_range="1-99", on=False)

    after = with_preset(before, preset, every_name())

    kept = ("face_matching", "attributes", "budget_share", "bib_range", "on", "moderation", "confidence")
    assert all(getattr(after, name) == getattr(before, name) for name in kept)


def test_everything_asks_a_model_of_ones_own_only_where_one_is_named() -> None:
    assert "custom_labels" not in with_preset(ChannelSettings(), "everything", every_name()).detectors
    named = with_preset(ChannelSettings(custom_model="arn:…"), "everything", every_name()).detectors
    assert named == every_name()
