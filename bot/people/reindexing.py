"""Building a collection anew, such as for a new model: the enrolment photos are fetched and learned once more."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from bot.core.gallery import collection_of
from bot.core.people import Person, Template
from bot.errors import AskError, LoginPage, PhotoError, PhotoGone
from bot.gate import Gate
from bot.people.learning import Learning, candidate
from bot.people.traces import Traces
from bot.slack import Slack
from bot.vision.faces import Faces
from storage import Storage

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What came of a rebuilding.

    Attributes:
        model: The version of the model that makes the faces now.
        photos: How many photos were learned.
        lost: Who has no photo any more, and must give new ones.
    """

    model: str
    photos: int
    lost: tuple[Person, ...]


class Reindexing:
    """Builds a collection anew; run again after a crash, it begins from the start and ends the same."""

    def __init__(
        self,
        *,
        storage: Storage,
        gate: Gate,
        faces: Faces,
        learning: Learning,
        traces: Traces,
        slack_of: Callable[[str], Slack],
    ) -> None:
        self._storage = storage
        self._gate = gate
        self._faces = faces
        self._learning = learning
        self._traces = traces
        self._slack_of = slack_of

    def plan(self, workspace: str) -> tuple[int, int]:
        """How many enrolment photos came from Slack, and may be learned again, and how many came by the terminal."""
        with self._storage.begin(workspace) as work:
            files = [template.file for template in work.templates.everybodys()]
        return sum(map(bool, files)), files.count("")

    def rebuild(self, workspace: str) -> Rebuilt:
        """Delete the collection, and learn every enrolment photo that Slack still has.

        Raises:
            SpotterError: The engine or Slack is away; what is known of the photos stays, so that it can be run again.
        """
        with self._storage.begin(workspace) as work:
            templates, people = work.templates.everybodys(), work.people.everybody()
        self._traces.delete_all(workspace)
        info = self._faces.ensure(collection_of(workspace))
        with self._storage.begin(workspace) as work:
            work.people.note_model(info.model)
            work.people.raise_revision()
            work.audit.note("terminal", "reindex", "", {"model": info.model})
        known = {person.id: person for person in people}
        learned = [self._relearn(workspace, known[one.person], one) for one in templates if one.person in known]
        return Rebuilt(info.model, sum(learned), self._without_photos(workspace))

    def _relearn(self, workspace: str, person: Person, template: Template) -> bool:
        """Learn one photo anew, and drop what is known of it where that is not possible any more."""
        try:
            photo = self._gate.open(self._fetched(workspace, template.file))
            learned = candidate(photo, template.file, template.box)
            self._learning.learn(workspace, person, learned, "terminal", again=True)
        except LoginPage:  # not the photo's fault: a missing scope
            raise
        except (AskError, PhotoError) as error:
            log.warning("an enrolment photo of %s can't be learned again: %s", person.id, error)
            self._drop(workspace, template)
            return False
        return True

    def _fetched(self, workspace: str, file: str) -> bytes:
        if not file:  # it came by the terminal
            raise PhotoGone
        slack = self._slack_of(workspace)
        return slack.download(slack.file(file))

    def _drop(self, workspace: str, template: Template) -> None:
        with self._storage.begin(workspace) as work:
            work.templates.remove([template.face])

    def _without_photos(self, workspace: str) -> tuple[Person, ...]:
        with self._storage.begin(workspace) as work:
            return tuple(person for person in work.people.everybody() if not person.photos)
