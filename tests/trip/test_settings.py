"""`/spotter settings`: a form for admins, a summary for everybody else, and every change in the audit log."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from bot.core.channel import EMOTIONS_CONFIRMATION
from bot.demo.delivery import Ack
from bot.demo.records import Upload, View
from tests import pictures
from tests.trip.conftest import SQLITE_ALONE, Trip
from tests.trip.people import bring, modal, typed

pytestmark = SQLITE_ALONE


def opened(trip: Trip, channel: str, words: str = "settings") -> View:
    """The form, as an admin opens it."""
    admin = trip.slack.admin.id
    before = {view.id for view in trip.slack.views(admin)}
    trip.slack.command(admin, channel, "/spotter", words)
    trip.slack.wait(lambda: any(view.id not in before for view in trip.slack.views(admin)))
    return trip.slack.views(admin)[-1]


def submitted(trip: Trip, view: View, **values: object) -> Ack:
    """What Slack hears when the form is sent in."""
    return trip.slack.submit(trip.slack.admin.id, view, values)


def saved(trip: Trip, view: View, **values: object) -> str:
    """What an admin reads when the form is kept."""
    return trip.whisper(trip.slack.admin.id, lambda: submitted(trip, view, **values)).text


def acts(trip: Trip, channel: str) -> Sequence[tuple[str, Mapping[str, Any]]]:
    """What the audit log has of a channel, newest first."""
    with trip.bot.storage.begin(trip.slack.team_id) as work:
        return [(act.act, act.detail) for act in work.audit.newest() if act.subject == channel]


def test_what_an_admin_ticks_holds_from_then_on_and_stands_in_the_audit_log(trip: Trip) -> None:
    channel = trip.channel()

    said = saved(
        trip,
        opened(trip, channel),
        detectors=["text", "faces"],
        level="strict",
        nothing_found="say",
        attributes=["smile"],
        looks=["extra_looks"],
        correctors="admins",
        budget_share="40",
        digest="none",
    )

    assert said == "Saved. This holds for photos from now on."
    now = trip.settings(channel)
    assert (now.detectors, now.confidence, now.nothing_found) == (("text", "faces"), 90.0, "say")
    assert (now.attributes, now.extra_looks, now.correctors, now.budget_share) == (("smile",), True, "admins", 40.0)
    [(act, detail)] = acts(trip, channel)
    assert act == "settings"
    assert detail["detectors"] == "text,faces"
    assert "moderation" not in detail


def test_a_form_that_is_sent_as_it_was_opened_changes_nothing(trip: Trip) -> None:
    channel = trip.channel(bib_range="1-50", scan_hosts=("photos.example",), confidence=77.0)
    before = trip.settings(channel)

    assert saved(trip, opened(trip, channel)) == "Nothing was changed."
    assert trip.settings(channel) == before
    assert acts(trip, channel) == []


def test_members_read_the_settings_and_get_no_form(trip: Trip) -> None:
    user = trip.slack.member.id

    said = typed(trip, user, trip.channel(), "/spotter", "settings")

    assert said.endswith("Admins change this with /spotter settings.")
    assert trip.slack.views(user) == []


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"moderation": "both"}, "moderators", "Choose the moderators' channel"),
        ({"detectors": ["custom_labels"]}, "custom_model", "has no name yet"),
        ({"custom_model": "my model"}, "custom_model", "arn:aws:rekognition"),
        ({"attributes": ["emotions"]}, "confirmation", EMOTIONS_CONFIRMATION),
        ({"attributes": ["emotions"], "confirmation": "Yes"}, "confirmation", EMOTIONS_CONFIRMATION),
        ({"budget_share": "101"}, "budget_share", "0 to 100"),
    ],
)
def test_a_field_that_cannot_be_so_says_why_in_the_form_and_nothing_is_kept(
    trip: Trip, values: Mapping[str, object], field: str, sentence: str
) -> None:
    channel = trip.channel()
    before = trip.settings(channel)
    form = opened(trip, channel)

    ack = submitted(trip, form, **values)

    assert ack.body["response_action"] == "errors"
    assert sentence in ack.body["errors"][field]
    assert form.is_open
    assert trip.settings(channel) == before


def test_a_moderators_channel_that_i_am_not_in_is_refused(trip: Trip) -> None:
    form = opened(trip, trip.channel())

    ack = submitted(trip, form, moderation="moderators", moderators=trip.channel(joined=False))

    assert "I am not in that channel" in ack.body["errors"]["moderators"]


def test_emotions_are_told_once_the_sentence_is_typed_and_taking_them_away_ends_that(trip: Trip) -> None:
    channel = trip.channel()

    saved(trip, opened(trip, channel), attributes=["emotions"], confirmation=EMOTIONS_CONFIRMATION.lower()[:-1])

    assert trip.settings(channel).emotions_confirmed
    assert acts(trip, channel)[0][1]["emotions_confirmed"] == "yes"
    saved(trip, opened(trip, channel), attributes=[])
    assert not trip.settings(channel).emotions_confirmed


def test_face_matching_begins_with_a_notice_to_everybody_and_ends_without(trip: Trip) -> None:
    channel = trip.channel()

    saved(trip, opened(trip, channel), face_matching=["yes"])

    assert trip.settings(channel).face_matching
    [notice] = trip.slack.messages(channel)
    assert notice.text.startswith("Face matching is on in this channel.")
    saved(trip, opened(trip, channel), face_matching=[])
    assert not trip.settings(channel).face_matching
    assert [act for act, _ in acts(trip, channel)] == ["matching_off", "matching_on"]


def test_faces_are_not_matched_where_another_company_reads_along(trip: Trip) -> None:
    channel = trip.channel()
    trip.slack.workspace.channels[channel].is_ext_shared = True

    ack = submitted(trip, opened(trip, channel), face_matching=["yes"])

    assert "another company" in ack.body["errors"]["face_matching"]
    assert trip.slack.messages(channel) == []


def test_a_preset_fills_in_its_part_and_leaves_the_rest_as_it_was_entered(trip: Trip) -> None:
    channel, admin = trip.channel(), trip.slack.admin.id
    form = opened(trip, channel)
    before = form.hash

    trip.slack.press(admin, form, "settings_preset_everything", values={"nothing_found": "say", "level": "eager"})

    trip.slack.wait(lambda: form.hash != before)
    saved(trip, form)
    now = trip.settings(channel)
    assert {"labels", "protective_equipment"} < set(now.detectors)
    assert (now.image_properties, now.nothing_found, now.confidence) == (True, "say", 60.0)


def test_a_preset_can_be_named_with_the_command(trip: Trip) -> None:
    channel = trip.channel(detectors=("labels",))

    saved(trip, opened(trip, channel, "settings moderation"))

    assert trip.settings(channel).detectors == ("moderation",)
    said = typed(trip, trip.slack.admin.id, channel, "/spotter", "settings party")
    assert said == "Usage: /spotter settings, or /spotter settings and race, event, moderation, everything."


def test_the_event_opens_over_the_settings_and_its_errors_stand_in_it(trip: Trip) -> None:
    channel, admin = trip.channel(), trip.slack.admin.id
    form = opened(trip, channel)

    trip.slack.press(admin, form, "settings_event")
    event = modal(trip, admin, "event")
    ack = trip.slack.submit(admin, event, {"event_date": "yesterday"})

    assert event.previous == form.id
    assert "2026-05-17" in ack.body["errors"]["event_date"]
    trip.whisper(admin, lambda: trip.slack.submit(admin, event, {"bib_range": "1-500"}))
    assert trip.settings(channel).bib_range == "1-500"


def test_where_admins_alone_correct_a_member_is_told_so(trip: Trip) -> None:
    user = trip.slack.member.id
    channel = bring(trip, user, trip.channel(correctors="admins"))
    answer = trip.answer(trip.drop(channel, Upload("finish.jpg", pictures.bib("4801"))))

    said = trip.whisper(user, lambda: trip.slack.press(user, answer, "photo_reply", "correct")).text

    assert said == "In this channel only admins can correct a bib. Ask one of them."
    trip.slack.press(trip.slack.admin.id, answer, "photo_reply", "correct")
    assert modal(trip, trip.slack.admin.id, "wrong_bib").is_open
