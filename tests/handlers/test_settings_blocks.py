"""The form of a channel's settings, and what members read of them."""

from dataclasses import replace
from typing import Any

import pytest

from bot.core.channel import ATTRIBUTE_GROUPS, USUAL_DETECTORS, ChannelSettings
from bot.demo import blockkit
from bot.demo.elements import state
from bot.detectors import every_name
from bot.settling import Settled
from handlers.blocks import settings_modal, settings_saved, settings_summary

PLAIN = ChannelSettings()
FULL = ChannelSettings(
    detectors=every_name(),
    attributes=ATTRIBUTE_GROUPS,
    emotions_confirmed=True,
    confidence=77.0,
    moderation="both",
    moderators="C0CREW001",
    budget_share=12.5,
    custom_model="arn:aws:rekognition:eu-west-1:123456789012:project/club/version/club.2026/1700000000000",
)
EMPTY = replace(PLAIN, detectors=(), on=False)


def entered(settings: ChannelSettings, preset: str = "") -> dict[str, Any]:
    """What the form holds before anybody touches it."""
    modal = settings_modal(Settled(channel="C0RACE001", settings=settings), preset)
    filled = state(modal["blocks"], {}, lambda _: []).values()
    return {name: value for fields in filled for name, value in fields.items()}


@pytest.mark.parametrize("preset", ["", "race"])
@pytest.mark.parametrize("settings", [PLAIN, FULL, EMPTY], ids=["new", "full", "empty"])
def test_slack_takes_the_form(settings: ChannelSettings, preset: str) -> None:
    modal = settings_modal(Settled(channel="C0RACE001", settings=settings, cannot=frozenset(USUAL_DETECTORS)), preset)

    assert blockkit.problems(modal, "modal") == []


@pytest.mark.parametrize("settings", [PLAIN, FULL, EMPTY], ids=["new", "full", "empty"])
def test_slack_takes_the_summary(settings: ChannelSettings) -> None:
    told = settings_summary(Settled(channel="C0RACE001", settings=settings))

    assert blockkit.problems(list(told.blocks), "message") == []


def test_the_form_shows_what_is_settled() -> None:
    form = entered(FULL)

    assert [one["value"] for one in form["detectors"]["selected_options"]] == list(FULL.detectors)
    assert [one["value"] for one in form["attributes"]["selected_options"]] == list(ATTRIBUTE_GROUPS)
    assert form["level"]["selected_option"]["value"] == "own"
    assert form["moderators"]["selected_conversation"] == "C0CREW001"
    assert form["budget_share"]["value"] == "12.5"


def test_numbers_of_ones_own_can_be_kept_only_where_there_are_some() -> None:
    modal = settings_modal(Settled(channel="C1", settings=PLAIN))
    [levels] = [block["element"]["options"] for block in modal["blocks"] if block.get("block_id") == "level"]

    assert [one["value"] for one in levels] == ["strict", "normal", "eager"]


def test_what_the_engine_cannot_do_is_marked() -> None:
    modal = settings_modal(Settled(channel="C1", settings=PLAIN, cannot=frozenset({"celebrities"})))
    [block] = [block for block in modal["blocks"] if block.get("block_id") == "detectors"]

    options = block["element"]["options"]
    assert [one["value"] for one in options if "Not available here" in str(one.get("description"))] == ["celebrities"]


def test_where_nothing_costs_money_no_price_is_named() -> None:
    assert "paid" not in str(settings_modal(Settled(channel="C1", settings=PLAIN, free=True)))
    assert "paid" in str(settings_modal(Settled(channel="C1", settings=PLAIN)))


def test_a_preset_gives_its_fields_new_ids_since_slack_keeps_what_was_entered_under_the_old_ones() -> None:
    before, after = (settings_modal(Settled(channel="C1", settings=PLAIN), preset) for preset in ("", "race"))
    ids = [{block["block_id"] for block in view["blocks"] if block["type"] == "input"} for view in (before, after)]

    assert ids[0] - ids[1] == {"here", "detectors", "looks"}
    assert ids[1] - ids[0] == {"here-race", "detectors-race", "looks-race"}


def test_confirmed_emotions_are_not_to_be_confirmed_again() -> None:
    assert "confirmation" in entered(PLAIN)
    assert "confirmation" not in entered(FULL)


def test_members_read_what_concerns_them() -> None:
    told = settings_summary(Settled(channel="C1", settings=PLAIN)).text

    assert "Face matching: off" in told
    assert "Told of faces: nothing" in told


def test_a_channel_that_was_turned_off_says_so_when_it_is_saved() -> None:
    assert "I look at no photos here" in settings_saved(Settled(channel="C1", settings=EMPTY), changed=True).text
