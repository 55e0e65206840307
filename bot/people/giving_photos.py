"""Who may give photos of whose face; the photos themselves are looked at by jobs."""

from collections.abc import Callable, Sequence
from typing import Final
from uuid import uuid4

from bot.admins import Admins
from bot.core.geometry import Box
from bot.core.job import Submit
from bot.core.people import Person
from bot.core.sightings import WHOLE
from bot.errors import AskError, NotAllowed
from bot.slack import Slack
from storage import Storage

MOST_PHOTOS: Final = 50
"""Enrolment photos of one person; Rekognition compares with a hundred at most (developer guide, limits)."""


class GivingPhotos:
    """Takes photos of people who agreed to be known.

    Args:
        storage: The memory.
        slack_of: A workspace's Slack.
        submit: Stores a job.
    """

    def __init__(self, storage: Storage, slack_of: Callable[[str], Slack], submit: Submit) -> None:
        self._storage = storage
        self._slack_of = slack_of
        self._admins = Admins(storage, slack_of)
        self._submit = submit

    def may_enrol(self, workspace: str, user: str) -> None:
        """Make sure that somebody may be enrolled.

        Raises:
            NotAllowed: A guest, somebody of another company, a bot, or somebody who has left.
        """
        person = self._slack_of(workspace).person(user)
        if not person.active:
            raise NotAllowed("I can't enrol bots, or people who have left this workspace.")
        if person.stranger:
            raise NotAllowed("Only members of this workspace can be enrolled, not people of another company.")
        if person.guest:
            raise NotAllowed("Guests can't be enrolled.")

    def add_photos(self, workspace: str, by: str, person: str, files: Sequence[str]) -> None:
        """Promise to look at more photos of somebody, given by themselves or by an admin.

        Args:
            workspace: Its id.
            by: Who gives them; they are told what came of it.
            person: Whose photos they are, by the person's id.
            files: Slack's ids.

        Raises:
            NotAllowed: It is neither the person nor an admin.
            AskError: Nobody of this id agreed, or enough photos are known.
        """
        self._check_photos(workspace, by, person)
        self._look(workspace, by, person, files)

    def add_face(self, workspace: str, user: str, file: str, box: Box) -> None:
        """Promise to look at somebody's own face in a photo with more of them; `box` is in fractions of the frame.

        Raises:
            AskError: They did not agree to be known, or enough photos are known.
        """
        person = self.person_of(workspace, user)
        if person is None:
            raise AskError("I don't know you yet. Type /faces me to be found in photos.")
        self._check_photos(workspace, user, person.id)
        self._look(workspace, user, person.id, [file], box)

    def person_of(self, workspace: str, user: str) -> Person | None:
        """What is known of somebody; None where they did not agree to be known."""
        with self._storage.begin(workspace) as work:
            return work.people.of_user(user)

    def _look(self, workspace: str, by: str, person: str, files: Sequence[str], box: Box = WHOLE) -> None:
        if not files:
            return
        area = [box.left, box.top, box.width, box.height]
        payload = {"workspace": workspace, "by": by, "person": person, "files": list(files), "box": area}
        self._submit("enrol_photos", f"{workspace}-{uuid4().hex}", payload)

    def _check_admin(self, workspace: str, user: str) -> None:
        self._admins.check(workspace, user, "Only an admin can do that.")

    def _check_photos(self, workspace: str, by: str, person: str) -> None:
        with self._storage.begin(workspace) as work:
            theirs = known(work.people.of_id(person))
        if theirs.user != by:
            self._check_admin(workspace, by)
        else:
            self.may_enrol(workspace, by)
        if theirs.photos >= MOST_PHOTOS:
            raise AskError(f"I know {theirs.photos} photos of this person; that is enough.")


def known(person: Person | None) -> Person:
    """Somebody who agreed to be known.

    Raises:
        AskError: They did not.
    """
    if person is None:
        raise AskError("I don't know this person's face: they did not agree to it, or were forgotten.")
    return person
