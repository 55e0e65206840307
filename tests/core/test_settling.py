"""Settings as they are typed at a terminal."""

import pytest

from bot.core.channel import ChannelSettings
from bot.core.settling import changed, differing, shown
from bot.errors import AskError, WrongField

DEFAULT = ChannelSettings()
MODEL = "arn:aws:rekognition:eu-west-1:123456789012:project/club/version/club.2026/1700000000000"


@pytest.mark.parametrize(
    ("typed", "settled"),
    [
        ("on=no", ChannelSettings(on=False)),
        ("on=OFF", ChannelSettings(on=False)),
        ("image_properties=yes", ChannelSettings(image_properties=True)),
        ("confidence=91.5", ChannelSettings(confidence=91.5)),
        ("confidence=0", ChannelSettings(confidence=0.0)),
        ("confidence=100", ChannelSettings(confidence=100.0)),
        ("detectors=text, faces", ChannelSettings(detectors=("text", "faces"))),
        ("detectors=", ChannelSettings(detectors=())),
        ("attributes=age range,smile", ChannelSettings(attributes=("age range", "smile"))),
        ("moderation=both", ChannelSettings(moderation="both")),
        ("moderators=C0CREW001", ChannelSettings(moderators="C0CREW001")),
        ("moderators=", DEFAULT),
        ("nothing_found=say", ChannelSettings(nothing_found="say")),
        (f"custom_model={MODEL}", ChannelSettings(custom_model=MODEL)),
        ("custom_model=", DEFAULT),
    ],
)
def test_a_change_is_settled_as_it_was_typed(typed: str, settled: ChannelSettings) -> None:
    assert changed(DEFAULT, [typed]) == settled


def test_several_changes_are_made_in_their_order_and_the_rest_stays() -> None:
    before = ChannelSettings(moderators="C1")

    assert changed(before, ["confidence=70", "on=no", "confidence=75"]) == ChannelSettings(
        moderators="C1", confidence=75.0, on=False
    )


def test_no_changes_change_nothing() -> None:
    assert changed(DEFAULT, []) == DEFAULT


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("sepia=yes", "I don't know the setting 'sepia'. There are: on, detectors, confidence"),
        ("=yes", "I don't know the setting ''"),
        ("on", "Write a setting as name=value, such as on=no, not 'on'."),
        ("", "Write a setting as name=value, such as on=no, not ''."),
        ("on=perhaps", "on is yes or no, not 'perhaps'"),
        ("confidence=high", "confidence is a number from 0 to 100, not 'high'"),
        ("confidence=101", "confidence is a number from 0 to 100, not 101"),
        ("confidence=-1", "confidence is a number from 0 to 100, not -1"),
        ("confidence=nan", "confidence is a number from 0 to 100, not nan"),
        ("detectors=text,smell", "celebrities, moderation, not 'smell'"),
        ("attributes=shoes", "attributes knows age range, smile"),
        ("moderation=nobody", "moderation knows thread, moderators, both, not 'nobody'"),
        ("custom_model=cones", "custom_model is a model version's ARN such as arn:aws:rekognition:"),
        ("nothing_found=shout", "nothing_found knows silent, say, not 'shout'"),
    ],
)
def test_what_is_unknown_is_refused_with_what_is_known(typed: str, sentence: str) -> None:
    with pytest.raises(AskError) as refused:
        changed(DEFAULT, [typed])

    assert sentence in refused.value.say


@pytest.mark.parametrize(
    "settings",
    [
        DEFAULT,
        ChannelSettings(
            on=False,
            detectors=("text",),
            confidence=91.5,
            attributes=("age range",),
            moderation="both",
            moderators="C1",
        ),
    ],
)
def test_what_is_shown_can_be_typed(settings: ChannelSettings) -> None:
    assert changed(ChannelSettings(on=False, confidence=1.0), shown(settings).splitlines()) == settings


def test_settings_are_shown_a_line_each() -> None:
    assert shown(DEFAULT).splitlines()[:3] == [
        "on=yes",
        "detectors=labels,text,faces,celebrities,moderation",
        "confidence=80",
    ]


def test_a_wrong_value_names_its_field_and_reads_well_below_it() -> None:
    with pytest.raises(WrongField, match="budget_share is a number") as wrong:
        changed(DEFAULT, ["on=no", "budget_share=120"])

    assert (wrong.value.field, wrong.value.below) == ("budget_share", "This is a number from 0 to 100, not 120.")


def test_what_differs_is_told_as_it_could_be_typed() -> None:
    after = ChannelSettings(detectors=("text",), on=False, correctors="admins")

    assert differing(DEFAULT, after) == {"on": "no", "detectors": "text", "correctors": "admins"}
    assert changed(DEFAULT, [f"{name}={value}" for name, value in differing(DEFAULT, after).items()]) == after
