"""Whoever is forgotten is nobody from that moment on, and in the end no trace of them is left, whatever crashes."""

import json
from contextlib import suppress

import pytest
from sqlalchemy import select

from bot.core.gallery import collection_of
from bot.core.geometry import Box
from bot.core.people import FaceMatch, Person
from bot.core.share import Looked, Share
from bot.errors import AskError, NotAllowed, VisionMissing
from storage.models import Base
from tests.people.office import Killed, Office
from tests.vision.people import CLARA, portrait

NAME = "Clara Wennick"


def seen(office: Office, person: Person) -> Share:
    """A photo in which somebody was recognised, and told to be."""
    share = Share(channel=office.slack.race.id, ts=office.slack.workspace.new_ts(), file="F1", name="finish.jpg")
    box = Box(0.1, 0.1, 0.2, 0.2)
    with office.eyes.storage.begin(office.workspace) as work:
        work.shares.begin(share)
        work.shares.finish(share, Looked(digest="d1"))
        work.matches.keep(share, [FaceMatch(box=box, certainty="probably", person=person.id, similarity=99.5)])
    return share


def named_in(office: Office, words: str) -> list[str]:
    """The tables of the workspace in which a text still stands."""
    with office.eyes.storage.engine.connect() as connection:
        rows = {
            table.name: [
                str(row) for row in connection.execute(select(table).where(table.c.workspace == office.workspace))
            ]
            for table in Base.metadata.sorted_tables
            if "workspace" in table.c
        }
    return [name for name, told in rows.items() if any(words in row for row in told)]


def test_from_the_next_second_on_nobody_is_known_though_the_faces_are_still_there(office: Office) -> None:
    person = office.known(NAME, "F1")
    with office.eyes.storage.begin(office.workspace) as work:
        before = work.people.revision()

    office.people.forgetting.forget_me(office.workspace, person.user)

    assert len(office.faces(person.id)) == 1
    assert office.person(person.user) is None
    with office.eyes.storage.begin(office.workspace) as work:
        assert work.people.of_id(person.id) is None
        assert work.people.everybody() == ()
        assert work.people.revision() > before
    with pytest.raises(AskError, match="keep nothing"):
        office.people.forgetting.forget_me(office.workspace, person.user)


def test_in_the_end_no_trace_is_left_and_the_receipt_says_so(office: Office) -> None:
    person, other = office.known(NAME, "F1", "F2"), office.known("Tomas", "F3")
    share = seen(office, person)

    office.people.forgetting.forget_me(office.workspace, person.user)
    office.run()

    assert [name.partition(".")[0] for name in office.faces()] == [other.id]
    assert office.rows() == [other.id]
    assert named_in(office, NAME) == []
    assert [payload["share"]["ts"] for payload in office.jobs.promised("retell")] == [share.ts]
    assert "You are forgotten, as you asked." in office.told(person.user)[-1]
    with office.eyes.storage.begin(office.workspace) as work:
        assert [face.person for face in work.matches.of_share(share)] == [""]
        assert [line.act for line in work.consents.of(person.id)] == ["given", "withdrawn"]
        assert work.erasures.open() == ()
        assert work.audit.first_broken() is None


def test_an_erasure_that_is_killed_at_any_call_ends_the_same(office: Office) -> None:
    deaths, died = 0, True
    while died:
        fresh = Office(office.slack, office.eyes)
        person = fresh.known(NAME, "F1", "F2")
        share = seen(fresh, person)
        death = fresh.dies((deaths + 1) / 2)
        with suppress(Killed):
            fresh.people.forgetting.forget_me(fresh.workspace, person.user)
            fresh.run()
        fresh.start_again()
        fresh.expire()

        assert fresh.faces() == []
        assert fresh.rows() == []
        assert named_in(fresh, NAME) == []
        assert [payload["share"]["ts"] for payload in fresh.jobs.promised("retell")] == [share.ts]
        assert len([told for told in fresh.told(person.user) if "forgotten" in told]) == 1
        died = death.came
        deaths += died
    assert deaths > 8


def test_an_enrolment_photo_that_is_deleted_is_no_photo_of_them_any_more_and_the_last_one_forgets_them(
    office: Office,
) -> None:
    person = office.known(NAME, "F1", "F2")

    office.people.forgetting.file_deleted(office.workspace, "F1")
    office.run()

    left = office.person(person.user)
    assert left
    assert (left.photos, len(office.faces())) == (1, 1)

    office.people.forgetting.file_deleted(office.workspace, "F2")
    office.run()

    assert (office.person(person.user), office.faces()) == (None, [])
    assert "The last of your enrolment photos was deleted" in office.told(person.user)[-1]
    office.people.forgetting.file_deleted(office.workspace, "F0STRANGE")
    assert office.jobs.waiting == {}


def test_an_admin_takes_somebody_out_and_both_read_that_it_is_done(office: Office) -> None:
    person, admin = office.known(NAME, "F1"), office.member(is_admin=True)

    with pytest.raises(NotAllowed):
        office.people.forgetting.remove(office.workspace, office.member(), person.id)
    office.people.forgetting.remove(office.workspace, admin, person.id)
    office.run()

    assert office.rows() == []
    assert office.told(person.user)[-1].startswith("An admin has taken you out")
    assert office.told(admin)[-1].startswith("The person whom you removed is forgotten.")
    assert NAME not in office.told(admin)[-1]


def test_somebody_who_is_forgotten_while_they_are_learned_is_forgotten(office: Office) -> None:
    person = office.known(NAME, "F1")
    photos = [office.file(person.user, portrait(*CLARA[1]))]
    office.people.enrolling.add_photos(office.workspace, person.user, person.id, photos)
    office.people.forgetting.forget_me(office.workspace, person.user)

    office.run()

    assert (office.faces(), office.rows()) == ([], [])
    assert len(office.told(person.user)) == 1


@pytest.mark.parametrize("moment", ["index", "create_user", "associate"])
def test_whoever_is_forgotten_at_any_moment_of_their_enrolment_leaves_no_trace(office: Office, moment: str) -> None:
    user = office.member()

    def forget() -> None:
        office.people.forgetting.forget_me(office.workspace, user)
        erase = office.jobs.promised("erase")[0]
        office.jobs.do("erase", erase)

    office.meanwhile(moment, forget)
    office.agree(user, portrait(*CLARA[0]))

    assert (office.faces(), office.rows()) == ([], [])
    users = office.eyes.faces.users(collection_of(office.workspace))
    assert [user.user for user in users] == []
    assert named_in(office, NAME) == []


def test_switching_being_found_off_is_to_be_forgotten(office: Office) -> None:
    person = office.known(NAME, "F1")

    office.people.enrolling.set_switches(office.workspace, person.user, find_me=True, show_name=False)
    changed = office.person(person.user)
    office.people.enrolling.set_switches(office.workspace, person.user, find_me=False, show_name=True)

    assert changed
    assert not changed.show_name
    assert office.person(person.user) is None


def test_whoever_was_forgotten_may_come_back(office: Office) -> None:
    person = office.known(NAME, "F1")
    office.people.forgetting.forget_me(office.workspace, person.user)
    office.agree(person.user)

    back = office.person(person.user)
    assert back
    assert (back.id != person.id, back.photos) == (True, 0)
    assert office.rows() == [back.id]


def test_the_export_is_all_that_is_kept_of_somebody(office: Office) -> None:
    person = office.known(NAME, "F1")
    share = seen(office, person)
    hidden = Share(channel="C0HIDDEN1", ts="1.0", file="F2", name="secret.jpg")
    with office.eyes.storage.begin(office.workspace) as work:
        work.shares.begin(hidden)
        work.matches.keep(hidden, work.matches.of_share(share))
        work.audit.note("U0OTHER", "search", person.id)

    kept = json.loads(office.people.forgetting.export(office.workspace, person.user))

    assert kept["person"]["name"] == NAME
    assert [line["signed"] for line in kept["consents"]] == [NAME]
    assert len(kept["enrolment_photos"]) == 1
    assert [photo["photo"]["name"] for photo in kept["photos_of_you"]] == ["finish.jpg"]
    assert [act["act"] for act in kept["log"]] == ["search", "consent"]
    acts = office.people.forgetting.audit_of(office.workspace, person.user)
    assert [(act.actor, act.act) for act in acts[:2]] == [(person.user, "export"), ("U0OTHER", "search")]


def test_a_workspace_that_removes_the_app_leaves_nobody_behind(office: Office) -> None:
    office.known(NAME, "F1")

    for _ in range(2):
        office.people.forgetting.forget_workspace(office.workspace)

    assert named_in(office, NAME) == []
    with pytest.raises(VisionMissing):
        office.faces()
