"""Nobody is known who did not agree; whoever did is known by good photos of their own face, whatever crashes."""

from contextlib import suppress
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from bot.core.consent import consent_form, text_hash
from bot.core.geometry import Box
from bot.core.people import Person
from bot.errors import AskError, NotAllowed
from tests.people.office import Killed, Office
from tests.vision.conftest import saved
from tests.vision.people import CLARA, JONAS, NORA, TOMAS, beside, portrait

CLARA_1, CLARA_2, CLARA_3 = (portrait(*one) for one in CLARA)
TOMAS_1 = portrait(*TOMAS[0])
GREY = saved(Image.new("RGB", (320, 240), "#808080"))


def small(picture: bytes, side: int) -> bytes:
    return saved(Image.open(BytesIO(picture)).resize((side, side)))


def crowd() -> bytes:
    """Eight faces."""
    one, two = beside(*(portrait(*who[0]) for who in (CLARA, TOMAS, JONAS, NORA))), Image.new("RGB", (10, 10))
    row = Image.open(BytesIO(one))
    two = Image.new("RGB", (row.width, 2 * row.height))
    two.paste(row, (0, 0))
    two.paste(row, (0, row.height))
    return saved(two)


def enrolled(office: Office, *photos: bytes, signed: str = "Clara Wennick") -> Person:
    user = office.member()
    office.agree(user, *photos, signed=signed)
    person = office.person(user)
    assert person
    return person


def test_whoever_signs_is_known_by_their_photos_and_reads_what_came_of_them(office: Office) -> None:
    user = office.member()

    office.agree(user, CLARA_1, CLARA_2)

    person = office.person(user)
    assert person
    assert (person.state, person.photos, person.name) == ("enrolled", 2, "Clara Wennick")
    assert office.found(CLARA_3) == [person.id]
    assert office.found(TOMAS_1, least=90) == []
    assert office.told(user) == [
        "I took 2 of 2 photos. I know 2 photos now. Three to five good ones from different sides are best."
    ]


def test_the_ledger_keeps_what_was_read_word_by_word_and_the_audit_log_what_was_done(office: Office) -> None:
    user = office.member()
    office.agree(user, show_name=False)
    form = office.people.enrolling.consent_form(office.workspace, user)

    with office.eyes.storage.begin(office.workspace) as work:
        person = work.people.of_user(user)
        assert person
        [line] = work.consents.of(person.id)
        acts = [(act.actor, act.act, act.subject) for act in work.audit.newest()]

    assert (line.act, line.signed, line.by) == ("given", "Clara Wennick", user)
    assert (line.find_me, line.show_name) == (True, False)
    assert (line.text, line.version) == (form.text, form.version)
    assert form.hash == text_hash(line.text)
    assert acts == [(user, "consent", person.id)]


def test_nothing_reaches_the_engine_before_consent(office: Office) -> None:
    user, admin = office.member(), office.slack.admin.id
    enrolling = office.people.enrolling

    enrolling.invite(office.workspace, admin, user, "C1")
    with pytest.raises(AskError, match="Without the first box"):
        enrolling.agree(office.workspace, user, find_me=False, show_name=True, signed="Clara", files=["F1"])
    with pytest.raises(AskError, match="type the name"):
        enrolling.agree(office.workspace, user, find_me=True, show_name=True, signed=" ", files=["F1"])
    with pytest.raises(AskError, match="has changed"):
        enrolling.agree(
            office.workspace, user, find_me=True, show_name=True, signed="Clara", files=["F1"], version="1999-01"
        )
    with pytest.raises(AskError, match="did not agree"):
        enrolling.add_photos(office.workspace, admin, "p-nobody", ["F1"])

    assert office.jobs.waiting == {}
    assert office.rows() == []


@pytest.mark.parametrize(
    ("picture", "why"),
    [
        (GREY, "I see no face in it"),
        (crowd(), "I see 8 faces in it"),
        (small(CLARA_1, 60), "too small"),
        (small(CLARA_1, 110), "too small: 3"),
        (b"<!channel> is no photo", "I can read JPEG"),
    ],
    ids=["no face", "eight faces", "60 pixels", "110 pixels", "no photo"],
)
def test_a_poor_photo_is_refused_with_the_reason_and_nothing_is_kept(office: Office, picture: bytes, why: str) -> None:
    user = office.member()

    office.agree(user, picture)

    [told] = office.told(user)
    assert told.startswith("me0.jpg: ")
    assert why in told
    assert office.person(user) is not None
    assert _photos(office, user) == 0


def test_somebody_elses_photo_is_refused_under_ones_own_name(office: Office) -> None:
    enrolled(office, TOMAS_1, signed="Tomas")
    user = office.member()

    office.agree(user, portrait(*TOMAS[1]), signed="Clara")

    assert "looks like somebody who is enrolled already" in office.told(user)[0]
    assert _photos(office, user) == 0
    assert len(office.faces()) == 1


def test_a_photo_unlike_the_others_is_refused_and_its_face_deleted_again(office: Office) -> None:
    person = enrolled(office, CLARA_1, TOMAS_1)

    assert person.photos == 1
    assert "me1.jpg: This face does not look like this person's other photos." in office.told(person.user)[0]
    assert len(office.faces()) == 1


def test_the_same_photo_again_is_known_and_the_same_person_twice_is_refused(office: Office) -> None:
    person = enrolled(office, CLARA_1)
    again = office.file(person.user, CLARA_1)

    office.people.enrolling.add_photos(office.workspace, person.user, person.id, [again])
    office.run()

    assert "me.jpg: I know this photo already." in office.told(person.user)[-1]
    assert len(office.faces()) == 1
    with pytest.raises(AskError, match="I know you already"):
        office.agree(person.user)


def test_who_may_not_be_enrolled_reads_why(office: Office) -> None:
    slack, enrolling = office.slack, office.people.enrolling
    for user, why in (
        (slack.guest.id, "Guests"),
        (slack.stranger.id, "another company"),
        (slack.bot.id, "bots"),
        (slack.deactivated.id, "have left"),
    ):
        with pytest.raises(NotAllowed, match=why):
            enrolling.invite(office.workspace, slack.admin.id, user, "C1")
        with pytest.raises(NotAllowed, match=why):
            enrolling.agree(office.workspace, user, find_me=True, show_name=True, signed="Clara", files=[])
    with pytest.raises(NotAllowed, match=r"Only .*admin"):
        enrolling.invite(office.workspace, office.member(), office.member(), "C1")
    assert office.rows() == []


@pytest.mark.parametrize("name", ["<!channel>", "Clara `x`", "Ada\u202eevil", "http://x.example", "x" * 90, "123"])
def test_a_name_that_is_none_is_refused(office: Office, name: str) -> None:
    with pytest.raises(AskError):
        office.agree(office.member(), signed=name)
    assert office.rows() == []


@pytest.mark.parametrize("name", ["Zoë O’Neil-Łuk", "محمد علی", "王秀英", "Ada (2)", "नेहा"])  # noqa: RUF001  # names of people
def test_names_of_every_script_are_names(office: Office, name: str) -> None:
    user = office.member()
    office.agree(user, signed=name)

    person = office.person(user)
    assert person
    assert person.name == name


def test_an_admin_attests_a_written_consent_for_somebody_outside(office: Office) -> None:
    admin, enrolling = office.slack.admin.id, office.people.enrolling
    word: dict[str, Any] = {"name": "Clara Wennick", "find_me": True, "show_name": True}
    files = [office.file(admin, CLARA_1)]

    enrolling.attest(office.workspace, admin, **word, reference="form 7", given_on="2026-05-17", files=files)
    office.run()

    [person] = enrolling.people(office.workspace, admin)
    assert (person.name, person.user, person.photos) == ("Clara Wennick", "", 1)
    assert "I took the photo of Clara Wennick." in office.told(admin)[-1]
    with office.eyes.storage.begin(office.workspace) as work:
        [line] = work.consents.of(person.id)
    assert (line.act, line.by, line.reference, line.given_on) == ("attested", admin, "form 7", "2026-05-17")
    word |= {"reference": "8", "given_on": "2026-05-17"}
    for wrong in ({"reference": " "}, {"given_on": "17.5.26"}, {"given_on": "2999-01-01"}, {}):
        with pytest.raises(AskError):
            enrolling.attest(office.workspace, admin, **{**word, **wrong}, files=[])
    with pytest.raises(NotAllowed):
        enrolling.attest(office.workspace, office.member(), **word, files=[])


def test_a_face_among_others_is_learned_as_ones_own(office: Office) -> None:
    person = enrolled(office, CLARA_1)
    group = beside(CLARA_2, TOMAS_1)
    file = office.file(person.user, group)
    with Image.open(BytesIO(group)) as image, Image.open(BytesIO(CLARA_2)) as part:
        mine = Box(0.0, 0.0, part.width / image.width, 1.0)

    office.people.enrolling.add_face(office.workspace, person.user, file, mine)
    office.run()

    assert _photos(office, person.user) == 2


def test_an_enrolment_that_is_killed_at_any_call_ends_the_same(office: Office) -> None:
    """After every call of the engine: in the end there is one face, one template, one line in the log."""
    deaths, died = 0, True
    while died:
        fresh = Office(office.slack, office.eyes)
        user, death = fresh.member(), fresh.dies(deaths + 1)
        with suppress(Killed):
            fresh.agree(user, CLARA_1)
        fresh.start_again()

        person = fresh.person(user)
        assert person
        assert (person.photos, len(fresh.faces())) == (1, 1)
        assert fresh.faces(person.id) == fresh.faces()
        with fresh.eyes.storage.begin(fresh.workspace) as work:
            assert [act.act for act in work.audit.newest()] == ["enrol", "consent"]
        died = death.came
        deaths += died
    assert deaths > 5


def test_an_enrolment_that_is_given_up_leaves_no_face(office: Office) -> None:
    user = office.member()
    office.dies(3)  # the face is kept, and nobody's yet
    with pytest.raises(Killed):
        office.agree(user, CLARA_1)
    assert len(office.faces()) == 1

    [(name, (kind, payload))] = office.jobs.waiting.items()
    office.jobs.given_up[kind](name, payload, AskError("The engine is away."))

    assert office.faces() == []
    assert office.told(user) == ["I could not look at all of the enrolment photos. The engine is away."]


def test_a_form_says_where_faces_are_kept_and_that_saying_no_is_fine() -> None:
    form = consent_form("Kept in eu-west-1.")

    for words in ("who", "Why", "Kept in eu-west-1.", "12 months", "/faces forget", "18", "/findbib", "no effect"):
        assert words in form.text


def _photos(office: Office, user: str) -> int:
    person = office.person(user)
    return person.photos if person else -1
