"""People, their consents and their enrolment photos, on both databases."""

from dataclasses import replace
from datetime import timedelta

from bot.core.consent import Consent, utc_now
from bot.core.people import Person, Template
from bot.core.share import Share
from bot.core.sightings import WHOLE
from storage import Storage
from storage.erasures import Erasure

NOW = utc_now()
ADA = Person(
    id="p-ada",
    user="U1",
    name="Ada",
    state="consented",
    find_me=True,
    show_name=True,
    photos=0,
    expires_at=NOW + timedelta(days=365),
)
OUTSIDER = replace(ADA, id="p-out", user="", name="Clara")
CONSENT = Consent(
    person="p-ada", act="given", find_me=True, show_name=True, by="U1", signed="Ada", text="words", at=NOW
)


def photo(face: str, person: str = "p-ada", file: str = "F1", digest: str = "d1") -> Template:
    return Template(face=face, person=person, file=file, digest=digest, box=WHOLE)


def test_a_member_is_known_once_until_they_are_forgotten(storage: Storage) -> None:
    with storage.begin("T1") as work:
        assert work.people.add(ADA, "U1")
        assert not work.people.add(replace(ADA, id="p-ada-2"), "U1")
        assert work.people.forget("p-ada")
        assert not work.people.forget("p-ada")
        assert work.people.of_user("U1") is None
        assert work.people.add(replace(ADA, id="p-ada-2"), "U1")
        assert work.people.of_user("U1") == replace(ADA, id="p-ada-2")


def test_many_people_from_outside_are_known_by_name(storage: Storage) -> None:
    with storage.begin("T1") as work:
        work.people.add(OUTSIDER, "U9")
        work.people.add(replace(OUTSIDER, id="p-out-2", name="Bea"), "U9")
        assert work.people.of_name("Bea") == replace(OUTSIDER, id="p-out-2", name="Bea")
        assert [person.name for person in work.people.everybody()] == ["Bea", "Clara"]
        assert work.people.of_user("") is None
        assert work.people.added_by("p-out") == "U9"


def test_nobody_is_known_in_another_workspace(storage: Storage) -> None:
    with storage.begin("T1") as work:
        work.people.add(ADA, "U1")
        work.consents.sign(CONSENT)
        work.templates.keep(photo("f1"))
        work.people.raise_revision()
    with storage.begin("T2") as work:
        assert work.people.of_id("p-ada") is None
        assert work.people.revision() == 0
        assert work.consents.of("p-ada") == ()
        assert work.templates.of_file("F1") == ()
        assert not work.people.forget("p-ada")


def test_whoever_was_forgotten_meanwhile_is_not_enrolled(storage: Storage) -> None:
    with storage.begin("T1") as work:
        work.people.add(ADA, "U1")
        assert work.people.hold("p-ada")
        work.people.forget("p-ada")
        assert not work.people.hold("p-ada")
        assert work.people.of_id("p-ada") is None


def test_who_has_a_photo_is_enrolled(storage: Storage) -> None:
    with storage.begin("T1") as work:
        work.people.add(ADA, "U1")
        work.templates.keep(photo("f1"))
        work.templates.keep(photo("f2", digest="d2", file=""))
        work.templates.keep(photo("f3"))  # the same pixels, learned anew

        assert work.people.of_id("p-ada") == replace(ADA, state="enrolled", photos=2)
        assert {one.face for one in work.templates.of("p-ada")} == {"f2", "f3"}
        assert [one.face for one in work.templates.of_file("F1")] == ["f3"]
        assert work.templates.of_file("") == ()
        assert work.templates.knows("p-ada", "d1")
        work.templates.remove(["f2", "f3"])
        assert work.people.of_id("p-ada") == ADA


def test_the_collection_has_a_model_and_a_revision(storage: Storage) -> None:
    with storage.begin("T1") as work:
        assert (work.people.model(), work.people.revision()) == ("", 0)
        work.people.note_model("7.0")
        work.people.raise_revision()
        work.people.raise_revision()
        assert (work.people.model(), work.people.revision()) == ("7.0", 2)


def test_names_leave_the_ledger_and_its_lines_stay(storage: Storage) -> None:
    with storage.begin("T1") as work:
        work.consents.sign(CONSENT)
        work.consents.sign(replace(CONSENT, act="withdrawn", signed="", text=""))
        work.consents.take_names_out("p-ada")
    with storage.begin("T1") as work:
        assert work.consents.of("p-ada") == (
            replace(CONSENT, signed=""),
            replace(CONSENT, act="withdrawn", signed="", text=""),
        )
        work.consents.drop_ended(NOW - timedelta(days=1))
        assert len(work.consents.of("p-ada")) == 2
        work.consents.drop_ended(NOW + timedelta(days=1))
        assert work.consents.of("p-ada") == ()


def test_a_newer_invitation_takes_the_place_of_an_older_one(storage: Storage) -> None:
    with storage.begin("T1") as work:
        work.consents.invite("U1", "U8", NOW - timedelta(days=1))
        assert work.consents.invited_by("U1", NOW) == ""
        work.consents.invite("U1", "U9", NOW + timedelta(days=7))
        assert work.consents.invited_by("U1", NOW) == "U9"
        work.consents.drop_expired(NOW)
        assert work.consents.invited_by("U1", NOW) == "U9"
        work.consents.answered("U1")
        assert work.consents.invited_by("U1", NOW) == ""


def test_an_erasure_stands_until_it_ends(storage: Storage) -> None:
    erasure = Erasure(person="p-ada", user="U1", by="U1", why="asked")
    one, two = (Share(channel="C1", ts=ts, file="F1") for ts in ("1.0", "2.0"))
    with storage.begin("T1") as work:
        work.erasures.begin(erasure)
        work.erasures.add_told("p-ada", [one])
        work.erasures.add_told("p-ada", [one, two])
    with storage.begin("T1") as work:
        assert work.erasures.of("p-ada") == replace(erasure, told=(one, two))
        assert work.erasures.open() == ("p-ada",)
        work.erasures.end("p-ada")
        assert work.erasures.of("p-ada") is None


def test_a_workspace_forgets_everybody_of_its_own(storage: Storage) -> None:
    for workspace in ("T1", "T2"):
        with storage.begin(workspace) as work:
            work.people.add(ADA, "U1")
            work.consents.sign(CONSENT)
            work.templates.keep(photo("f1"))
            work.people.raise_revision()
    with storage.begin("T1") as work:
        work.people.remove_everybody()
    with storage.begin("T1") as work:
        assert (work.people.everybody(), work.consents.of("p-ada"), work.templates.everybodys()) == ((), (), ())
    with storage.begin("T2") as work:
        assert (len(work.people.everybody()), work.people.revision()) == (1, 1)
