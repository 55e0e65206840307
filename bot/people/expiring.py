"""What ends by itself: consents after a year, the faces of leavers, invitations; looked after every few hours."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.core.consent import ASK_AGAIN, MONTHS, months_later, utc_now
from bot.core.people import Person
from bot.people.erasing import Erasing
from bot.people.forgetting import Forgetting
from bot.people.traces import Traces
from bot.replying import Place
from bot.slack import Message, Slack
from bot.telling import Telling
from storage import Storage

log = logging.getLogger(__name__)


class Expiring:
    """Ends what has an end."""

    def __init__(
        self,
        *,
        storage: Storage,
        traces: Traces,
        forgetting: Forgetting,
        erasing: Erasing,
        slack_of: Callable[[str], Slack],
        telling: Telling,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._storage = storage
        self._traces = traces
        self._forgetting = forgetting
        self._erasing = erasing
        self._slack_of = slack_of
        self._telling = telling
        self._now = now

    def expire(self, job: str, payload: Mapping[str, Any]) -> None:
        """Forget leavers and those whose year is over, ask those whose year is nearly over, finish what broke off."""
        workspace = payload["workspace"]
        with self._storage.begin(workspace) as work:
            work.consents.drop_expired(self._now())
            everybody = work.people.everybody()
        for person in everybody:
            self._look_after(job, workspace, person)
        self._finish(job, workspace)

    def _look_after(self, job: str, workspace: str, person: Person) -> None:
        if person.expires_at <= self._now():
            self._forgetting.forget(workspace, person, by="spotter", why="expired")
        elif person.user and self._has_left(workspace, person.user):
            self._forgetting.forget(workspace, person, by="spotter", why="left")
        elif months_later(person.expires_at, ASK_AGAIN - MONTHS) <= self._now():
            self._ask(job, workspace, person)

    def _has_left(self, workspace: str, user: str) -> bool:
        person = self._slack_of(workspace).person(user)
        return person.stranger or not person.active

    def _ask(self, job: str, workspace: str, person: Person) -> None:
        """Ask once whether somebody wants to stay; for people outside the workspace, tell who attested."""
        until = f"{person.expires_at:%Y-%m-%d}"
        with self._storage.begin(workspace) as work:
            reader = person.user or work.people.added_by(person.id)
        place = Place(workspace=workspace, channel=reader, key=f"renew-{person.id}-{until}")
        if reader in ("", "terminal") or self._telling.replying.answered(place):
            return
        message = self._question(person)
        self._telling.replying.tell(self._slack_of(workspace), place, job, lambda: message)

    def _question(self, person: Person) -> Message:
        day = f"{person.expires_at.day} {person.expires_at:%B %Y}"
        if person.user:
            return self._telling.renderer.renewal(day)
        return self._telling.renderer.sentence(
            f"The written consent of {person.name} holds until {day}; then I delete this face. If they want to stay,"
            " ask them for a new one, and enrol them again after that day."
        )

    def _finish(self, job: str, workspace: str) -> None:
        """Go on with erasures that broke off, and delete what nobody who is known stands for."""
        with self._storage.begin(workspace) as work:
            unfinished, model = work.erasures.open(), work.people.model()
        for person in unfinished:
            self._erasing.erase(f"{job}-{person}", {"workspace": workspace, "person": person})
        if model:
            self._traces.keep_only(workspace, self._known(workspace))

    def _known(self, workspace: str) -> frozenset[str]:
        with self._storage.begin(workspace) as work:
            return frozenset(person.id for person in work.people.everybody())
