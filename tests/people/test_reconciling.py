"""The memory and the engine know the same faces; what is under way is left alone."""

from datetime import timedelta

import pytest

from bot.core.consent import utc_now
from bot.core.gallery import collection_of
from bot.people.reconciling import Reconciling
from tests.people.office import Office, face_of

NAME = "Clara Wennick"


def reconcile(office: Office, hours: float = 0) -> None:
    """Do what is done so many hours from now."""
    eyes, parts = office.eyes, office.people
    now = utc_now() + timedelta(hours=hours)
    reconciling = Reconciling(storage=eyes.storage, faces=eyes.faces, traces=parts.traces, now=lambda: now)
    reconciling.reconcile("job", {"workspace": office.workspace})


def add_face(office: Office, person: str) -> str:
    """Let the engine keep a face that no enrolment photo stands for: its name."""
    face = face_of(person)
    with office.eyes.storage.faces.changing(collection_of(office.workspace)) as gallery:
        gallery.add([face])
    return face.external_id


def photos(office: Office, person: str) -> int:
    with office.eyes.storage.begin(office.workspace) as work:
        return len(work.templates.of(person))


def test_a_face_without_an_enrolment_photo_is_deleted_when_it_is_found_again(office: Office) -> None:
    person = office.known(NAME, "F1", "F2")
    known = set(office.faces())
    orphan = add_face(office, person.id)

    reconcile(office)
    reconcile(office, hours=1)
    assert set(office.faces()) == {*known, orphan}  # it may be an enrolment under way

    reconcile(office, hours=24)
    assert set(office.faces()) == known
    assert photos(office, person.id) == 2


def test_an_enrolment_photo_whose_face_is_gone_is_dropped_and_noted(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    person = office.known(NAME, "F1", "F2")
    with office.eyes.storage.begin(office.workspace) as work:
        lost, stays = work.templates.of(person.id)
    office.people.traces.drop_faces(office.workspace, [lost.face], person.id)

    reconcile(office)
    assert photos(office, person.id) == 2
    reconcile(office, hours=24)

    with office.eyes.storage.begin(office.workspace) as work:
        assert work.templates.of(person.id) == (stays,)
        [newest] = work.audit.newest(most=1)
    assert (newest.act, newest.subject) == ("lose", person.id)
    assert lost.face in caplog.text


def test_where_another_model_looks_than_the_one_that_learned_nothing_is_touched(office: Office) -> None:
    person = office.known(NAME, "F1")
    add_face(office, person.id)
    with office.eyes.storage.begin(office.workspace) as work:
        work.people.note_model("another")

    reconcile(office)
    reconcile(office, hours=24)

    assert len(office.faces()) == 2


def test_where_the_engine_has_no_collection_nothing_is_dropped(office: Office) -> None:
    person = office.known(NAME, "F1")
    office.eyes.faces.delete(collection_of(office.workspace))

    reconcile(office)
    reconcile(office, hours=24)

    assert photos(office, person.id) == 1


def test_where_nobody_was_enrolled_nothing_is_asked(office: Office) -> None:
    reconcile(office)
