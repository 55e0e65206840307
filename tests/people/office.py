"""Where people are enrolled and forgotten in tests: a real memory, engine, gate and Slack; jobs run when told to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from types import SimpleNamespace
from typing import Any, cast
from uuid import uuid4

import numpy as np
from slack_sdk import WebClient
from sqlalchemy import delete, select

from bot.core.gallery import GalleryFace, collection_of
from bot.core.job import Submit
from bot.core.people import Person, Template
from bot.core.photo_people import FindMe, PhotoPeople
from bot.core.sightings import WHOLE
from bot.demo.records import Upload, User
from bot.demo.server import LocalSlack
from bot.eyes import Eyes
from bot.jobs import Jobs
from bot.people import jobs as people_jobs
from bot.people.parts import PeopleParts
from bot.slack import Message, Slack
from bot.telling import Renderer, Telling
from bot.vision.faces import Faces
from storage.models import PaceRow, PersonRow

Job = Callable[[str, Mapping[str, Any]], None]


class Killed(BaseException):
    """The process dies here."""


class Promised:
    """The jobs that were promised; each runs once, unless its process is killed: then again, under the same name."""

    def __init__(self) -> None:
        self.waiting: dict[str, tuple[str, Mapping[str, Any]]] = {}
        self.given_up: dict[str, Any] = {}
        self._known: set[str] = set()
        self._kinds: dict[str, Job] = {}

    def register(self, kind: str, run: Job, give_up: Any) -> None:
        """Say what a kind of job does."""
        self._kinds[kind] = run
        self.given_up[kind] = give_up

    def every(self, _seconds: float, _kind: str, _payload: Mapping[str, Any]) -> None:
        """Nothing comes by itself here."""

    def submit(self, kind: str, key: str, payload: Mapping[str, Any]) -> None:
        """Store a job; the same again is the same job."""
        if (name := f"{kind}:{key}") not in self._known:
            self._known.add(name)
            self.waiting[name] = kind, payload

    def promised(self, kind: str) -> list[Mapping[str, Any]]:
        """The payloads of the jobs of a kind that wait."""
        return [payload for known, payload in self.waiting.values() if known == kind]

    def do(self, kind: str, payload: Mapping[str, Any]) -> None:
        """Do a job at once, whatever else is under way."""
        self._kinds[kind](f"{kind}:at once", payload)

    def run(self) -> None:
        """Do what is promised, but for kinds that nobody does here."""
        while name := next((name for name, (kind, _) in self.waiting.items() if kind in self._kinds), ""):
            kind, payload = self.waiting[name]
            self._kinds[kind](name, payload)
            del self.waiting[name]


class Death:
    """The process dies once: before or after so many calls of its ports.

    Args:
        at: 3 is after the third call was made, 2.5 before it.

    Attributes:
        came: Whether it died.
    """

    def __init__(self, at: float) -> None:
        self.came = False
        self._at = at
        self._calls = 0

    def of(self, port: Any) -> Any:
        """A port whose calls are counted."""
        return _Mortal(port, self)

    def call(self, act: Callable[..., Any], *given: Any, **named: Any) -> Any:
        """Make a call."""
        self._calls += 1
        self._strike(self._calls - 0.5)
        answer = act(*given, **named)
        self._strike(self._calls)
        return answer

    def _strike(self, at: float) -> None:
        if at == self._at:
            self.came = True
            raise Killed


class _Mortal:
    def __init__(self, port: Any, death: Death) -> None:
        self._port = port
        self._death = death

    def __getattr__(self, name: str) -> Any:
        return partial(self._death.call, getattr(self._port, name))


class _Interrupted:
    def __init__(self, port: Any, moment: str, act: Callable[[], None]) -> None:
        self._port = port
        self._moment = moment
        self._act = act

    def __getattr__(self, name: str) -> Any:
        if name == self._moment:
            self._moment = ""
            self._act()
        return getattr(self._port, name)


@dataclass
class Office:
    """A workspace of its own, in which everybody of the local Slack is."""

    slack: LocalSlack
    eyes: Eyes
    workspace: str = field(default_factory=lambda: f"T{uuid4().hex[:8].upper()}")

    def __post_init__(self) -> None:
        """Open the doors."""
        client = WebClient(self.slack.bot_token, base_url=self.slack.api_url)
        self.door = Slack(client, (self.slack.file_host,))
        self.jobs = Promised()
        self.people = self.parts(self.eyes.faces, self.jobs.submit)

    def parts(self, faces: Faces, submit: Submit) -> PeopleParts:
        """Put everything together over two ports, and register the jobs."""
        seeing = self.eyes
        parts = PeopleParts.of(
            storage=seeing.storage,
            gate=seeing.gate,
            looking=seeing.looking,
            faces=faces,
            slack_of=lambda _: self.door,
            submit=submit,
        )
        telling = Telling(seeing.storage, cast("Renderer", _Plain()))
        doors: dict[str, Any] = {"storage": seeing.storage, "gate": seeing.gate, "slack_of": lambda _: self.door}
        jobs = SimpleNamespace(register=self.jobs.register, every=self.jobs.every, submit=submit)
        people_jobs.register(cast("Jobs", jobs), parts, **doors, telling=telling)
        return parts

    def dies(self, at: float) -> Death:
        """Let the process die at a call of the engine or of the job store, once; see `Death`."""
        death = Death(at)
        self.people = self.parts(death.of(self.eyes.faces), death.of(self.jobs).submit)
        return death

    def meanwhile(self, moment: str, act: Callable[[], None]) -> None:
        """Let something happen just before a call of the engine, once."""
        faces = _Interrupted(self.eyes.faces, moment, act)
        self.people = self.parts(cast("Faces", faces), self.jobs.submit)

    def start_again(self) -> None:
        """Start the process again, and do what is promised."""
        self.people = self.parts(self.eyes.faces, self.jobs.submit)
        self.run()

    def run(self) -> None:
        """Do what is promised, without the second between two messages."""
        with self.eyes.storage.engine.begin() as connection:
            connection.execute(delete(PaceRow))
        self.jobs.run()

    def expire(self) -> None:
        """Look after what ends by itself."""
        self.jobs.submit("expire", uuid4().hex, {"workspace": self.workspace})
        self.run()

    def member(self, **more: bool) -> str:
        """Bring somebody into the Slack: their id."""
        user = User(id=self.slack.workspace.new_id("U"), name="m", real_name="M", team_id=self.slack.team_id, **more)
        self.slack.workspace.users[user.id] = user
        self.slack.race.members.add(user.id)
        return user.id

    def file(self, user: str, data: bytes, name: str = "me.jpg") -> str:
        """Put a picture into a form of ours: its id."""
        return self.slack.workspace.new_file(user, Upload(name, data), for_app=True).id

    def agree(self, user: str, *photos: bytes, signed: str = "Clara Wennick", show_name: bool = True) -> None:
        """Sign the form, and put photos into it."""
        files = [self.file(user, data, f"me{place}.jpg") for place, data in enumerate(photos)]
        self.people.enrolling.agree(self.workspace, user, find_me=True, show_name=show_name, signed=signed, files=files)
        self.run()

    def person(self, user: str) -> Person | None:
        """What is known of somebody."""
        return self.people.enrolling.person_of(self.workspace, user)

    def told(self, user: str) -> list[str]:
        """What somebody was told by direct message."""
        return [message.text for message in self.slack.messages(self.slack.direct_messages(user).id)]

    def known(self, name: str, *files: str) -> Person:
        """Bring in somebody who is known by photos at which nobody looks in the test."""
        user = self.member()
        self.agree(user, signed=name)
        person = self.person(user)
        assert person
        faces = [face_of(person.id) for _ in files]
        self.eyes.faces.ensure(collection := collection_of(self.workspace))
        with self.eyes.storage.faces.changing(collection) as gallery:
            gallery.add_user(person.id)
            gallery.add(faces)
        with self.eyes.storage.begin(self.workspace) as work:
            work.people.note_model("sface-1")
            for face, file in zip(faces, files, strict=True):
                kept = Template(face=face.id, person=person.id, file=file, digest=face.id, box=WHOLE)
                work.templates.keep(kept)
        return replace(person, state="enrolled", photos=len(files))

    def faces(self, user: str = "") -> list[str]:
        """The names of the faces that the engine keeps: all, or one person's."""
        kept = self.eyes.faces.faces(collection_of(self.workspace), user)
        return [face.external_id for face in kept]

    def found(self, picture: bytes, least: float = 99.0) -> list[str]:
        """Whom the engine finds in a picture."""
        search = self.eyes.faces.search(collection_of(self.workspace), picture, least=least)
        return [match.user for match in search.matches]

    def rows(self) -> list[str]:
        """The ids of everybody of whom the memory has a row, forgotten or not."""
        with self.eyes.storage.engine.connect() as connection:
            return [*connection.scalars(select(PersonRow.id).where(PersonRow.workspace == self.workspace))]


def face_of(person: str) -> GalleryFace:
    """A face at which nobody has looked."""
    name = uuid4()
    vector = np.eye(1, 128, dtype=np.float32).tobytes()
    return GalleryFace(str(name), str(name), f"{person}.{name.hex}", WHOLE, 99.0, vector, person)


class _Plain:
    """Messages as sentences."""

    def sentence(self, say: str) -> Message:
        """A sentence."""
        return Message(say)

    def who_is(self, photos: Sequence[PhotoPeople], _reader: str) -> Message:
        """Who is in each photo."""
        return Message("\n".join(f"{photo.share.name}: {_people(photo)}" for photo in photos))

    def find_me_progress(self, search: FindMe) -> Message:
        """How far a look is."""
        return Message(f"{search.state}: {search.looked} of {search.total}, {search.found} found")

    def enrolled(self, say: str, offer: FindMe) -> Message:
        """What came of the first photos, and how many earlier ones there are."""
        return Message(say if not offer.total else f"{say} {offer.total} earlier photos")

    def renewal(self, day: str) -> Message:
        """The question whether somebody stays."""
        return Message(f"renew until {day}?")


def _people(photo: PhotoPeople) -> str:
    faces = (f"{face.certainty} {face.name}".strip() for face in photo.faces)
    return photo.failure or ", ".join(sorted(faces)) or "no face"
