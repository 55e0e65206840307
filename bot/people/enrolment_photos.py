"""The photos that somebody is enrolled by: fetched from Slack, learned, and told by direct message."""

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.core.enrolment import Outcome, told
from bot.core.geometry import Box
from bot.core.people import Person
from bot.core.photo_people import FindMe
from bot.errors import SpotterError
from bot.gate import Gate
from bot.people.learning import KNOWN, Learning, candidate
from bot.people.traces import Traces
from bot.replying import Place
from bot.slack import Message, Slack
from bot.telling import Telling
from storage import Storage

log = logging.getLogger(__name__)


class EnrolmentPhotos:
    """Takes the photos of people who agreed to be known; each method is a job."""

    def __init__(
        self,
        *,
        storage: Storage,
        gate: Gate,
        learning: Learning,
        traces: Traces,
        offer: Callable[[str, str], FindMe],
        slack_of: Callable[[str], Slack],
        telling: Telling,
    ) -> None:
        self._storage = storage
        self._gate = gate
        self._learning = learning
        self._traces = traces
        self._offer = offer
        self._slack_of = slack_of
        self._telling = telling

    def take(self, job: str, payload: Mapping[str, Any]) -> None:
        """Learn somebody's photos, one after the other, and say what came of it to whoever gave them."""
        workspace, by, files = payload["workspace"], payload["by"], payload["files"]
        person = self._person(workspace, payload["person"])
        if person is None:
            self._traces.wipe(workspace, payload["person"])
            return
        box = Box(*payload["box"])
        outcomes = [self._outcome(workspace, person, by, file, box) for file in files]
        self._tell(job, workspace, by, self._message(workspace, person, by, outcomes))

    def give_up(self, job: str, payload: Mapping[str, Any], error: Exception) -> None:
        """Leave nothing half done, and say so."""
        workspace, person = payload["workspace"], payload["person"]
        with self._storage.begin(workspace) as work:
            kept = {template.face for template in work.templates.of(person)}
        self._traces.tidy(workspace, person, kept)
        why = error.say if isinstance(error, SpotterError) else f"An admin can find it in my log as {job}."
        say = f"I could not look at all of the enrolment photos. {why}"
        self._tell(job, workspace, payload["by"], self._telling.renderer.sentence(say))

    def _message(self, workspace: str, before: Person, by: str, outcomes: Sequence[Outcome]) -> Message:
        """What came of it; whoever is known now for the first time is offered to be looked for in earlier photos."""
        now = self._person(workspace, before.id)
        photos, is_own = now.photos if now else 0, by == before.user
        say = told(outcomes, photos, "" if is_own else before.name)
        if is_own and photos and not before.photos:
            return self._telling.renderer.enrolled(say, self._offer(workspace, by))
        return self._telling.renderer.sentence(say)

    def _person(self, workspace: str, person: str) -> Person | None:
        with self._storage.begin(workspace) as work:
            return work.people.of_id(person)

    def _outcome(self, workspace: str, person: Person, by: str, file: str, box: Box) -> Outcome:
        """Learn one photo; what may work later is tried again as a whole."""
        slack, name = self._slack_of(workspace), "A photo"
        try:
            found = slack.file(file)
            name = found.name
            photo = self._gate.open(slack.download(found))
            is_new = self._learning.learn(workspace, person, candidate(photo, file, box), by)
        except SpotterError as error:
            if error.retry:
                raise
            log.info("an enrolment photo was not taken: %s", error)
            return Outcome(name, error.say)
        return Outcome(name, "" if is_new else KNOWN)

    def _tell(self, job: str, workspace: str, user: str, message: Message) -> None:
        place = Place(workspace=workspace, channel=user, key=f"enrol-{job}")
        self._telling.replying.tell(self._slack_of(workspace), place, job, lambda: message)
