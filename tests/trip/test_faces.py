"""`/faces`: nobody is known who did not agree, whoever agreed is known, and whoever leaves is forgotten at once."""

import json

import pytest

from bot.core.people import Person
from bot.demo.records import Message
from tests.trip.conftest import SQLITE_ALONE, Trip
from tests.trip.people import agree, bring, direct, mia, modal, new_member, portrait, typed, upload

pytestmark = SQLITE_ALONE
__all__ = ["mia"]


def known(trip: Trip, user: str) -> Person | None:
    """What is known of somebody."""
    return trip.bot.spotter.enrolling.person_of(trip.slack.team_id, user)


def test_an_admin_turns_matching_on_and_everybody_in_the_channel_reads_what_that_means(trip: Trip) -> None:
    admin, channel = trip.slack.admin.id, trip.channel()

    said = typed(trip, admin, channel, "/faces", "on")

    assert said.startswith("Face matching is on in this channel.")
    [notice] = trip.slack.messages(channel)
    assert "What I don't do" in notice.text
    assert "/faces forget" in notice.text
    assert trip.settings(channel).face_matching
    assert typed(trip, admin, channel, "/faces", "on") == "Face matching is on in this channel already."
    assert typed(trip, admin, channel, "/faces", "off").startswith("Face matching is off in this channel")
    assert not trip.settings(channel).face_matching


def test_nobody_but_an_admin_turns_matching_on(trip: Trip) -> None:
    channel = trip.channel()

    for word in ("on", "off"):
        assert typed(trip, trip.slack.member.id, channel, "/faces", word).startswith("Only workspace admins can turn")
    assert trip.slack.messages(channel) == []
    assert not trip.settings(channel).face_matching


def test_where_another_company_reads_no_face_is_matched(trip: Trip) -> None:
    said = typed(trip, trip.slack.admin.id, trip.slack.shared.id, "/faces", "on")

    assert said == "This channel is shared with another company, so I match no faces here."


def test_where_i_am_not_the_notice_cannot_be_posted_and_nothing_is_turned_on(trip: Trip) -> None:
    channel = trip.channel(joined=False)

    assert "Invite me" in typed(trip, trip.slack.admin.id, channel, "/faces", "on")
    assert not trip.settings(channel).face_matching


def test_whoever_signs_is_enrolled_by_their_photo_and_reads_what_is_kept(trip: Trip, mia: str) -> None:
    channel = bring(trip, mia, trip.channel())

    said = agree(trip, mia, channel, "mia_member_1")

    assert said.startswith("Thank you. I am looking at the photo")
    assert "Face matching is off in this channel" in said
    person = known(trip, mia)
    assert person
    assert (person.state, person.photos, person.show_name) == ("enrolled", 1, True)
    assert "1 photo of you. Others here may read your name." in typed(trip, mia, channel, "/faces", "me")


def test_a_photo_without_a_face_is_refused_in_words_and_a_second_one_is_added(trip: Trip, mia: str) -> None:
    channel = bring(trip, mia, trip.channel())
    agree(trip, mia, channel, "mia_member_1", named=False)
    typed(trip, mia, channel, "/faces", "me")
    mine = trip.slack.ephemerals(mia)[-1]

    trip.slack.press(mia, mine, "faces_add")
    form = modal(trip, mia, "more_photos")
    photos = {"photos": [portrait("mia_member_2"), upload("05_crowd.jpg")]}
    trip.whisper(mia, lambda: trip.slack.submit(mia, form, photos))
    trip.settle()

    told = direct(trip, mia)[-1].text
    assert "05_crowd.jpg" in told
    assert "faces" in told
    person = known(trip, mia)
    assert person
    assert person.photos == 2


def test_an_invited_person_agrees_from_their_direct_message_and_nobody_else_does(trip: Trip, mia: str) -> None:
    admin, channel = trip.slack.admin.id, trip.channel()

    said = typed(trip, admin, channel, "/faces", f"enroll <@{mia}|mia>")
    [question] = direct(trip, mia)

    assert said.startswith(f"I have asked <@{mia}> by direct message.")
    assert trip.whisper(admin, lambda: trip.slack.press(admin, question, "consent_read")).text.startswith(
        "This question is for somebody else."
    )
    assert known(trip, mia) is None
    trip.slack.press(mia, question, "consent_read")
    form = modal(trip, mia, "consent")
    trip.whisper(mia, lambda: trip.slack.submit(mia, form, {"find_me": ["yes"], "signed": "Mia Member"}))
    person = known(trip, mia)
    assert person
    assert (person.state, person.show_name) == ("consented", False)
    assert trip.whisper(admin, lambda: trip.slack.command(admin, channel, "/faces", f"enroll <@{mia}|mia>")).text == (
        "This person is enrolled already."
    )


def test_a_no_is_taken_and_the_question_is_gone(trip: Trip, mia: str) -> None:
    typed(trip, trip.slack.admin.id, trip.channel(), "/faces", f"enroll <@{mia}|mia>")
    [question] = direct(trip, mia)

    trip.slack.press(mia, question, "consent_refuse")
    trip.slack.wait(lambda: direct(trip, mia)[0].text.startswith("All right. Nothing was kept"))

    assert "consent_read" not in json.dumps(direct(trip, mia)[0].blocks)


def test_a_question_that_was_answered_elsewhere_is_not_open_any_more(trip: Trip, mia: str) -> None:
    channel = bring(trip, mia, trip.channel())
    typed(trip, trip.slack.admin.id, channel, "/faces", f"enroll <@{mia}|mia>")
    [question] = direct(trip, mia)
    agree(trip, mia, channel)

    said = trip.whisper(mia, lambda: trip.slack.press(mia, question, "consent_read"))

    assert "not open any more" in said.text


@pytest.mark.parametrize(
    ("who", "why"),
    [
        ("guest", "Guests can't be enrolled."),
        ("stranger", "Only members of this workspace can be enrolled, not people of another company."),
        ("bot", "I can't enrol bots, or people who have left this workspace."),
        ("deactivated", "I can't enrol bots, or people who have left this workspace."),
    ],
)
def test_who_may_not_be_enrolled_is_said(trip: Trip, who: str, why: str) -> None:
    user = getattr(trip.slack, who).id

    assert typed(trip, trip.slack.admin.id, trip.channel(), "/faces", f"enroll <@{user}|{who}>") == why
    assert known(trip, user) is None


@pytest.mark.parametrize("words", ["enroll <@U0MEMBER1|mia>", "enroll Ada Alm", "list", "remove Ada Alm"])
def test_members_may_not_enrol_list_or_remove_others(trip: Trip, words: str) -> None:
    said = typed(trip, trip.slack.member.id, trip.channel(), "/faces", words)

    assert said.startswith("Only")
    assert "admin" in said


@pytest.mark.parametrize("words", ["forget", "export"])
def test_of_whom_nothing_is_kept_nothing_can_be_forgotten(trip: Trip, words: str) -> None:
    assert "keep nothing" in typed(trip, new_member(trip), trip.channel(), "/faces", words)


@pytest.mark.parametrize(
    ("words", "says"), [("", "/faces forget"), ("fly", "I don't know “fly”."), ("enroll @Nobody", "Choose it")]
)
def test_what_is_no_ask_gets_a_hint(trip: Trip, words: str, says: str) -> None:
    assert says in typed(trip, trip.slack.admin.id, trip.channel(), "/faces", words)


@pytest.mark.parametrize(("signed", "why"), [("<!channel>", "can't have “&lt;”"), ("42", "in letters")])
def test_a_signature_that_is_no_name_is_refused_and_nothing_is_kept(
    trip: Trip, mia: str, signed: str, why: str
) -> None:
    said = agree(trip, mia, bring(trip, mia, trip.channel()), "mia_member_1", signed=signed)

    assert why in said
    assert known(trip, mia) is None


def attest(trip: Trip, channel: str, typed_name: str, **given: object) -> str:
    """Attest a written consent, as an admin."""
    admin = trip.slack.admin.id
    trip.slack.command(admin, channel, "/faces", f"enroll {typed_name}")
    form = modal(trip, admin, "attest")
    filled = {"reference": "entry form 7", "given_on": "2026-05-03", "find_me": ["yes"], "photos": [], **given}
    said = trip.whisper(admin, lambda: trip.slack.submit(admin, form, filled))
    trip.settle()
    return said.text


def test_somebody_from_outside_is_attested_listed_and_removed(trip: Trip) -> None:
    admin, channel = trip.slack.admin.id, trip.channel(face_matching=True)

    said = attest(trip, channel, "Clara Wennick", photos=[portrait("clara_wennick_1")], show_name=["yes"])

    told = "I am looking at the photos of Clara Wennick, and will tell you by direct message what came of it."
    assert said == f"Noted. {told}"
    trip.whisper(admin, lambda: trip.slack.command(admin, channel, "/faces", "list"))
    listed = json.dumps(trip.slack.ephemerals(admin)[-1].blocks, ensure_ascii=False)
    assert "*Clara Wennick*, outside this workspace" in listed
    assert "1 photo · may be named" in listed
    assert typed(trip, admin, channel, "/faces", "remove clara wennick").startswith("Removed.")
    assert "I know nobody of this name." in typed(trip, admin, channel, "/faces", "remove Clara Wennick")
    trip.settle()


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"reference": " "}, "where the written consent is kept"),
        ({"given_on": "2999-01-01"}, "in the future"),
        ({"find_me": []}, "Without the first box"),
        ({"name": "<!channel>"}, "can't have"),
    ],
    ids=["no reference", "a day to come", "no consent", "no name"],
)
def test_an_attestation_with_something_missing_keeps_nothing(trip: Trip, given: dict[str, object], why: str) -> None:
    assert why in attest(trip, trip.channel(), "Clara Wennick", **given)
    assert "Nobody is known yet" in typed(trip, trip.slack.admin.id, trip.channel(), "/faces", "list")


def test_whoever_is_forgotten_is_known_no_more_and_gets_a_receipt(trip: Trip, mia: str) -> None:
    channel = bring(trip, mia, trip.channel())
    agree(trip, mia, channel, "mia_member_1")

    said = typed(trip, mia, channel, "/faces", "forget")

    assert known(trip, mia) is None
    assert said.startswith("From now on I don't recognise you.")
    trip.settle()
    assert "deleted" in direct(trip, mia)[-1].text


def test_all_that_is_kept_comes_as_a_file_by_direct_message(trip: Trip, mia: str) -> None:
    channel = bring(trip, mia, trip.channel())
    agree(trip, mia, channel)

    said = typed(trip, mia, channel, "/faces", "export")

    assert "by direct message" in said
    [file] = _files(trip, direct(trip, mia))
    assert json.loads(file)["person"]["name"] == "Mia Member"


def _files(trip: Trip, messages: list[Message]) -> list[bytes]:
    return [trip.slack.workspace.files[file].data for message in messages for file in message.files]


def test_the_log_says_what_was_done(trip: Trip, mia: str) -> None:
    channel = bring(trip, mia, trip.channel())
    typed(trip, trip.slack.admin.id, channel, "/faces", f"enroll <@{mia}|mia>")
    agree(trip, mia, channel)

    told = typed(trip, mia, channel, "/faces", "audit").splitlines()

    assert told[1].endswith("You said what you agree to")
    assert "asked you whether you want to be known" in told[2]


def test_a_name_can_be_shown_and_hidden_again(trip: Trip, mia: str) -> None:
    channel = bring(trip, mia, trip.channel())
    agree(trip, mia, channel, named=False)
    typed(trip, mia, channel, "/faces", "me")

    trip.slack.press(mia, trip.slack.ephemerals(mia)[-1], "faces_show_name")
    trip.slack.wait(lambda: "may read your name now" in trip.slack.ephemerals(mia)[-1].text)

    person = known(trip, mia)
    assert person
    assert person.show_name


def test_a_form_that_was_opened_where_i_am_not_is_answered_by_direct_message(trip: Trip, mia: str) -> None:
    channel = bring(trip, mia, trip.channel(joined=False))
    trip.slack.command(mia, channel, "/faces", "me")
    form = modal(trip, mia, "consent")

    trip.slack.submit(mia, form, {"find_me": ["yes"], "signed": "Mia Member"})
    trip.slack.wait(lambda: bool(direct(trip, mia)))

    assert direct(trip, mia)[0].text.startswith("Thank you. Next I need photos of your face")


def test_a_photo_of_a_message_is_enrolled_and_forgotten_when_its_file_is_deleted(trip: Trip, mia: str) -> None:
    channel = bring(trip, mia, trip.channel())
    agree(trip, mia, channel, "mia_member_1")
    dropped = trip.slack.drop(mia, channel, [portrait("mia_member_2")])

    said = trip.whisper(mia, lambda: trip.slack.shortcut(mia, dropped, "enrol_face"))
    trip.settle()

    assert said.text.startswith("I am looking at the photo,")
    person = known(trip, mia)
    assert person
    assert person.photos == 2
    trip.slack.delete_file(mia, dropped.files[0])
    trip.settle()
    person = known(trip, mia)
    assert person
    assert person.photos == 1


def test_the_menu_of_a_photo_asks_for_consent_first_and_an_admin_whose_face_it_is(trip: Trip, mia: str) -> None:
    channel = bring(trip, mia, trip.channel())
    dropped = trip.slack.drop(mia, channel, [portrait("mia_member_2")])

    trip.slack.shortcut(mia, dropped, "enrol_face")
    form = modal(trip, mia, "consent")
    trip.whisper(mia, lambda: trip.slack.submit(mia, form, {"find_me": ["yes"], "signed": "Mia Member"}))
    trip.settle()
    person = known(trip, mia)
    assert person
    assert person.photos == 1

    admin = trip.slack.admin.id
    trip.slack.shortcut(admin, trip.drop(channel, portrait("mia_member_1")), "enrol_face")
    whose = modal(trip, admin, "enrol_face")
    chosen = {"person": person.id}
    trip.whisper(admin, lambda: trip.slack.submit(admin, whose, chosen))
    trip.settle()
    person = known(trip, mia)
    assert person
    assert person.photos == 2
