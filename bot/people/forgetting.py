"""Forgetting somebody: nobody knows them from this second on; what is left of them goes by jobs. And what is kept."""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Final

from bot.admins import Admins
from bot.core.audit import Act
from bot.core.consent import Consent, utc_now
from bot.core.job import Submit
from bot.core.people import Person
from bot.errors import AskError
from bot.slack import Slack
from storage import Storage, Work
from storage.erasures import Erasure, Why

MOST_ACTS: Final = 1000
"""Lines of the audit log in an export."""
MOST_MATCHES: Final = 10_000


class Forgetting:
    """Makes people nobody, and hands out what is kept of them.

    Args:
        storage: The memory.
        slack_of: A workspace's Slack.
        submit: Stores a job.
        delete_collection: Deletes all faces of a workspace.
        now: The moment, in UTC, without a zone.
    """

    def __init__(
        self,
        *,
        storage: Storage,
        slack_of: Callable[[str], Slack],
        submit: Submit,
        delete_collection: Callable[[str], None],
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._storage = storage
        self._slack_of = slack_of
        self._admins = Admins(storage, slack_of)
        self._submit = submit
        self._delete_collection = delete_collection
        self._now = now

    def forget_me(self, workspace: str, user: str) -> None:
        """Forget somebody who asks for it.

        Raises:
            AskError: Nothing is known of them.
        """
        with self._storage.begin(workspace) as work:
            person = work.people.of_user(user)
        self.forget(workspace, _known(person), by=user, why="asked")

    def remove(self, workspace: str, admin: str, person_id: str) -> None:
        """Forget somebody at the wish of an admin.

        Raises:
            NotAllowed: No admin asks.
            AskError: Nothing is known of this person.
        """
        self._admins.check(workspace, admin, "Only an admin can do that.")
        with self._storage.begin(workspace) as work:
            person = work.people.of_id(person_id)
        self.forget(workspace, _known(person), by=admin, why="removed")

    def forget(self, workspace: str, person: Person, *, by: str, why: Why) -> None:
        """Make somebody nobody, from this transaction on, and promise that every trace of them goes."""
        with self._storage.begin(workspace) as work:
            if not work.people.forget(person.id):
                return
            work.erasures.begin(Erasure(person=person.id, user=person.user, by=by, why=why))
            work.people.raise_revision()
            work.consents.sign(_withdrawn(person.id, by, self._now()))
            work.audit.note(by, "remove" if why == "removed" else "forget", person.id, {"why": why})
        self._submit("erase", f"{workspace}-{person.id}", {"workspace": workspace, "person": person.id})

    def forget_workspace(self, workspace: str) -> None:
        """Forget everybody at once, faces first: the workspace has removed the app. May be run again at any time."""
        self._delete_collection(workspace)
        with self._storage.begin(workspace) as work:
            work.people.remove_everybody()

    def file_deleted(self, workspace: str, file: str) -> None:
        """Promise to forget an enrolment photo whose file was deleted in Slack; nothing where it is none."""
        with self._storage.begin(workspace) as work:
            is_known = bool(work.templates.of_file(file))
        if is_known:
            self._submit("forget_enrolment", f"{workspace}-{file}", {"workspace": workspace, "file": file})

    def export(self, workspace: str, user: str) -> bytes:
        """All that is kept of somebody, as JSON.

        Raises:
            AskError: Nothing is known of them.
            SlackError: Slack did not tell which channels they can open.
        """
        channels = self._slack_of(workspace).visible_channels(user)
        with self._storage.begin(workspace) as work:
            person = _known(work.people.of_user(user))
            kept = _kept(work, person, channels)
            work.audit.note(user, "export", person.id)
        return json.dumps(kept, indent=2, ensure_ascii=False, default=_written).encode()

    def audit_of(self, workspace: str, user: str) -> tuple[Act, ...]:
        """What was done to somebody and by somebody, newest first: who searched for them, too."""
        with self._storage.begin(workspace) as work:
            person = work.people.of_user(user)
            return _acts(work, user, person)


def _withdrawn(person: str, by: str, at: datetime) -> Consent:
    return Consent(person=person, act="withdrawn", find_me=False, show_name=False, by=by, text="", at=at)


def _kept(work: Work, person: Person, channels: frozenset[str]) -> dict[str, Any]:
    shown = work.matches.of_person(person.id, channels, limit=MOST_MATCHES)
    return {
        "person": asdict(person),
        "consents": [asdict(line) for line in work.consents.of(person.id)],
        "enrolment_photos": [asdict(template) for template in work.templates.of(person.id)],
        "photos_of_you": [
            {"photo": asdict(one.share), "similarity": one.confidence, "box": asdict(one.box)}
            for one in shown.sightings
        ],
        "log": [asdict(act) for act in _acts(work, person.user, person)],
    }


def _acts(work: Work, user: str, person: Person | None) -> tuple[Act, ...]:
    about = {act.number: act for act in work.audit.about(user, most=MOST_ACTS)}
    if person:
        about |= {act.number: act for act in work.audit.about(person.id, most=MOST_ACTS)}
    return tuple(about[number] for number in sorted(about, reverse=True))


def _written(value: object) -> str:
    """Days and moments as JSON has them."""
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _known(person: Person | None) -> Person:
    if person is None:
        raise AskError("I keep nothing of this person's face.")
    return person
