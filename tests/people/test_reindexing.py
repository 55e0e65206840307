"""A collection that is built anew knows the same people, by the photos that Slack still has."""

import pytest

from bot.core.gallery import collection_of
from bot.errors import SlackError
from bot.people.reindexing import Reindexing
from tests.people.office import Killed, Office
from tests.vision.people import CLARA, TOMAS, portrait

CLARA_1, CLARA_2, TOMAS_1 = portrait(*CLARA[0]), portrait(*CLARA[1]), portrait(*TOMAS[0])


def reindexing(office: Office) -> Reindexing:
    return Reindexing(
        storage=office.eyes.storage,
        gate=office.eyes.gate,
        faces=office.eyes.faces,
        learning=office.people.learning,
        traces=office.people.traces,
        slack_of=lambda _: office.door,
    )


def test_the_same_people_are_known_by_new_faces_and_who_has_no_photo_is_named(office: Office) -> None:
    clara, tomas = office.member(), office.member()
    office.agree(clara, CLARA_1)
    office.agree(tomas, TOMAS_1, signed="Tomas")
    by_terminal = office.known("Jonas", "")
    before = set(office.faces())
    with office.eyes.storage.begin(office.workspace) as work:
        [theirs] = work.templates.of(_id(office, tomas))
    office.slack.delete_file(tomas, theirs.file)

    assert reindexing(office).plan(office.workspace) == (2, 1)
    rebuilt = reindexing(office).rebuild(office.workspace)

    assert (rebuilt.model, rebuilt.photos) == ("sface-1", 1)
    assert sorted(person.id for person in rebuilt.lost) == sorted([_id(office, tomas), by_terminal.id])
    assert office.found(CLARA_2) == [_id(office, clara)]
    assert len(office.faces()) == 1
    assert set(office.faces()) <= before  # the name is made of the person and the pixels
    with office.eyes.storage.begin(office.workspace) as work:
        [template] = work.templates.everybodys()
        [face] = office.eyes.faces.faces(collection_of(office.workspace))
        assert (template.face, template.person) == (face.face, _id(office, clara))
        assert work.people.model() == "sface-1"


def test_what_is_not_the_photos_fault_loses_no_photo(office: Office) -> None:
    """Slack without the permission, then the process killed: run again, it ends the same."""
    clara = office.member()
    office.agree(clara, CLARA_1)
    scopes, office.slack.workspace.scopes = office.slack.workspace.scopes, {"chat:write"}
    with pytest.raises(SlackError):
        reindexing(office).rebuild(office.workspace)
    office.slack.workspace.scopes = scopes
    office.dies(2)
    with pytest.raises(Killed):
        reindexing(office).rebuild(office.workspace)
    office.start_again()
    rebuilt = reindexing(office).rebuild(office.workspace)

    assert (rebuilt.photos, rebuilt.lost) == (1, ())
    assert office.found(CLARA_2) == [_id(office, clara)]


def _id(office: Office, user: str) -> str:
    person = office.person(user)
    assert person
    return person.id
