"""Erasing somebody who was forgotten: step by step, each of which may be run again, until no trace is left."""

import logging
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.core.job import Submit
from bot.core.plural import counted
from bot.errors import SlackError
from bot.people.forgetting import Forgetting
from bot.people.traces import Traces
from bot.replying import Place
from bot.slack import Slack
from bot.telling import Telling
from storage import Storage
from storage.erasures import Erasure, Why

_WHY: Final[Mapping[Why, str]] = {
    "asked": "You are forgotten, as you asked.",
    "removed": "An admin has taken you out of face matching.",
    "left": "You left the workspace, so you are forgotten.",
    "expired": "Your consent has ended, so you are forgotten.",
    "photos gone": "The last of your enrolment photos was deleted, so you are forgotten.",
}
_GONE: Final = (
    "All numbers that described the face are deleted, and I have looked again that none is left; so are the name and"
    " the signature. I am taking the name out of my earlier answers now. What stays is a line without a name: that a"
    " consent was given and taken back."
)
_NOBODY: Final = ("", "spotter", "terminal")

log = logging.getLogger(__name__)


class Erasing:
    """Takes people out of the engine, the memory and the answers."""

    def __init__(
        self,
        *,
        storage: Storage,
        traces: Traces,
        forgetting: Forgetting,
        slack_of: Callable[[str], Slack],
        submit: Submit,
        telling: Telling,
    ) -> None:
        self._storage = storage
        self._traces = traces
        self._forgetting = forgetting
        self._slack_of = slack_of
        self._submit = submit
        self._telling = telling

    def erase(self, job: str, payload: Mapping[str, Any]) -> None:
        """Erase somebody, and send the receipt."""
        workspace, person = payload["workspace"], payload["person"]
        if self._erasure(workspace, person) is None:
            return
        self._traces.wipe(workspace, person)
        self._take_out(workspace, person)
        if erasure := self._erasure(workspace, person):
            self._retell(workspace, erasure)
            self._receipts(job, workspace, erasure)
        with self._storage.begin(workspace) as work:
            work.erasures.end(person)

    def forget_photo(self, _job: str, payload: Mapping[str, Any]) -> None:
        """Forget the faces of an enrolment photo, and whoever has no other."""
        workspace = payload["workspace"]
        faces = defaultdict(list)
        with self._storage.begin(workspace) as work:
            for template in work.templates.of_file(payload["file"]):
                faces[template.person].append(template.face)
            people = [work.people.of_id(person) for person in faces]
        for person in filter(None, people):
            if len(faces[person.id]) == person.photos:
                self._forgetting.forget(workspace, person, by="spotter", why="photos gone")
            else:
                self._drop(workspace, person.id, faces[person.id])

    def _erasure(self, workspace: str, person: str) -> Erasure | None:
        with self._storage.begin(workspace) as work:
            return work.erasures.of(person)

    def _drop(self, workspace: str, person: str, faces: list[str]) -> None:
        self._traces.drop_faces(workspace, faces, person)
        with self._storage.begin(workspace) as work:
            work.templates.remove(faces)
            work.people.raise_revision()
            work.audit.note("spotter", "forget", person, {"photos": len(faces)})

    def _take_out(self, workspace: str, person: str) -> None:
        """Delete what is remembered of somebody, and keep which answers told of them, in one transaction."""
        with self._storage.begin(workspace) as work:
            erasure = work.erasures.of(person)
            work.erasures.add_told(person, (*work.matches.forget(person), *work.past.of_person(person)))
            work.past.forget_person(person)
            work.templates.remove([template.face for template in work.templates.of(person)])
            work.consents.take_names_out(person)
            work.people.remove(person)
            if erasure and erasure.user:
                work.consents.answered(erasure.user)
                work.find_mes.forget(erasure.user)

    def _retell(self, workspace: str, erasure: Erasure) -> None:
        """Promise to bring each answer up to date: one for all photos of a message."""
        answers = {(share.channel, share.ts): share for share in erasure.told}
        log.info("%s goes out of %s", erasure.person, counted(len(answers), "answer"))
        for share in answers.values():
            key = f"{workspace}-{erasure.person}-{share.channel}-{share.ts}"
            self._submit("retell", key, {"workspace": workspace, "share": share.address()})

    def _receipts(self, job: str, workspace: str, erasure: Erasure) -> None:
        receipt = f"Receipt {erasure.person}."
        if erasure.user not in _NOBODY and erasure.why != "left":
            self._say(job, workspace, erasure.person, erasure.user, f"{_WHY[erasure.why]} {_GONE} {receipt}")
        if erasure.by not in (*_NOBODY, erasure.user):
            self._say(
                job,
                workspace,
                erasure.person,
                erasure.by,
                f"The person whom you removed is forgotten. {_GONE} {receipt}",
            )

    def _say(self, job: str, workspace: str, person: str, user: str, say: str) -> None:
        place = Place(workspace=workspace, channel=user, key=f"erase-{person}")
        message = self._telling.renderer.sentence(say)
        try:
            self._telling.replying.tell(self._slack_of(workspace), place, job, lambda: message)
        except SlackError as error:
            if error.retry:
                raise
            log.warning("a receipt could not be sent to %s: %s", user, error)
