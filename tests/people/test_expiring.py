"""What ends by itself: consents after a year, the faces of leavers, unanswered invitations, and what broke off."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.core.consent import utc_now
from bot.core.gallery import collection_of
from bot.errors import AskError
from storage.models import InvitationRow, PersonRow
from tests.people.office import Office

NAME = "Clara Wennick"


def ends_in(office: Office, person: str, **time: float) -> None:
    """Let a consent end so soon."""
    with office.eyes.storage.engine.begin() as connection:
        connection.execute(
            update(PersonRow).where(PersonRow.id == person).values(expires_at=utc_now() + timedelta(**time))
        )


def test_a_month_before_the_end_somebody_is_asked_once_and_stays_if_they_say_so(office: Office) -> None:
    person = office.known(NAME, "F1")
    office.expire()
    assert office.told(person.user) == []

    ends_in(office, person.id, days=20)
    office.expire()
    office.expire()

    assert len(office.told(person.user)) == 1
    assert office.told(person.user)[0].startswith("renew until ")
    office.people.enrolling.renew(office.workspace, person.user)
    renewed = office.person(person.user)
    assert renewed
    assert renewed.expires_at > utc_now() + timedelta(days=360)
    with office.eyes.storage.begin(office.workspace) as work:
        assert [line.act for line in work.consents.of(person.id)] == ["given", "renewed"]


def test_silence_is_the_end(office: Office) -> None:
    person = office.known(NAME, "F1")
    ends_in(office, person.id, seconds=-1)

    office.expire()

    assert (office.rows(), office.faces()) == ([], [])
    assert office.told(person.user)[-1].startswith("Your consent has ended")


def test_for_somebody_outside_the_admin_who_attested_is_told(office: Office) -> None:
    admin = office.member(is_admin=True)
    office.people.enrolling.attest(
        office.workspace,
        admin,
        name=NAME,
        reference="form 7",
        given_on="2026-05-17",
        find_me=True,
        show_name=True,
        files=[],
    )
    [person] = office.people.enrolling.people(office.workspace, admin)
    ends_in(office, person.id, days=20)

    office.expire()

    assert office.told(admin)[-1].startswith("The written consent of Clara Wennick holds until ")


@pytest.mark.parametrize("leaves", ["deactivated", "gone"])
def test_whoever_leaves_the_workspace_is_forgotten(office: Office, leaves: str) -> None:
    person, stays = office.known(NAME, "F1"), office.known("Tomas", "F2")
    users = office.slack.workspace.users
    if leaves == "gone":
        del users[person.user]
    else:
        users[person.user] = replace(users[person.user], deleted=True)
    office.door._people.drop(person.user)  # noqa: SLF001  # else five minutes would have to pass

    office.expire()

    assert office.rows() == [stays.id]
    assert {name.partition(".")[0] for name in office.faces()} == {stays.id}


def test_an_invitation_that_nobody_answered_is_no_longer_open_after_seven_days(office: Office) -> None:
    user, enrolling = office.member(), office.people.enrolling
    enrolling.invite(office.workspace, office.slack.admin.id, user, "C1")
    enrolling.check_invited(office.workspace, user)
    assert enrolling.consent_form(office.workspace, user).invited_by == office.slack.admin.id

    with office.eyes.storage.engine.begin() as connection:
        mine = update(InvitationRow).where(InvitationRow.user == user)
        connection.execute(mine.values(expires_at=utc_now() - timedelta(seconds=1)))

    with pytest.raises(AskError, match="not open any more"):
        enrolling.check_invited(office.workspace, user)
    assert enrolling.consent_form(office.workspace, user).invited_by == ""
    office.expire()


def test_an_erasure_whose_job_is_lost_is_finished(office: Office) -> None:
    person = office.known(NAME, "F1")
    office.people.forgetting.forget_me(office.workspace, person.user)
    office.jobs.waiting.clear()

    office.expire()

    assert (office.rows(), office.faces()) == ([], [])


def test_a_face_that_nobody_stands_for_is_deleted(office: Office) -> None:
    """Such as after a backup was restored: the row is back or gone, and the collection knows better, or worse."""
    person, stays = office.known(NAME, "F1"), office.known("Tomas", "F2")
    with office.eyes.storage.begin(office.workspace) as work:
        work.people.remove(person.id)

    office.expire()

    assert {name.partition(".")[0] for name in office.faces()} == {stays.id}
    assert [user.user for user in office.eyes.faces.users(collection_of(office.workspace))] == [stays.id]
