"""Learning one face from one photo: looked at, judged, compared with everybody known, kept as numbers."""

import hashlib
from dataclasses import astuple, dataclass
from functools import partial
from typing import Final

from bot.asking import Asking
from bot.core import enrolment
from bot.core.gallery import collection_of
from bot.core.geometry import Box
from bot.core.people import PROBABLY, Person, Template
from bot.core.photo import Photo
from bot.core.second_look import Region
from bot.core.sightings import WHOLE
from bot.crops import Crops
from bot.errors import AskError, SpotterError, VisionPartly
from bot.people.traces import Traces
from bot.vision.faces import Faces
from storage import Storage

KNOWN: Final = "I know this photo already."
_ANOTHERS: Final = (
    "This face looks like somebody who is enrolled already. Everybody can be enrolled once, and with their own face."
)
_UNLIKE: Final = "This face does not look like this person's other photos."
_FORGOTTEN: Final = "This person was forgotten meanwhile, so nothing is kept."


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A photo, or a part of one, that may show somebody's face.

    Attributes:
        data: A JPEG.
        width: Of that part of the photo, in pixels of the photo.
        digest: The identity of the pixels.
        file: The photo's Slack file id; empty where it is no file of Slack's.
        box: The part, in fractions of the photo.
    """

    data: bytes
    width: int
    digest: str
    file: str
    box: Box


def candidate(photo: Photo, file: str = "", box: Box = WHOLE) -> Candidate:
    """Take a photo, or a part of it.

    Raises:
        AskError: It is too small to show a face.
    """
    if photo.padded:
        raise AskError(enrolment.TOO_SMALL)
    if box == WHOLE:
        return Candidate(data=photo.data, width=photo.width, digest=photo.digest, file=file, box=box)
    return Candidate(
        data=Crops(photo)(Region(box, 1.0)),
        width=max(1, round(box.width * photo.width)),
        digest=_short(photo.digest, *map(str, astuple(box))),
        file=file,
        box=box,
    )


class Learning:
    """Learns faces; the same photo of the same person again, after whatever crash, keeps nothing twice."""

    def __init__(self, storage: Storage, faces: Faces, asking: Asking, traces: Traces) -> None:
        self._storage = storage
        self._faces = faces
        self._asking = asking
        self._traces = traces

    def learn(self, workspace: str, person: Person, photo: Candidate, by: str, *, again: bool = False) -> bool:
        """Learn somebody's face from a photo; False where this photo is known already.

        Args:
            workspace: Its id.
            person: Whose face it is.
            photo: What shows it.
            by: Who gave it: a Slack user's id, or `terminal`.
            again: Whether a known photo is learned anew.

        Raises:
            AskError: The photo is not taken; the sentence says why. Nothing is kept of it.
            VisionBusy: To be tried again.
            VisionError: The engine refused.
            BudgetSpent: The month's cap is reached.
        """
        with self._storage.begin(workspace) as work:
            if not again and work.templates.knows(person.id, photo.digest):
                return False
        try:
            self._check(workspace, person, photo)
            face = self._indexed(workspace, person, photo)
            self._associate(workspace, person, face)
            self._keep(workspace, person, photo, face, by)
        except SpotterError as error:
            self._leave_nothing(workspace, person, error)
            if not error.retry:
                self._drop_answers(workspace, photo)
            raise
        self._drop_answers(workspace, photo)
        return True

    def _check(self, workspace: str, person: Person, photo: Candidate) -> None:
        question = self._asking.question(photo.digest, "detect_faces", enrolment.OPTIONS)
        answer, _ = self._asking.answer(workspace, question, lambda: photo.data, enrolment.OPTIONS)
        _refuse(enrolment.problems(answer["FaceDetails"], photo.width))
        self._check_others(workspace, person, photo)

    def _check_others(self, workspace: str, person: Person, photo: Candidate) -> None:
        """Make sure that the face is not somebody else's who is enrolled."""
        collection = collection_of(workspace)
        info = self._faces.ensure(collection)
        with self._storage.begin(workspace) as work:
            work.people.note_model(info.model)
            others = {one.id for one in work.people.everybody() if one.photos and one.id != person.id}
        if not others:
            return
        search = partial(self._faces.search, collection, photo.data, least=PROBABLY)
        found, _ = self._asking.paid(workspace, "search_users_by_image", {}, search)
        if any(match.user in others for match in found.matches):
            raise AskError(_ANOTHERS)

    def _indexed(self, workspace: str, person: Person, photo: Candidate) -> str:
        collection, name = collection_of(workspace), external_id(person.id, photo.digest)
        index = partial(self._faces.index, collection, photo.data, name)
        indexed, _ = self._asking.paid(workspace, "index_faces", {}, index)
        if not indexed.face:
            _refuse(enrolment.engine_refused(indexed.reasons))
        return indexed.face

    def _associate(self, workspace: str, person: Person, face: str) -> None:
        collection = collection_of(workspace)
        create = partial(self._faces.create_user, collection, person.id, _token("create", person.id, face))
        join = partial(self._faces.associate, collection, person.id, [face], _token("join", person.id, face))
        self._asking.paid(workspace, "create_user", {}, create)
        try:
            self._asking.paid(workspace, "associate_faces", {}, join)
        except VisionPartly as error:
            self._traces.drop_faces(workspace, [face])
            if not any("LOW_MATCH_CONFIDENCE" in why for why in error.left.values()):
                raise
            raise AskError(_UNLIKE) from error
        self._faces.wait_until_active(collection, person.id)

    def _keep(self, workspace: str, person: Person, photo: Candidate, face: str, by: str) -> None:
        template = Template(face=face, person=person.id, file=photo.file, digest=photo.digest, box=photo.box)
        with self._storage.begin(workspace) as work:
            if lives := work.people.hold(person.id):
                work.templates.keep(template)
                work.people.raise_revision()
                work.audit.note(by, "enrol", person.id)
        if not lives:
            raise AskError(_FORGOTTEN)

    def _leave_nothing(self, workspace: str, person: Person, error: SpotterError) -> None:
        """Delete what a broken enrolment has left of somebody who was forgotten meanwhile."""
        with self._storage.begin(workspace) as work:
            lives = work.people.of_id(person.id)
        if not lives:
            self._traces.wipe(workspace, person.id)
            raise AskError(_FORGOTTEN) from error

    def _drop_answers(self, workspace: str, photo: Candidate) -> None:
        """Forget what the engine saw in the photo, unless it was shared somewhere; a later try would need it."""
        with self._storage.begin(workspace) as work:
            work.shares.forget_unheld({photo.digest})


def external_id(person: str, digest: str) -> str:
    """The name under which the engine keeps a photo's face; the same again is the same face."""
    return f"{person}.{digest[:32]}"


def _refuse(why: tuple[str, ...]) -> None:
    if why:
        raise AskError(" ".join(why))


def _token(*act: str) -> str:
    """A request's token: the same for the same act."""
    return _short(*act)[:40]


def _short(*told: str) -> str:
    return hashlib.sha256("\n".join(told).encode()).hexdigest()
